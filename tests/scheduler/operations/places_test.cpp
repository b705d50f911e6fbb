#include "scheduler/operations/places.h"

#include <doctest/doctest.h>

#include "scheduler/operations/accept_airings.h"
#include "scheduler/operations/enrolment.h"
#include "tests/scheduler/operations/refusal.h"
#include "tests/support/test_people.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr const char* tomorrow = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\n";

}  // namespace

TEST_CASE("places: a station that nothing was ever planned at can be removed, whatever its manifest's revision") {
    TestOffice office;
    const StationId id{"tan-hue"};
    office.manifest("tan-hue");
    saveStation(office.scheduler,
                {id, "trạm", AreaId{"tan-hue"}, "Asia/Bangkok", std::nullopt, std::nullopt});  // another manifest
    CHECK(office.manifest("tan-hue").revision > 1);
    removeStation(office.scheduler, id);
    CHECK(refusalOf([&] { removeStation(office.scheduler, id); }) == "no-such-station");
}

TEST_CASE("places: a station that something was planned at stays, also when the event is gone") {
    TestOffice office;
    office.addMedia('a', 31);
    office.addStation("new", "tan-hue");
    importEvents(office.scheduler, TestOffice::calendar("1022", tomorrow), {});
    office.manifest("new");
    removeEvent(office.scheduler, EventId{"1022"});
    CHECK(refusalOf([&] { removeStation(office.scheduler, StationId{"new"}); }) == "in-use");
}

TEST_CASE("places: a station that reported an airing stays") {
    TestOffice office;
    const StationId id{"tan-hue"};
    Airing airing;
    airing.id = {id, 1, 1};
    airing.slot = SlotId{"of nobody"};
    acceptAirings(office.scheduler, id, {airing});
    CHECK(refusalOf([&] { removeStation(office.scheduler, id); }) == "in-use");
}

TEST_CASE("places: an area goes only when no area, station or event hangs on it") {
    TestOffice office;
    office.addMedia('a', 31);
    const auto removal = [&](const char* id) { return refusalOf([&] { removeArea(office.scheduler, AreaId{id}); }); };
    CHECK(removal("thanh-binh") == "area-in-use");
    CHECK(removal("tan-hue") == "area-in-use");
    office.addArea("phu-loi", "thanh-binh");
    importEvents(office.scheduler, TestOffice::calendar("1022", tomorrow, "urn:loa:area:phu-loi"), {});
    CHECK(removal("phu-loi") == "in-use");
    removeEvent(office.scheduler, EventId{"1022"});
    CHECK(removal("phu-loi") == "");
    CHECK(removal("phu-loi") == "no-such-area");
}

TEST_CASE("places: who keeps a station is asked by where it stands when it is written, and by where it is put") {
    TestOffice office;
    const StationId id{"tan-hue"};
    const auto keeper = asPerson(office, personOf(office, "keeper", {{Role::admin, AreaId{"tan-hue"}}}));
    const auto both = asPerson(
        office, personOf(office, "both", {{Role::admin, AreaId{"tan-hue"}}, {Role::auditor, AreaId{"an-phong"}}}));
    const auto put = [&](Scheduler by, const char* area) {
        return refusalOf([&] {
            saveStation(by, {id, "trạm", AreaId{area}, "Asia/Ho_Chi_Minh", std::nullopt, std::nullopt});
        });
    };
    const auto enrol = [&](const Scheduler& by) { return refusalOf([&] { issueEnrolmentCode(by, id); }); };
    const auto remove = [&](Scheduler by) { return refusalOf([&] { removeStation(by, id); }); };
    CHECK(put(keeper, "tan-hue") == "");
    CHECK(put(keeper, "an-phong") == "unknown-area");
    CHECK(put(both, "an-phong") == "forbidden");
    CHECK(enrol(keeper) == "");
    CHECK(put(office.scheduler, "an-phong") == "");  // after those two were let in
    CHECK(put(keeper, "tan-hue") == "id-taken");
    CHECK(put(both, "tan-hue") == "forbidden");
    CHECK(enrol(keeper) == "no-such-station");
    CHECK(enrol(both) == "forbidden");
    CHECK(refusalOf([&] { retireIdentity(both, id); }) == "forbidden");
    CHECK(remove(keeper) == "no-such-station");
    CHECK(remove(both) == "forbidden");
}

TEST_CASE("places: an area that was moved away meanwhile is no longer kept with all that stands in it") {
    TestOffice office;
    office.addArea("ap", "tan-hue");
    office.addStation("ap", "ap");
    auto keeper = asPerson(office, personOf(office, "keeper", {{Role::admin, AreaId{"tan-hue"}}}));
    const auto put = [&](const char* parent) {
        return refusalOf([&] { saveArea(keeper, {AreaId{"ap"}, "ấp", AreaId{parent}, std::nullopt, std::nullopt}); });
    };
    CHECK(put("tan-hue") == "");
    office.addArea("ap", "an-phong");
    CHECK(put("an-phong") == "unknown-area");
    CHECK(put("tan-hue") == "id-taken");
    CHECK(refusalOf([&] { removeArea(keeper, AreaId{"ap"}); }) == "no-such-area");
    CHECK(refusalOf([&] {
              saveStation(keeper, {StationId{"ap"}, "x", AreaId{"ap"}, "Asia/Ho_Chi_Minh", std::nullopt, std::nullopt});
          }) == "unknown-area");
}

TEST_CASE(
    "places: a bad id, no name, an unknown zone, an inverted validity, a circle and an unknown parent are refused") {
    TestOffice office;
    const auto area = [&](const char* id, const char* name, const char* parent) {
        return refusalOf([&] {
            saveArea(office.scheduler, {AreaId{id}, name, AreaId{parent}, std::nullopt, std::nullopt});
        });
    };
    CHECK(area("Tân Huề", "x", "thanh-binh") == "bad-id");
    CHECK(area("x", " \n", "thanh-binh") == "no-name");
    CHECK(area("thanh-binh", "x", "tan-hue") == "area-cycle");
    CHECK(area("x", "x", "nowhere") == "unknown-area");
    Station station{StationId{"x"}, "x", AreaId{"tan-hue"}, "Mars/Olympus", std::nullopt, std::nullopt};
    CHECK(refusalOf([&] { saveStation(office.scheduler, station); }) == "unknown-zone");
    station.zone = "Asia/Ho_Chi_Minh";
    station.validFrom = parseDay("2027-03-02");
    station.validTo = parseDay("2027-03-01");
    CHECK(refusalOf([&] { saveStation(office.scheduler, station); }) == "inverted-validity");
}
