#include "scheduler/operations/read_as_run.h"

#include <doctest/doctest.h>

#include "scheduler/operations/accept_airings.h"
#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

Airing airedWhole(const Slot& slot, const StationId& station, std::int64_t sequence) {
    Airing airing;
    airing.id = {station, 1, sequence};
    airing.slot = slot.id;
    airing.title = slot.title;
    airing.media = slot.media;
    airing.revision = 1;
    airing.planned = slot.at;
    airing.plannedFrames = slot.frames;
    airing.result = AiringResult::aired;
    airing.heard = slot.at;
    airing.frames = slot.frames;
    airing.level = {-18, -2, 0};
    return airing;
}

AsRunQuestion day(const char* text) {
    return {DayPeriod{parseDay(text).value(), parseDay(text).value()}, std::nullopt, std::nullopt};
}

}  // namespace

TEST_CASE("as-run: 05:00 of Vietnam belongs to its own day, not to the day before") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\n"),
                 {});
    CHECK(readAsRun(office.scheduler, day("2027-02-28")).lines.empty());
    CHECK(readAsRun(office.scheduler, day("2027-03-01")).lines.size() == 2);
}

TEST_CASE("as-run: unknown until the station reports, aired then, and a repeated report changes nothing") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", "DTSTART:20270228T220000Z\r\n"), {});
    const StationId station{"tan-hue"};
    const auto airing = airedWhole(office.manifest("tan-hue").slots.front(), station, 1);
    auto question = day("2027-03-01");
    question.station = station;
    CHECK(readAsRun(office.scheduler, question).lines.at(0).result == AsRunResult::unknown);
    CHECK(acceptAirings(office.scheduler, station, {airing}) == std::vector{airing.id});
    CHECK(acceptAirings(office.scheduler, station, {airing}) == std::vector{airing.id});
    const auto lines = readAsRun(office.scheduler, question).lines;
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].result == AsRunResult::aired);
    CHECK(lines[0].frames == 31 * frameRate);
    CHECK(lines[0].attempts == 1);
}

TEST_CASE("as-run: a station cannot report for another") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", "DTSTART:20270228T220000Z\r\n"), {});
    const auto airing = airedWhole(office.manifest("an-phong").slots.front(), StationId{"an-phong"}, 1);
    CHECK_THROWS_AS(acceptAirings(office.scheduler, StationId{"tan-hue"}, {airing}), Error);
}

TEST_CASE("as-run: an area asks for the stations below it; what is not there and inverted periods are refused") {
    TestOffice office;
    auto question = day("2027-03-01");
    question.area = AreaId{"thanh-binh"};
    CHECK(readAsRun(office.scheduler, question).stations.size() == 2);
    question.area = AreaId{"tan-hue"};
    CHECK(readAsRun(office.scheduler, question).stations.size() == 1);
    question.area = AreaId{"nowhere"};
    CHECK_THROWS_AS(readAsRun(office.scheduler, question), Error);
    question.area.reset();
    question.period = Interval{at("2027-03-01T00:00:00Z"), at("2027-03-01T00:00:00Z")};
    CHECK_THROWS_AS(readAsRun(office.scheduler, question), Error);
}
