#include "scheduler/operations/settle_clash.h"

#include <doctest/doctest.h>

#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

/// A priority message of the district meets a priority one of the commune at 05:00 on 2 March in Vietnam.
struct ClashingOffice : TestOffice {
    ClashingOffice() {
        addMedia('a', 31);
        const std::string lines = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\nX-LOA-CLASS:priority\r\n";
        importEvents(scheduler, calendar("district", lines), {});
        importEvents(scheduler, calendar("commune", lines, "urn:loa:area:tan-hue"), {});
        approveAll();
    }
    Settlement decision(SettlementWinner winner) {
        const Instant start = at("2027-03-01T22:00:00Z");
        return {StationId{"tan-hue"}, EventId{"district"}, start, EventId{"commune"}, start, winner, {}, "Lan"};
    }
    EventId sounding() { return manifest("tan-hue").slots.at(0).event; }
};

}  // namespace

TEST_CASE("settle clash: the message from above airs until the commune decides otherwise") {
    ClashingOffice office;
    const auto open = clashesToSettle(office.scheduler, StationId{"tan-hue"});
    REQUIRE(open.size() == 1);
    CHECK_FALSE(open[0].settlement);
    CHECK_FALSE(open[0].isFinal);
    CHECK(open[0].clash.deadline == at("2027-03-01T21:30:00Z"));
    CHECK(office.sounding() == EventId{"district"});
    settleClash(office.scheduler, office.decision(SettlementWinner::own));
    CHECK(office.sounding() == EventId{"commune"});
    const auto settled = clashesToSettle(office.scheduler, StationId{"tan-hue"});
    REQUIRE(settled.size() == 1);
    CHECK(settled[0].settlement->decidedBy == "Lan");
    settleClash(office.scheduler, office.decision(SettlementWinner::upper));
    CHECK(office.sounding() == EventId{"district"});
    CHECK(clashesToSettle(office.scheduler, StationId{"an-phong"}).empty());
}

TEST_CASE("settle clash: after the deadline what stands, stands") {
    ClashingOffice office;
    office.clock.set(at("2027-03-01T21:30:00Z"));
    CHECK(clashesToSettle(office.scheduler, StationId{"tan-hue"}).at(0).isFinal);
    CHECK_THROWS_AS(settleClash(office.scheduler, office.decision(SettlementWinner::own)), Error);
    CHECK(office.sounding() == EventId{"district"});
}
