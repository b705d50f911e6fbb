// Days as a planner looks at them: what sounds, what does not and why, and how full the dayparts are. Nothing is saved.
#include "scheduler/operations/planned_days.h"

#include <algorithm>

#include "scheduler/calendar/zones.h"
#include "scheduler/operations/civil_time.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/save_events.h"
#include "scheduler/planning/compose_manifest.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/manifest_repository.h"

namespace loa {
namespace {

constexpr int stationsOfPage = 50;
constexpr int daysOfPage = 350;  ///< of all its stations

Day lastOf(const DaySpan& span) {
    return std::chrono::sys_days{span.first} + std::chrono::days{span.days - 1};
}

/// The days, and what of their dayparts lies beyond them: a daypart over midnight is full or not as a whole.
Interval withDayparts(Interval window, const StationAirtime& airtime) {
    for (const auto& day : airtime.days)
        for (const auto& daypart : day.dayparts)
            window = {std::min(window.start, daypart.at.start), std::max(window.end, daypart.at.end)};
    return window;
}

PlannedDays daysAt(ReadTransaction& transaction, const Scheduler& scheduler, const OfficeRules& office,
                   const Station& station, const DaySpan& span) {
    const Interval window{dayInZone(span.first, station.zone).start, dayInZone(lastOf(span), station.zone).end};
    requireWithinHorizon(scheduler, window.end);
    PlannedDays found;
    found.station = station;
    Seats seats{airtimeOf(office, station, span.first, lastOf(span)), station.zone, civilTime().timeText};
    found.plan = composePlan(transaction, scheduler.manifests.events(), office, station,
                             withDayparts(window, seats.airtime()), scheduler.clock.now());
    for (const auto& slot : found.plan.manifest.slots) seats.take(seatOf(slot));
    found.plan.manifest.window = window;
    std::erase_if(found.plan.manifest.slots, [&](const Slot& slot) { return !window.contains(slot.at.start); });
    std::erase_if(found.plan.rejected, [&](const Rejection& each) { return !window.contains(each.at.start); });
    if (const auto newest = ManifestRepository::newest(transaction, station.id))
        found.plan.manifest.revision = newest->revision;
    for (const auto& day : seats.airtime().days) {
        auto& planned = found.days.emplace_back(PlannedDay{day, {}});
        planned.airtime.dayparts.clear();
        for (const auto& daypart : day.dayparts) planned.dayparts.emplace_back(daypart, seats.used(daypart));
    }
    return found;
}

void check(const DaySpan& span) {
    if (span.days >= 1 && span.days <= DaySpan::longest) return;
    throw Error{
        Fault::invalid, "bad-days", {"Số ngày xem phải từ 1 đến 31.", "'days' must be a number of days from 1 to 31"}};
}

}  // namespace

PlannedDays plannedDays(Scheduler& scheduler, const StationId& station, const DaySpan& span) {
    check(span);
    return scheduler.database.read([&](ReadTransaction& transaction) {
        const auto office = scheduler.manifests.office(transaction);
        return daysAt(transaction, scheduler, *office, office->station(station), span);
    });
}

AreaPlannedDays plannedDaysOf(Scheduler& scheduler, const AreaId& area, const DaySpan& span, const StationId& from) {
    check(span);
    const auto limit = static_cast<std::size_t>(std::min(stationsOfPage, daysOfPage / span.days));
    return scheduler.database.read([&](ReadTransaction& transaction) {
        if (!AreaRepository::find(transaction, area)) throw noSuchArea(area);
        const auto office = scheduler.manifests.office(transaction);
        AreaPlannedDays found;
        for (const auto& reached : office->places.reach(std::vector<Target>{area}).stations) {
            if (reached.station->id < from) continue;
            if (found.stations.size() == limit) {
                found.next = reached.station->id;
                break;
            }
            found.stations.push_back(daysAt(transaction, scheduler, *office, *reached.station, span));
        }
        return found;
    });
}

}  // namespace loa
