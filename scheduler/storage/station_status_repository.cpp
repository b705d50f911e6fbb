#include "scheduler/storage/station_status_repository.h"

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/statement.h"

namespace loa {

std::optional<ReceivedStatus> StationStatusRepository::find(ReadTransaction& transaction, const StationId& station) {
    return first(each<ReceivedStatus>(
        select<StationId, std::int64_t, int, int, std::string, std::optional<SlotId>, std::string, std::int64_t,
               std::int64_t, Instant, Instant, std::optional<ClockTrust>>(
            transaction,
            "SELECT station, revision, media_ready, media_wanted, output, on_air, on_air_title, on_air_frames, "
            "waiting_airings, said, received, clock_trust FROM station_status WHERE station = $1",
            station),
        [](auto of, auto revision, auto ready, auto wanted, auto output, auto onAir, auto title, auto frames,
           auto waiting, auto said, auto received, auto clockTrust) {
            StationStatus status{revision, ready,   wanted, std::move(output), std::move(onAir), std::move(title),
                                 frames,   waiting, said};
            status.clockTrust = clockTrust;
            return ReceivedStatus{std::move(of), std::move(status), received};
        }));
}

void StationStatusRepository::save(WriteTransaction& transaction, const ReceivedStatus& received) {
    const StationStatus& status = received.status;
    execute(
        transaction,
        "INSERT INTO station_status (station, revision, media_ready, media_wanted, output, on_air, on_air_title, "
        "on_air_frames, waiting_airings, said, received, clock_trust) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        "$11, $12) "
        "ON CONFLICT (station) DO UPDATE SET revision = excluded.revision, media_ready = excluded.media_ready, "
        "media_wanted = excluded.media_wanted, output = excluded.output, on_air = excluded.on_air, "
        "on_air_title = excluded.on_air_title, on_air_frames = excluded.on_air_frames, "
        "waiting_airings = excluded.waiting_airings, said = excluded.said, received = excluded.received, "
        "clock_trust = excluded.clock_trust",
        received.station, status.revision, status.mediaReady, status.mediaWanted, status.output, status.onAir,
        status.onAirTitle, status.onAirFrames, status.waitingAirings, status.said, received.received,
        status.clockTrust);
}

}  // namespace loa
