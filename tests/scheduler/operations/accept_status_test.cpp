// What an office that was restored from a back-up learns from its stations. The office of before is another one with
// the same key and the same plan.
#include "scheduler/operations/accept_airings.h"

#include <doctest/doctest.h>

#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

const StationId station{"tan-hue"};

StationStatus holding(std::int64_t revision) {
    StationStatus status;
    status.revision = revision;
    status.output = "ready";
    return status;
}

}  // namespace

TEST_CASE("accept status: a station that holds a newer plan shows that the office went back, and gets one above that") {
    TestOffice office;
    CHECK(office.manifest("tan-hue").revision == 1);
    const auto restored = office.manifest("tan-hue");
    acceptStatus(office.scheduler, station, holding(7));
    const auto next = office.manifest("tan-hue");
    CHECK(next.revision == 8);
    CHECK(next.slots == restored.slots);
    CHECK(office.manifest("an-phong").revision == 1);
    // Told again, by a station that has not fetched it yet, it changes nothing; nor does one that is up to date.
    acceptStatus(office.scheduler, station, holding(7));
    CHECK(office.manifest("tan-hue").revision == 8);
    acceptStatus(office.scheduler, station, holding(8));
    CHECK(office.manifest("tan-hue").revision == 8);
}

TEST_CASE("F66 manifest: a station that holds another plan under the office's own number gets the next at once") {
    TestOffice office;
    office.manifest("tan-hue");
    const auto first = publishManifest(office.scheduler, station);
    REQUIRE(first.revision == 1);
    CHECK(publishManifest(office.scheduler, station, first.tag).document == first.document);
    const auto next = publishManifest(office.scheduler, station, "1-0123456789abcdef");
    CHECK(next.revision == 2);
    CHECK(publishManifest(office.scheduler, station, "1-0123456789abcdef").document == next.document);
    CHECK(publishManifest(office.scheduler, station, "5-0123456789abcdef").revision == 6);
    for (const char* unreadable : {"7", "-", "99999999999999999999-aa", "-3-aa", "x"})
        CHECK(publishManifest(office.scheduler, station, unreadable).revision == 6);
}

TEST_CASE(
    "accept status: the office's numbers go on from the highest a station held, also when its store was lost since") {
    TestOffice office;
    office.manifest("tan-hue");
    acceptStatus(office.scheduler, station, holding(7));
    CHECK(office.manifest("tan-hue").revision == 8);
    acceptStatus(office.scheduler, station, holding(0));
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", "DTSTART:20270301T220000Z\r\n"), {});
    CHECK(office.manifest("tan-hue").revision == 9);
}

TEST_CASE("accept status: it says which of the station's airings the office lacks") {
    TestOffice office;
    auto status = holding(0);
    status.epoch = 5;
    status.lastSequence = 3;
    Airing second;
    second.id = {station, 5, 2};
    acceptAirings(office.scheduler, station, {second});
    CHECK(acceptStatus(office.scheduler, station, status) == LackingAirings{5, {{1, 1}, {3, 3}}});
    CHECK(acceptStatus(office.scheduler, station, holding(0)).ranges.empty());
}
