#include "scheduler/operations/read_as_run.h"

#include <algorithm>
#include <tuple>

#include "scheduler/calendar/zones.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/planning/reconcile.h"
#include "scheduler/storage/airing_repository.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/slot_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

constexpr std::chrono::days longestPeriod{3660};
constexpr std::chrono::days pieceLength{31};

Interval periodAt(const AsRunQuestion& question, const std::string& zone) {
    if (const auto* interval = std::get_if<Interval>(&question.period)) return *interval;
    const auto& days = std::get<DayPeriod>(question.period);
    return {dayInZone(days.first, zone).start, dayInZone(days.last, zone).end};
}

void checkPeriod(Interval period) {
    if (period.start < period.end && period.length() <= longestPeriod) return;
    throw Error{Fault::invalid,
                "bad-period",
                {"Khoảng thời gian phải kết thúc sau khi bắt đầu và không quá mười năm. Sửa lại hai mốc.",
                 "the period must end after it starts and span at most ten years"}};
}

/// Of those the caller sees.
std::vector<Station> stationsOf(ReadTransaction& transaction, const Standing& standing, const AsRunQuestion& question) {
    if (question.station) {
        const auto station = StationRepository::find(transaction, *question.station);
        if (!station || !standing.sees(station->area)) throw noSuchStation(*question.station);
        return {*station};
    }
    if (!question.area) {
        auto stations = StationRepository::all(transaction);
        std::erase_if(stations, [&](const Station& station) { return !standing.sees(station.area); });
        return stations;
    }
    if (!AreaRepository::find(transaction, *question.area) || !standing.sees(question.area))
        throw noSuchArea(*question.area);
    return StationRepository::byArea(transaction, *question.area);
}

std::vector<AsRun> linesIn(Scheduler& scheduler, std::span<const AsRunScope> scopes, Interval piece) {
    std::vector<AsRun> lines;
    scheduler.database.read([&](ReadTransaction& transaction) {
        for (const auto& [station, period] : scopes) {
            const Interval part{std::max(period.start, piece.start), std::min(period.end, piece.end)};
            if (part.start >= part.end) continue;
            auto ofStation = reconcile(SlotRepository::startingIn(transaction, station.id, part),
                                       AiringRepository::concerning(transaction, station.id, part),
                                       scheduler.clock.now(), scheduler.reportDeadline);
            std::move(ofStation.begin(), ofStation.end(), std::back_inserter(lines));
        }
    });
    std::stable_sort(lines.begin(), lines.end(), [](const AsRun& a, const AsRun& b) {
        return std::tie(a.planned.start, a.station) < std::tie(b.planned.start, b.station);
    });
    return lines;
}

}  // namespace

std::vector<AsRunScope> asRunScopes(Scheduler& scheduler, const AsRunQuestion& question) {
    std::vector<AsRunScope> scopes;
    for (auto& station : scheduler.database.read(
             [&](ReadTransaction& transaction) { return stationsOf(transaction, scheduler.standing, question); })) {
        const auto period = periodAt(question, station.zone);
        checkPeriod(period);
        scopes.push_back({std::move(station), period});
    }
    return scopes;
}

void readAsRun(Scheduler& scheduler, std::span<const AsRunScope> scopes,
               const std::function<void(std::span<const AsRun> lines)>& take) {
    if (scopes.empty()) return;
    const auto starts = [](const AsRunScope& a, const AsRunScope& b) { return a.period.start < b.period.start; };
    const auto ends = [](const AsRunScope& a, const AsRunScope& b) { return a.period.end < b.period.end; };
    const auto end = std::max_element(scopes.begin(), scopes.end(), ends)->period.end;
    auto from = std::min_element(scopes.begin(), scopes.end(), starts)->period.start;
    for (; from < end; from += pieceLength) {
        const auto lines = linesIn(scheduler, scopes, {from, from + pieceLength});
        if (!lines.empty()) take(lines);
    }
}

}  // namespace loa
