#include <algorithm>
#include <array>
#include <cstdio>

#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "api/wire/as_run_json.h"
#include "scheduler/calendar/zones.h"
#include "scheduler/operations/read_as_run.h"
#include "scheduler/reports/as_run_csv.h"
#include "scheduler/reports/as_run_words.h"

namespace loa {
namespace {

constexpr std::string_view csvType = "text/csv";

std::string zonedText(Instant at, const std::string& zone) {
    const auto local = toLocal(at, zone);
    const auto offset = local.time_since_epoch() - std::chrono::floor<std::chrono::seconds>(at.time_since_epoch());
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
    std::array<char, 16> suffix{};
    std::snprintf(suffix.data(), suffix.size(), "%c%02d:%02d", minutes < 0 ? '-' : '+',
                  static_cast<int>(std::abs(minutes) / 60), static_cast<int>(std::abs(minutes) % 60));
    auto text = formatLocalTime(local) + suffix.data();
    std::replace(text.begin(), text.end(), 'T', ' ');
    return text;
}

/// Two instants, or two days; never one of each.
std::variant<Interval, DayPeriod> periodOf(const Request& request) {
    const auto first = parseDay(request.query("from").value_or(""));
    const auto last = parseDay(request.query("to").value_or(""));
    if (first && last) return DayPeriod{*first, *last};
    return Interval{instantFromQuery(request, "from"), instantFromQuery(request, "to")};
}

Words wordsFor(const AsRun& line) {
    auto words = wordsFor(line.result);
    const auto reason = wordsFor(line.reason);
    if (!reason.vi.empty() && !(reason == words)) words = {words.vi + ": " + reason.vi, words.en + ": " + reason.en};
    return words;
}

Json countsOf(std::span<const AsRun> lines) {
    Json counts = Json::object();
    for (const auto& line : lines) {
        auto& count = counts[std::string{toText(line.result)}];
        count = count.is_null() ? 1 : count.get<int>() + 1;
    }
    return counts;
}

Response csvAnswer(const Request& request, const AsRunAnswer& answer) {
    const auto findStation = [&](const StationId& id) -> std::optional<Station> {
        const auto found = std::find_if(answer.stations.begin(), answer.stations.end(),
                                        [&](const Station& station) { return station.id == id; });
        return found == answer.stations.end() ? std::nullopt : std::optional{*found};
    };
    auto response = Response::text(200, asRunCsv(answer.lines, request.language(), findStation, zonedText),
                                   "text/csv; charset=utf-8; header=present");
    response.set("Content-Disposition", "attachment; filename=\"as-run.csv\"");
    return response;
}

Response getAsRun(const Request& request, Scheduler& scheduler) {
    AsRunQuestion question{periodOf(request), std::nullopt, std::nullopt};
    if (const auto station = request.query("station")) question.station = StationId{*station};
    if (const auto area = request.query("area")) question.area = AreaId{*area};
    const auto answer = readAsRun(scheduler, question);
    if (prefers(request, csvType)) return csvAnswer(request, answer);
    Json lines = Json::array();
    for (const auto& line : answer.lines) lines.push_back(toJson(line, wordsFor(line)));
    return jsonAnswer(200, {{"from", *request.query("from")},
                            {"to", *request.query("to")},
                            {"lines", std::move(lines)},
                            {"counts", countsOf(answer.lines)}});
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/as-run", Access::office, getAsRun},
};

}  // namespace

std::span<const SchedulerRoute> reportRoutes() {
    return routes;
}

}  // namespace loa
