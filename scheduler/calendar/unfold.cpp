// Content lines out of a text and into one. The first thing that touches what strangers send: all limits on size, all
// checks on characters are here, before anything is read out of it. Pure; any thread. Never looks at what a line means.
#include "scheduler/calendar/unfold.h"

#include "scheduler/calendar/read_events.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/domain/utf8.h"

namespace loa {
namespace {

constexpr std::size_t foldedOctets = 75;  // RFC 5545 3.1, without the line break

[[noreturn]] void tooLarge(int line, std::string code, Words words) {
    throw Error(Fault::tooLarge, std::move(code), std::move(words), line);
}

void checkCharacters(const UnfoldedLine& line) {
    if (!isUtf8(line.text))
        refuseText(line.number, "bad-utf8", "Tệp lịch có chữ không đúng mã UTF-8. Xuất lại tệp với mã UTF-8.",
                   "The calendar has text that is not UTF-8. Export it again as UTF-8.");
    for (std::size_t at = 0; at < line.text.size(); ++at)
        if (isControl(line.text, at))
            refuseText(line.number, "control-character", "Tệp lịch có ký tự điều khiển. Xóa ký tự đó rồi nhập lại.",
                       "The calendar has a control character. Remove it and import again.");
}

}  // namespace

bool isControl(std::string_view text, std::size_t at) {
    const auto octet = static_cast<unsigned char>(text[at]);
    if (octet < 0x20 || octet == 0x7F) return octet != '\t';
    if (octet != 0xC2 || at + 1 == text.size()) return false;
    const auto next = static_cast<unsigned char>(text[at + 1]);
    return next >= 0x80 && next <= 0x9F;  // U+0080 to U+009F: some readers take U+0085 for a line break
}

std::vector<UnfoldedLine> unfold(std::string_view text) {
    if (text.size() > calendarBytesLimit)
        tooLarge(0, "calendar-too-large",
                 {"Tệp lịch lớn hơn 5 MB. Chia thành nhiều tệp nhỏ.",
                  "The calendar is over 5 MB. Split it into smaller files."});
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::vector<UnfoldedLine> lines;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        const bool continues = !lines.empty() && (line.front() == ' ' || line.front() == '\t');
        if (continues)
            lines.back().text += line.substr(1);
        else
            lines.push_back({number, std::string{line}});
        if (lines.back().text.size() > calendarLineBytesLimit)
            tooLarge(lines.back().number, "line-too-long",
                     {"Một dòng trong tệp lịch dài hơn 64 kB. Rút ngắn dòng này.",
                      "A line of the calendar is over 64 kB. Shorten it."});
        if (lines.size() > calendarLinesLimit)
            tooLarge(number, "too-many-lines",
                     {"Tệp lịch có hơn 60.000 dòng. Chia thành nhiều tệp nhỏ.",
                      "The calendar has over 60,000 lines. Split it into smaller files."});
    }
    for (const auto& line : lines) checkCharacters(line);
    return lines;
}

std::string fold(std::string_view line) {
    std::string folded;
    std::size_t room = foldedOctets;
    while (line.size() > room) {
        std::size_t cut = room;
        while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
        folded.append(line.substr(0, cut)).append("\r\n ");
        line.remove_prefix(cut);
        room = foldedOctets - 1;  // the blank that marks the fold counts
    }
    return folded.append(line).append("\r\n");
}

}  // namespace loa
