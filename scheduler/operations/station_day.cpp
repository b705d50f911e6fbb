// A day as a planner looks at it: what sounds, what does not and why, and how full the dayparts are. Nothing is saved.
#include "scheduler/operations/station_day.h"

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

StationDay dayOfStation(ReadTransaction& transaction, const Scheduler& scheduler, const OfficeRules& office,
                        const Station& station, Day day) {
    const auto window = dayInZone(day, station.zone);
    requireWithinHorizon(scheduler, window.end);
    StationDay found;
    found.station = station;
    found.plan = composePlan(transaction, office, station, window, scheduler.clock.now());
    if (const auto newest = ManifestRepository::newest(transaction, station.id))
        found.plan.manifest.revision = newest->revision;
    Seats seats{airtimeOf(office, station, day, day), station.zone, civilTime().timeText};
    for (const auto& slot : found.plan.manifest.slots) seats.take(seatOf(slot));
    found.airtime = seats.airtime().days.front();
    for (const auto& daypart : found.airtime.dayparts) found.dayparts.emplace_back(daypart, seats.used(daypart));
    found.airtime.dayparts.clear();
    return found;
}

}  // namespace

StationDay stationDay(Scheduler& scheduler, const StationId& station, Day day) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        const auto office = scheduler.manifests.office(transaction);
        return dayOfStation(transaction, scheduler, *office, office->station(station), day);
    });
}

AreaDay areaDay(Scheduler& scheduler, const AreaId& area, Day day, const StationId& from, std::size_t limit) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        if (!AreaRepository::find(transaction, area)) throw noSuchArea(area);
        const auto office = scheduler.manifests.office(transaction);
        AreaDay found;
        for (const auto& reached : office->places.reach(std::vector<Target>{area}).stations) {
            if (reached.station->id < from) continue;
            if (found.stations.size() == limit) {
                found.next = reached.station->id;
                break;
            }
            found.stations.push_back(dayOfStation(transaction, scheduler, *office, *reached.station, day));
        }
        return found;
    });
}

}  // namespace loa
