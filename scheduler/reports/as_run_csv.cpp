// The as-run as CSV. Pure: names, zones and the lines are handed in; writes nothing anywhere.
#include "scheduler/reports/as_run_csv.h"

#include <array>
#include <cstdio>
#include <vector>

#include "scheduler/domain/media_item.h"
#include "scheduler/reports/as_run_words.h"

namespace loa {
namespace {

using Cells = std::vector<std::string>;

const std::array<Words, 15> headers{{{"Mã trạm", "Station id"},
                                     {"Trạm", "Station"},
                                     {"Tin", "Title"},
                                     {"Giờ lịch", "Planned"},
                                     {"Bắt đầu", "Started"},
                                     {"Lệch (ms)", "Error (ms)"},
                                     {"Dài theo lịch (giây)", "Planned (s)"},
                                     {"Qua đầu ra (giây)", "Passed the output (s)"},
                                     {"Mức âm (dBFS)", "Level (dBFS)"},
                                     {"Kết quả", "Result"},
                                     {"Lý do", "Reason"},
                                     {"Số lần thử", "Attempts"},
                                     {"Đồng hồ trạm", "Station clock"},
                                     {"Ghi chú", "Note"},
                                     {"Mã lần phát", "Slot id"}}};

/// With a point and a fixed number of digits, whatever the machine's locale.
std::string decimal(double value, int digits) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    for (char& c : text)
        if (c == ',') c = '.';
    return text.data();
}

std::string seconds(std::int64_t frames) {
    return decimal(static_cast<double>(frames) / static_cast<double>(frameRate), 3);
}

/// Text that came from people. A spreadsheet would run what begins like a formula; an apostrophe makes it text again.
std::string harmless(const std::string& text) {
    return !text.empty() && std::string_view{"=+-@\t\r\n"}.find(text.front()) != std::string_view::npos ? '\'' + text
                                                                                                        : text;
}

/// RFC 4180, section 2: quoted where it holds a quote, a comma or a line break, quotes doubled.
std::string cell(const std::string& text) {
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

void addRow(std::string& csv, const Cells& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) csv += ',';
        csv += cell(cells[i]);
    }
    csv += "\r\n";
}

Words noteFor(const AsRun& line) {
    if (line.unplanned) return {"Phát ngoài lịch", "Not in the plan"};
    if (line.overdue) return {"Quá hạn báo kết quả", "Report overdue"};
    return {};
}

Words clockOf(const AsRun& line) {
    if (!line.clockTrust) return {};
    auto words = wordsFor(*line.clockTrust);
    if (line.rebased) words = {words.vi + ", giờ tính lại sau", words.en + ", times worked out later"};
    return words;
}

Cells cellsOf(const AsRun& line, const Station& station, Language language, const ZonedTimeText& timeText) {
    return {harmless(line.station.text()),
            harmless(station.name),
            harmless(line.title),
            timeText(line.planned.start, station.zone),
            line.start ? timeText(*line.start, station.zone) : "",
            line.start ? decimal(static_cast<double>(line.startErrorMicroseconds) / 1000, 3) : "",
            seconds(line.plannedFrames),
            line.result == AsRunResult::unknown ? "" : seconds(line.frames),
            line.level ? decimal(line.level->rmsDbfs, 1) : "",
            in(language, wordsFor(line.result)),
            in(language, wordsFor(line.reason)),
            std::to_string(line.attempts),
            in(language, clockOf(line)),
            in(language, noteFor(line)),
            harmless(line.slot.text())};
}

}  // namespace

std::string asRunCsv(std::span<const AsRun> asRun, Language language, const FindStation& findStation,
                     const ZonedTimeText& timeText) {
    std::string csv = "\xEF\xBB\xBF";
    Cells header;
    for (const Words& words : headers) header.push_back(in(language, words));
    addRow(csv, header);
    for (const AsRun& line : asRun) {
        const Station removed{line.station, line.station.text(), AreaId{}, "UTC", std::nullopt, std::nullopt};
        addRow(csv, cellsOf(line, findStation(line.station).value_or(removed), language, timeText));
    }
    return csv;
}

}  // namespace loa
