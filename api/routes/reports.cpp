#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <utility>

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

FindStation stationsIn(const std::vector<AsRunScope>& scopes) {
    std::map<StationId, Station> stations;
    for (const auto& scope : scopes) stations.emplace(scope.station.id, scope.station);
    return [stations = std::move(stations)](const StationId& id) {
        const auto found = stations.find(id);
        return found == stations.end() ? std::nullopt : std::optional{found->second};
    };
}

Response csvAnswer(Scheduler& scheduler, std::vector<AsRunScope> scopes, Language language) {
    const auto produce = [own = scheduler, scopes = std::move(scopes), language](const StreamBody::Take& take) mutable {
        const auto findStation = stationsIn(scopes);
        const auto table = [&](std::span<const AsRun> lines) {
            return asRunCsv(lines, language, findStation, zonedText);
        };
        const auto header = table({});
        take(header);
        readAsRun(own, scopes, [&](std::span<const AsRun> lines) { take(table(lines).substr(header.size())); });
    };
    auto response = Response::stream(200, {produce}, "text/csv; charset=utf-8; header=present");
    response.set("Content-Disposition", "attachment; filename=\"as-run.csv\"");
    return response;
}

/// {"from": …, "to": …, "lines": […], "counts": {…}}, written as it is read.
Response jsonStream(Scheduler& scheduler, std::vector<AsRunScope> scopes, const std::string& from,
                    const std::string& to) {
    const auto produce = [own = scheduler, scopes = std::move(scopes), from, to](const StreamBody::Take& take) mutable {
        std::map<AsRunResult, std::int64_t> counts;
        std::string text = "{\"from\":" + dump(from) + ",\"to\":" + dump(to) + ",\"lines\":[";
        const char* separator = "";
        readAsRun(own, scopes, [&](std::span<const AsRun> lines) {
            for (const auto& line : lines) {
                text += std::exchange(separator, ",") + dump(toJson(line, wordsFor(line)));
                ++counts[line.result];
            }
            take(std::exchange(text, ""));
        });
        Json byResult = Json::object();
        for (const auto& [result, count] : counts) byResult[std::string{toText(result)}] = count;
        take(text + "],\"counts\":" + dump(byResult) + '}');
    };
    return Response::stream(200, {produce}, "application/json");
}

Response getAsRun(const Request& request, Scheduler& scheduler) {
    AsRunQuestion question{periodOf(request), std::nullopt, std::nullopt};
    if (const auto station = request.query("station")) question.station = StationId{*station};
    if (const auto area = request.query("area")) question.area = AreaId{*area};
    auto scopes = asRunScopes(scheduler, question);
    if (prefers(request, csvType)) return csvAnswer(scheduler, std::move(scopes), request.language());
    return jsonStream(scheduler, std::move(scopes), *request.query("from"), *request.query("to"));
}

bool isLong(const Request& request) {
    const auto period = periodOf(request);
    if (const auto* days = std::get_if<DayPeriod>(&period))
        return isLongPeriod(std::chrono::sys_days{days->last} - std::chrono::sys_days{days->first} +
                            std::chrono::days{1});
    return isLongPeriod(std::get<Interval>(period).length());
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/as-run", Right::seeAsRun, getAsRun, 0, {}, Rate::ofMethod, isLong},
};

}  // namespace

std::span<const SchedulerRoute> reportRoutes() {
    return routes;
}

}  // namespace loa
