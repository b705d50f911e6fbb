// What callers are told when the store has no room, or belongs to somebody else for too long.
#include <doctest/doctest.h>
#include <stdlib.h>

#include <memory>

#include "scheduler/operations/disk_room.h"
#include "tests/api/routes/served.h"
#include "tests/scheduler/storage/loop_disk.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr const char* aRow = R"({"airings": [{
    "id": {"station": "tan-hue", "epoch": 42, "sequence": 3}, "slot": "tan-hue/0/0/x", "title": "Bản tin",
    "media": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "revision": 7,
    "planned": {"start": "2027-02-28T22:00:00Z", "end": "2027-02-28T22:00:31.250Z"}, "plannedFrames": 1500000,
    "result": "partial", "reason": "soundLost", "detail": "", "startErrorMicroseconds": -412, "frames": 432000,
    "level": {"rmsDbfs": -16.5, "peakDbfs": -1.6, "silentShare": 0.01}, "bootId": "b", "sinceBootMs": 99,
    "heard": {"start": "2027-02-28T22:00:00Z", "end": "2027-02-28T22:00:09Z"}}]})";

Response report(Served& served) {
    return served.ask(Request{Method::post, "/v1/stations/tan-hue/airings"}.withBody(aRow), served.tanHue);
}

Json airingsOf(Served& served) {
    const std::string day = "?from=2027-02-28T00:00:00Z&to=2027-03-01T00:00:00Z";
    return served.json(Method::get, "/v1/stations/tan-hue/airings" + day).at("airings");
}

}  // namespace

TEST_CASE("F16 routes: an upload is a 507 from a tenth on, a report a 503 from the reserve on, and reads go on") {
    if (withoutLoopDevices()) return;
    constexpr int megabytes = 1024;
    constexpr std::int64_t tenth = megabytes * 1024LL * 1024 / 10;
    constexpr std::int64_t little = 8LL * 1024 * 1024;
    const LoopDisk disk{megabytes};
    setenv("TMPDIR", disk.folder().c_str(), 1);
    Served served;
    unsetenv("TMPDIR");
    const auto upload = [&] {
        return served.ask(Method::post, "/v1/uploads", R"({"name":"a.wav","title":"Tin","bytes":10})");
    };
    disk.leave(tenth - little);
    CHECK(upload().status() == 507);
    CHECK(served.refusal(upload()) == "disk-nearly-full");
    disk.leave(diskReserveBytes - little);
    const auto refused = report(served);
    CHECK(refused.status() == 503);
    CHECK(refused.header("Retry-After").has_value());
    CHECK(Served::refusal(refused) == "disk-full");
    CHECK(airingsOf(served).empty());
    disk.clear();
    CHECK(upload().status() == 201);
    CHECK(report(served).status() == 200);
    CHECK(airingsOf(served).size() == 1);
}

TEST_CASE("F24 routes: while a writer does not end, writes are a 503 that says when to come back, and reads go on") {
    Served served;
    Database other{served.office.database.file(), served.office.clock.now()};  // as of another program
    other.write([&](WriteTransaction&) {
        const auto refused = served.ask(Method::put, "/v1/areas/x", R"({"name":"Xã","parent":"thanh-binh"})");
        CHECK(refused.status() == 503);
        CHECK(refused.header("Retry-After").has_value());
        CHECK(Served::refusal(refused) == "database-busy");
        CHECK(report(served).status() == 503);
        CHECK(airingsOf(served).empty());
        CHECK(served.ask(Method::get, "/v1/areas").status() == 200);
    });
    CHECK(report(served).status() == 200);
    CHECK(served.ask(Method::put, "/v1/areas/x", R"({"name":"Xã","parent":"thanh-binh"})").status() == 200);
}
