#include "scheduler/operations/say_fresh.h"

#include "api/wire/fresh_json.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/storage/manifest_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {

std::string sayFresh(Scheduler& scheduler, const StationId& station, const std::string& nonce) {
    if (!isNonce(nonce))
        throw Error{Fault::invalid,
                    "bad-nonce",
                    {"“nonce” phải là 32 đến 64 chữ số hex viết thường, mỗi lần hỏi một số mới.",
                     "'nonce' must be 32 to 64 lower-case hex digits, new ones for each question"}};
    FreshStatement statement{station, nonce, {}, 0};
    scheduler.database.read([&](ReadTransaction& transaction) {
        if (!StationRepository::find(transaction, station)) throw noSuchStation(station);
        if (const auto newest = ManifestRepository::newest(transaction, station)) statement.revision = newest->revision;
    });
    statement.time = scheduler.clock.now();  // last: it is as old as the answer takes from here on
    return sign("fresh", toJson(statement), scheduler.signingKey);
}

}  // namespace loa
