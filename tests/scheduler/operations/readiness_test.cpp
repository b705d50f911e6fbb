#include "scheduler/operations/readiness.h"

#include <stdlib.h>

#include <memory>

#include "scheduler/operations/tokens.h"
#include "tests/scheduler/storage/loop_disk.h"
#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

/// An office on a disk of its own, which the test may fill.
struct OfficeOnDisk {
    LoopDisk disk;
    std::unique_ptr<TestOffice> office;

    OfficeOnDisk() {
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
    const auto token = issueOfficeToken(office.database, office.clock, "clerk", std::nullopt);
    beatHeart(office.scheduler);
    place.disk.fill();
    office.clock.advance(heartbeatLife + Milliseconds{1});
    CHECK(errorCode([&] { beatHeart(office.scheduler); }) == "disk-full");
    CHECK(errorCode([&] { requireWritableStore(office.scheduler); }) == "store-not-writable");
    KnownTokens known{10};
    CHECK(authenticate(office.database, office.clock, known, token.secret).has_value());
    CHECK(usableTokens(office.database, office.clock).size() == 1);
    place.disk.clear();
    beatHeart(office.scheduler);
    CHECK(errorCode([&] { requireWritableStore(office.scheduler); }) == "");
}
