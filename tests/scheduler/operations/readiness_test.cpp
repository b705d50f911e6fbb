#include "scheduler/operations/readiness.h"

#include <stdlib.h>

#include <memory>

#include "scheduler/operations/accept_airings.h"
#include "scheduler/operations/callers.h"
#include "scheduler/operations/disk_room.h"
#include "scheduler/operations/tokens.h"
#include "scheduler/storage/airing_repository.h"
#include "tests/scheduler/storage/loop_disk.h"
#include "tests/support/enrolled_station.h"

using namespace loa;
using namespace loa::test;

namespace {

/// An office on a disk of its own, which the test may fill.
struct OfficeOnDisk {
    LoopDisk disk;
    std::unique_ptr<TestOffice> office;

    explicit OfficeOnDisk(int megabytes = 48) : disk{megabytes} {
        setenv("TMPDIR", disk.folder().c_str(), 1);
        office = std::make_unique<TestOffice>();
        unsetenv("TMPDIR");
    }
};

}  // namespace

TEST_CASE("readiness: it is the last beat's outcome, for half a minute") {
    TestOffice office;
    CHECK(errorCode([&] { requireWritableStore(office.scheduler); }) == "store-not-writable");
    beatHeart(office.scheduler);
    CHECK(errorCode([&] { requireWritableStore(office.scheduler); }) == "");
    office.clock.advance(heartbeatLife);
    CHECK(errorCode([&] { requireWritableStore(office.scheduler); }) == "");
    office.clock.advance(Milliseconds{1});
    CHECK(errorCode([&] { requireWritableStore(office.scheduler); }) == "store-not-writable");
}

TEST_CASE("F16 disk full: the office is not ready, reads and lets in as before, and recovers once there is room") {
    if (withoutLoopDevices()) return;
    OfficeOnDisk place;
    auto& office = *place.office;
    const auto token = enrolled(office, "tan-hue");
    beatHeart(office.scheduler);
    place.disk.fill();
    office.clock.advance(heartbeatLife + Milliseconds{1});
    CHECK(errorCode([&] { beatHeart(office.scheduler); }) == "disk-full");
    CHECK(errorCode([&] { requireWritableStore(office.scheduler); }) == "store-not-writable");
    Callers callers{office.scheduler};
    CHECK(callers.ofToken(token.token).has_value());
    CHECK(usableTokens(office.database, office.clock).size() == 1);
    auto& uses = office.door.tokenUses();
    CHECK(errorCode([&] { uses.finish(office.database); }) == "disk-full");
    place.disk.clear();
    uses.finish(office.database);
    CHECK(usableTokens(office.database, office.clock).front().lastUsed == office.clock.now());
    beatHeart(office.scheduler);
    CHECK(errorCode([&] { requireWritableStore(office.scheduler); }) == "");
}

TEST_CASE("F16 disk filling up: media are refused at a tenth, airings at the reserve, and none acknowledged is lost") {
    if (withoutLoopDevices()) return;
    constexpr int megabytes = 1024;
    constexpr std::int64_t tenth = megabytes * 1024LL * 1024 / 10;
    constexpr std::int64_t little = 8LL * 1024 * 1024;
    OfficeOnDisk place{megabytes};
    auto& office = *place.office;
    const StationId station{"tan-hue"};
    std::vector<AiringId> acknowledged;
    const auto report = [&] {
        Airing airing;
        airing.id = {station, 1, static_cast<std::int64_t>(acknowledged.size()) + 1};
        return errorCode([&] {
            for (const auto& id : acceptAirings(office.scheduler, station, {airing})) acknowledged.push_back(id);
        });
    };
    const auto upload = [&] { return errorCode([&] { office.media.begin("tin.wav", "Tin sáng", 10); }); };
    const auto begun = office.media.begin("tin.wav", "Tin sáng", 10).id;

    place.disk.leave(tenth + little);
    CHECK(upload() == "");
    CHECK(report() == "");
    place.disk.leave(tenth - little);
    CHECK(upload() == "disk-nearly-full");
    CHECK(errorCode([&] { office.media.append(begun, 0, "12345"); }) == "disk-nearly-full");
    CHECK(errorCode([&] { office.media.speak("Tin sáng", "Xin chào bà con."); }) == "disk-nearly-full");
    CHECK(report() == "");
    place.disk.leave(diskReserveBytes + little);
    CHECK(report() == "");
    place.disk.leave(diskReserveBytes - little);
    CHECK(report() == "disk-full");
    beatHeart(office.scheduler);  // the reserve is for what the office itself must write
    place.disk.fill();
    CHECK(report() == "disk-full");

    CHECK(acknowledged.size() == 3);
    Database again{office.database.file(), office.clock.now()};
    again.read([&](ReadTransaction& transaction) {
        for (const auto& id : acknowledged) CHECK(AiringRepository::find(transaction, id));
        CHECK(AiringRepository::concerning(transaction, {Instant{}, Instant::max()}).size() == acknowledged.size());
    });
    place.disk.clear();
    CHECK(report() == "");
    CHECK(upload() == "");
}
