#include "scheduler/operations/accept_airings.h"

#include "scheduler/operations/disk_room.h"
#include "scheduler/operations/enrolment.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/plan_changes.h"
#include "scheduler/storage/airing_repository.h"
#include "scheduler/storage/manifest_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/station_repository.h"
#include "scheduler/storage/station_status_repository.h"

namespace loa {
namespace {

void requireStation(ReadTransaction& transaction, const StationId& station) {
    if (!StationRepository::find(transaction, station)) throw noSuchStation(station);
}

}  // namespace

std::vector<AiringId> acceptAirings(Scheduler& scheduler, const StationId& station, std::vector<Airing> airings) {
    for (const auto& airing : airings)
        if (airing.id.station != station)
            throw Error{Fault::invalid,
                        "foreign-airing",
                        {"Báo cáo có lần phát của trạm khác nên Loa không nhận. Kiểm tra mã trạm trên máy trạm.",
                         "an airing of station '" + airing.id.station.text() + "' was sent by another station"}};
    requireRoomForAirings(scheduler.database.file().parent_path());
    scheduler.database.read([&](ReadTransaction& transaction) { requireStation(transaction, station); });
    return scheduler.journal.accept(std::move(airings));
}

LackingAirings acceptStatus(Scheduler& scheduler, const StationId& station, const StationStatus& status) {
    bool isAhead = false;
    auto lacking = scheduler.database.write([&](WriteTransaction& transaction) {
        requireStation(transaction, station);
        StationStatusRepository::save(transaction, {station, status, scheduler.clock.now()});
        noteSequence(transaction, station, status.epoch, status.lastSequence);
        const auto newest = ManifestRepository::newest(transaction, station);
        isAhead = status.revision > (newest ? newest->revision : 0);
        if (isAhead) PlanVersion::bump(transaction);  // what is kept of its manifest no longer holds
        return AiringRepository::lacking(transaction, station, status.epoch, status.lastSequence);
    });
    if (isAhead) scheduler.planChanges.note();
    return lacking;
}

}  // namespace loa
