#include "scheduler/operations/publish_manifest.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "scheduler/operations/save_airtime.h"
#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr const char* daily = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\nRRULE:FREQ=DAILY;COUNT=5\r\n";

std::vector<std::string> codes(const Plan& plan) {
    std::vector<std::string> found;
    for (const auto& rejection : plan.rejected) found.push_back(rejection.code);
    return found;
}

}  // namespace

TEST_CASE(
    "publish manifest: an event at an area reaches every station below it, at 05:00 of Vietnam, the day before in "
    "UTC") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", daily), {});
    for (const char* station : {"tan-hue", "an-phong"}) {
        const auto manifest = office.manifest(station);
        REQUIRE(manifest.slots.size() == 5);
        CHECK(manifest.station == StationId{station});
        CHECK(manifest.slots.front().at == Interval{at("2027-02-28T22:00:00Z"), at("2027-02-28T22:00:31Z")});
        CHECK(manifest.slots.front().frames == 31 * frameRate);
    }
}

TEST_CASE("publish manifest: the same plan stays the same revision; a change makes the next, and slot ids survive it") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", daily), {});
    const auto first = office.manifest("tan-hue");
    CHECK(office.manifest("tan-hue").revision == first.revision);
    office.addMedia('b', 40);
    CHECK(office.manifest("tan-hue").revision == first.revision);

    auto renamed = TestOffice::calendar("1022", daily);
    renamed.replace(renamed.find("SUMMARY:Tổng"), 8, "SUMMARY:1022 ");
    importEvents(office.scheduler, renamed, {});
    const auto second = office.manifest("tan-hue");
    CHECK(second.revision == first.revision + 1);
    CHECK(second.slots.front().id == first.slots.front().id);
    CHECK(second.slots.front().title != first.slots.front().title);

    removeEvent(office.scheduler, EventId{"1022"});
    CHECK(office.manifest("tan-hue").slots.empty());
    CHECK(office.manifest("tan-hue").revision == second.revision + 1);
}

TEST_CASE("publish manifest: a restart of the scheduler makes no new revision") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", daily), {});
    const auto first = office.manifest("tan-hue");
    ManifestShelf empty;
    Scheduler restarted{office.database,
                        office.journal,
                        office.clock,
                        office.key,
                        empty,
                        office.media,
                        office.planChanges,
                        office.scheduler.feeds,
                        office.served,
                        office.scheduler.door,
                        office.toldLines,
                        office.scheduler.zone,
                        office.scheduler.reportDeadline};
    CHECK(publishManifest(restarted, StationId{"tan-hue"}).revision == first.revision);
}

TEST_CASE("publish manifest: nothing is planned into the past, and the plan says so") {
    TestOffice office{at("2027-03-03T00:00:00Z")};
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", daily), {});
    const auto manifest = office.manifest("tan-hue");
    REQUIRE(manifest.slots.size() == 2);
    CHECK(manifest.slots.front().at.start == at("2027-03-03T22:00:00Z"));
    office.approveAll();
    const auto plan = planFor(office.scheduler, StationId{"tan-hue"});
    CHECK(codes(plan) == std::vector<std::string>{"start-passed", "start-passed"});
}

TEST_CASE("publish manifest: what was published stays, when its start has passed") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", daily), {});
    const auto first = office.manifest("tan-hue");
    office.clock.set(at("2027-03-01T10:00:00Z"));
    const auto later = office.manifest("tan-hue");
    CHECK(later.slots == first.slots);
    CHECK(later.revision == first.revision + 1);  // the window has moved by a day
}

TEST_CASE("publish manifest: of two that overlap one is refused, with the reason in both languages") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", std::string{daily} + "X-LOA-START:hard\r\n"), {});
    importEvents(office.scheduler,
                 TestOffice::calendar("fire", "DTSTART:20270228T220010Z\r\nPRIORITY:3\r\nX-LOA-CLASS:priority\r\n"),
                 {});
    office.approveAll();
    const auto plan = planFor(office.scheduler, StationId{"tan-hue"});
    CHECK(plan.manifest.slots.size() == 5);
    REQUIRE(codes(plan) == std::vector<std::string>{"overlap"});
    CHECK(plan.rejected.front().event == EventId{"1022"});
    CHECK(plan.rejected.front().reason.vi.find("05:00:10") != std::string::npos);
    CHECK(plan.rejected.front().reason.en.find("05:00:10") != std::string::npos);
}

TEST_CASE("publish manifest: a station nobody knows is said so") {
    TestOffice office;
    CHECK_THROWS_AS(publishManifest(office.scheduler, StationId{"nowhere"}), Error);
}

TEST_CASE("publish manifest: what aired stays as it was told, whatever the series has become since") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", daily), {});
    const auto before = office.manifest("tan-hue").slots.front();
    office.clock.set(before.at.end + std::chrono::hours{1});
    auto longer = office.addMedia('b', 55);
    auto changed = TestOffice::calendar("1022", std::string{daily} + "SEQUENCE:1\r\n");
    changed.replace(changed.find(std::string(64, 'a')), 64, longer.id.text());
    importEvents(office.scheduler, changed, {});
    const auto after = office.manifest("tan-hue");
    REQUIRE(after.slots.size() >= 2);
    CHECK(after.slots[0] == before);
    CHECK(after.slots[1].media == longer.id);
}

TEST_CASE("F34 publish manifest: what was planned before the night became quiet reaches no manifest, with the reason") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(
        office.scheduler,
        TestOffice::calendar("night", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T030000\r\nRRULE:FREQ=DAILY;COUNT=5\r\n"),
        {});
    CHECK(office.manifest("tan-hue").slots.size() == 5);
    Airtime rules;
    rules.area = AreaId{"thanh-binh"};
    rules.quietHours = {{"giờ ngủ", Weekdays::all(), std::chrono::hours{22}, std::chrono::hours{6}}};
    saveAirtime(office.scheduler, rules.area, {rules});
    CHECK(office.manifest("tan-hue").slots.empty());
    office.approveAll();
    const auto plan = planFor(office.scheduler, StationId{"tan-hue"});
    CHECK(codes(plan) == std::vector<std::string>(5, "quiet-hours"));
    // The station is told, too, so that it can refuse one that comes all the same.
    const auto& quiet = plan.manifest.quiet;
    REQUIRE_FALSE(quiet.empty());
    CHECK(std::ranges::is_sorted(quiet));
    CHECK(std::ranges::any_of(quiet, [&](const Interval& hours) { return hours.overlaps(plan.rejected[0].at); }));
}

TEST_CASE("F66 publish manifest: a number that no office gives leaves the numbers as they are") {
    TestOffice office;
    const StationId station{"tan-hue"};
    const auto limit = std::to_string(manifestRevisionLimit);
    for (const std::string& held : {limit + "-0123456789abcdef", std::string{"9223372036854775807-0123456789abcdef"},
                                    std::string{"-7-0123456789abcdef"}, std::string{"7"}, std::string{"7x-0"}}) {
        CAPTURE(held);
        CHECK(publishManifest(office.scheduler, station, held).revision == 1);
    }
    CHECK(publishManifest(office.scheduler, station, "7-0123456789abcdef").revision == 8);
}
