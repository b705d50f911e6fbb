#include "scheduler/operations/read_as_run.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "scheduler/operations/accept_airings.h"
#include "scheduler/storage/slot_repository.h"
#include "tests/support/test_office.h"
#include "tests/support/whole_as_run.h"

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
    office.publishAll();
    CHECK(wholeAsRun(office.scheduler, day("2027-02-28")).empty());
    CHECK(wholeAsRun(office.scheduler, day("2027-03-01")).size() == 2);
}

TEST_CASE("as-run: unknown until the station reports, aired then, and a repeated report changes nothing") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("1022", "DTSTART:20270228T220000Z\r\n"), {});
    const StationId station{"tan-hue"};
    const auto airing = airedWhole(office.manifest("tan-hue").slots.front(), station, 1);
    auto question = day("2027-03-01");
    question.station = station;
    CHECK(wholeAsRun(office.scheduler, question).at(0).result == AsRunResult::unknown);
    CHECK(acceptAirings(office.scheduler, station, {airing}) == std::vector{airing.id});
    CHECK(acceptAirings(office.scheduler, station, {airing}) == std::vector{airing.id});
    const auto lines = wholeAsRun(office.scheduler, question);
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
    CHECK(asRunScopes(office.scheduler, question).size() == 2);
    question.area = AreaId{"tan-hue"};
    CHECK(asRunScopes(office.scheduler, question).size() == 1);
    question.area = AreaId{"nowhere"};
    CHECK_THROWS_AS(asRunScopes(office.scheduler, question), Error);
    question.area.reset();
    question.period = Interval{at("2027-03-01T00:00:00Z"), at("2027-03-01T00:00:00Z")};
    CHECK_THROWS_AS(asRunScopes(office.scheduler, question), Error);
}

TEST_CASE("as-run: ten years come in order, a month at a time, and no slot is lost or doubled between two months") {
    TestOffice office;
    const auto first = at("2017-01-01T00:00:00Z");
    constexpr int slotsPerStation = 3650;
    std::size_t planned = 0;
    for (const char* name : {"an-phong", "tan-hue"})
        office.database.write([&](WriteTransaction& transaction) {
            Manifest manifest;
            manifest.station = StationId{name};
            manifest.revision = 1;
            for (int i = 0; i < slotsPerStation; ++i) {
                Slot slot;
                slot.event = EventId{"1022"};
                slot.original = first + std::chrono::days{i};
                slot.id = makeSlotId(slot.event, slot.original, manifest.station, 0);
                slot.at = {slot.original, slot.original + std::chrono::seconds{31}};
                manifest.slots.push_back(slot);
            }
            SlotRepository::publish(transaction, manifest);
            planned += manifest.slots.size();
        });
    const AsRunQuestion question{Interval{first, first + std::chrono::days{slotsPerStation}}, std::nullopt,
                                 std::nullopt};
    std::vector<AsRun> all;
    std::size_t largest = 0;
    readAsRun(office.scheduler, asRunScopes(office.scheduler, question), [&](std::span<const AsRun> lines) {
        all.insert(all.end(), lines.begin(), lines.end());
        largest = std::max(largest, lines.size());
    });
    CHECK(all.size() == planned);
    CHECK(largest == 2 * 31);
    std::set<SlotId> slots;
    for (const auto& line : all) slots.insert(line.slot);
    CHECK(slots.size() == planned);
    CHECK(std::is_sorted(all.begin(), all.end(), [](const AsRun& a, const AsRun& b) {
        return std::tie(a.planned.start, a.station) < std::tie(b.planned.start, b.station);
    }));
}
