#include "scheduler/planning/compose_manifest.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "tests/scheduler/planning/values.h"

using namespace loa;
using namespace loa::test;

namespace {

const Interval wholeDay{at(0), at(24)};

Composition compose(const std::vector<Assignment>& assignments, Interval window = wholeDay) {
    return composeManifest({station("s1"), window, at(0) - 24h * 365, assignments, {}, {}, {}}, timeInVietnam);
}

std::vector<std::string> titles(const Composition& composition) {
    std::vector<std::string> all;
    for (const Slot& slot : composition.slots) all.push_back(slot.title);
    return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("compose manifest: a slot lasts as long as its media, and carries what the player needs") {
    Assignment planned = assignment("1022", at(5), 30s);
    planned.occurrence.at.end = at(5, 10);
    planned.policy.lateJoin = LateJoinPolicy::skip;
    const auto slots = compose({planned}).slots;
    REQUIRE(slots.size() == 1);
    CHECK(slots[0].id == SlotId{"s1/" + std::to_string(epochMilliseconds(at(5))) + "/0/1022"});
    CHECK(slots[0].at == Interval{at(5), at(5, 0, 30)});
    CHECK(slots[0].frames == 30 * frameRate);
    CHECK(slots[0].bytes == 1000);
    CHECK(slots[0].policy.lateJoin == LateJoinPolicy::skip);
    CHECK(slots[0].original == at(5));
}

TEST_CASE("compose manifest: a moved occurrence sounds where it is now and keeps its name") {
    Assignment moved = assignment("1022", at(5), 30s);
    moved.occurrence.at = {at(17), at(17)};
    const auto slots = compose({moved}).slots;
    REQUIRE(slots.size() == 1);
    CHECK(slots[0].at.start == at(17));
    CHECK(slots[0].id == makeSlotId(EventId{"1022"}, at(5), StationId{"s1"}, 0));
}

TEST_CASE("compose manifest: of two colliding slots the normal one gives way, with the reason in both languages") {
    const auto composition =
        compose({assignment("Họp dân", at(8), 60s), assignment("Diễn tập", at(8, 0, 59), 30s, MessageClass::priority)});
    CHECK(titles(composition) == Texts{"Diễn tập"});
    REQUIRE(composition.rejected.size() == 1);
    const Rejection& rejection = composition.rejected[0];
    CHECK(rejection.title == "Họp dân");
    CHECK(rejection.code == "overlap");
    CHECK(rejection.reason.vi == "Trùng với “Diễn tập” lúc 08:00 (ưu tiên). Dời sang giờ khác.");
    CHECK(rejection.reason.en == "Overlaps “Diễn tập” at 08:00 (priority). Move it to another time.");
}

TEST_CASE("compose manifest: in one class the one planned earlier stays, then the lower event id, in any order given") {
    Assignment moved = assignment("b-moved", at(6), 60s);
    moved.occurrence.at = {at(8), at(8)};
    const Assignment usual = assignment("a-usual", at(8), 60s);
    const Assignment same = assignment("c-same", at(8), 60s);
    std::vector<Assignment> all{usual, moved, same};
    std::sort(all.begin(), all.end(),
              [](const auto& l, const auto& r) { return l.occurrence.event < r.occurrence.event; });
    do {
        const auto composition = compose(all);
        CHECK(titles(composition) == Texts{"b-moved"});
        CHECK(composition.rejected.size() == 2);
    } while (std::next_permutation(
        all.begin(), all.end(), [](const auto& l, const auto& r) { return l.occurrence.event < r.occurrence.event; }));
    CHECK(titles(compose({same, usual})) == Texts{"a-usual"});
}

TEST_CASE("compose manifest: one that gave way takes nobody else's room") {
    const auto composition = compose(
        {assignment("first", at(8), 60s), assignment("second", at(8, 0, 30), 60s), assignment("third", at(8, 1), 60s)});
    CHECK(titles(composition) == Texts{"first", "third"});
}

TEST_CASE("compose manifest: media longer than the planned time is refused, or finishes within grace where asked") {
    Assignment planned = assignment("1022", at(5), 61s);
    planned.occurrence.at.end = at(5, 1);
    const auto refused = compose({planned}).rejected;
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].code == "media-longer-than-slot");
    CHECK(refused[0].reason.vi == "Tin dài 61 giây, lịch chỉ dành 60 giây. Kéo dài lịch hoặc chọn bản ngắn hơn.");
    planned.policy.overrun = OverrunPolicy::finishCurrent;
    planned.policy.grace = 1s;
    CHECK(compose({planned}).slots.size() == 1);
    planned.policy.grace = 999ms;
    CHECK(compose({planned}).slots.empty());
}

TEST_CASE("compose manifest: media without a frame is refused and takes no room") {
    const auto composition = compose({assignment("empty", at(8), 0s), assignment("real", at(8), 10s)});
    CHECK(titles(composition) == Texts{"real"});
    REQUIRE(composition.rejected.size() == 1);
    CHECK(composition.rejected[0].code == "media-empty");
}

TEST_CASE("compose manifest: the window takes what starts in it; what sounds into it still takes its room there") {
    const std::vector<Assignment> plan{assignment("before", at(4, 59, 30), 60s), assignment("blocked", at(5), 10s),
                                       assignment("in", at(5, 1), 10s), assignment("after", at(6), 10s),
                                       assignment("refused-after", at(6), 10s)};
    const auto composition = compose(plan, {at(5), at(6)});
    CHECK(titles(composition) == Texts{"in"});
    REQUIRE(composition.rejected.size() == 1);
    CHECK(composition.rejected[0].title == "blocked");
}

TEST_CASE("compose manifest: another station's assignments are not this station's") {
    Assignment foreign = assignment("1022", at(5), 30s);
    foreign.station = StationId{"s2"};
    const auto composition = compose({foreign});
    CHECK(composition.slots.empty());
    CHECK(composition.rejected.empty());
}

TEST_CASE(
    "compose manifest: whatever is planned, nothing overlaps, all are seated or refused, and order does not matter") {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        std::vector<Assignment> plan;
        for (int i = 0; i < 40; ++i) {
            auto planned = assignment("e" + std::to_string(i % 17), at(5) + Milliseconds{random() % 600'000},
                                      Milliseconds{random() % 60'000}, MessageClass{static_cast<int>(random() % 2)});
            planned.occurrence.original += Milliseconds{i};
            plan.push_back(planned);
        }
        const auto composition = compose(plan);
        CHECK(composition.slots.size() + composition.rejected.size() == plan.size());
        for (std::size_t i = 1; i < composition.slots.size(); ++i)
            CHECK(composition.slots[i - 1].at.end <= composition.slots[i].at.start);
        std::shuffle(plan.begin(), plan.end(), random);
        CHECK(compose(plan).slots == composition.slots);
    }
}

namespace {

PublishedSlot published(const std::string& event, Instant start, Milliseconds length) {
    Slot slot;
    slot.event = EventId{event};
    slot.original = start;
    slot.id = makeSlotId(slot.event, start, StationId{"s1"}, 0);
    slot.title = event;
    slot.at = {start, start + length};
    slot.media = MediaId{"as-published"};
    slot.bytes = 1000;
    slot.frames = length.count() * frameRate / 1000;
    return {StationId{"s1"}, slot, 1, 1, std::nullopt};
}

StationPlan planAt(Instant now, std::vector<Assignment> assignments, std::vector<PublishedSlot> begun = {}) {
    return {station("s1"), wholeDay, now, std::move(assignments), std::move(begun), {}, {}};
}

Assignment own(const std::string& event, Instant start, MessageClass messageClass = MessageClass::priority) {
    return assignment(event, start, 30s, messageClass);
}

Assignment upper(const std::string& event, Instant start, MessageClass messageClass = MessageClass::priority) {
    auto above = own(event, start, messageClass);
    above.fromAbove = true;
    return above;
}

Settlement settled(SettlementWinner winner) {
    return {StationId{"s1"}, EventId{"huyện"}, at(8), EventId{"xã"}, at(8), winner, at(0), "Lan"};
}

}  // namespace

TEST_CASE("compose manifest: what has sounded stays as it was published, whatever the event has become") {
    auto longer = assignment("1022", at(5), 50s);
    longer.media.id = MediaId{"new-recording"};
    const auto composition = composeManifest(
        planAt(at(10), {longer, assignment("1022", at(17), 50s)}, {published("1022", at(5), 30s)}), timeInVietnam);
    REQUIRE(composition.slots.size() == 2);
    CHECK(composition.slots[0] == published("1022", at(5), 30s).slot);
    CHECK(composition.slots[1].at.length() == 50s);
    CHECK(composition.rejected.empty());
}

TEST_CASE("compose manifest: an airing that has begun is not moved, and the planner is told") {
    auto moved = assignment("1022", at(5), 30s);
    moved.occurrence.at = {at(17), at(17)};
    const auto composition = composeManifest(planAt(at(10), {moved}, {published("1022", at(5), 30s)}), timeInVietnam);
    REQUIRE(composition.slots.size() == 1);
    CHECK(composition.slots[0].at.start == at(5));
    REQUIRE(composition.rejected.size() == 1);
    CHECK(composition.rejected[0].code == "start-passed");
}

TEST_CASE("compose manifest: what comes too late takes nobody's seat") {
    const auto late = assignment("late", at(5), 30min, MessageClass::priority);
    const auto onAir = assignment("on-air", at(5, 9), 2min);
    const auto next = assignment("next", at(5, 20), 30s);
    const auto composition =
        composeManifest(planAt(at(5, 10), {late, onAir, next}, {published("on-air", at(5, 9), 2min)}), timeInVietnam);
    CHECK(titles(composition) == Texts{"on-air", "next"});
    REQUIRE(composition.rejected.size() == 1);
    CHECK(composition.rejected[0].code == "start-passed");
    CHECK(composition.rejected[0].title == "late");
}

TEST_CASE("compose manifest: what is on air and no longer planned is withdrawn, what is over is not") {
    const auto composition = composeManifest(
        planAt(at(5, 0, 10), {}, {published("over", at(4), 30s), published("on-air", at(5), 30s)}), timeInVietnam);
    CHECK(titles(composition) == Texts{"over"});
}

TEST_CASE("compose manifest: a soft one moves to the first free second within its grace time, a hard one does not") {
    auto soft = assignment("soft", at(8), 30s);
    soft.policy.start = StartMode::soft;
    soft.policy.grace = 60s;
    const auto first = assignment("first", at(8), 50s, MessageClass::priority);
    const auto moved = compose({first, soft});
    REQUIRE(titles(moved) == Texts{"first", "soft"});
    CHECK(moved.slots[1].at == Interval{at(8, 0, 50), at(8, 1, 20)});
    CHECK(moved.slots[1].id == makeSlotId(EventId{"soft"}, at(8), StationId{"s1"}, 0));
    soft.policy.grace = 49s;
    CHECK(titles(compose({first, soft})) == Texts{"first"});
    soft.policy.grace = 60s;
    soft.policy.start = StartMode::hard;
    CHECK(titles(compose({first, soft})) == Texts{"first"});
}

TEST_CASE("compose manifest: dayparts and ceilings bind, the strongest first") {
    AirtimeDay day;
    day.day = std::chrono::year{2027} / 3 / 1;
    day.at = wholeDay;
    day.restricted = true;
    day.dayparts = {{"sáng", {at(5), at(6)}, 60s}};
    auto plan = planAt(at(0), {assignment("a", at(5), 30s), assignment("b", at(5, 10), 30s),
                               assignment("c", at(5, 20), 30s, MessageClass::priority), assignment("d", at(3), 30s)});
    plan.airtime = {{day}};
    const auto composition = composeManifest(plan, timeInVietnam);
    CHECK(titles(composition) == Texts{"a", "c"});
    REQUIRE(composition.rejected.size() == 2);
    CHECK(composition.rejected[0].code == "outside-dayparts");
    CHECK(composition.rejected[1].code == "over-ceiling");
    CHECK(composition.rejected[1].title == "b");
}

TEST_CASE(
    "compose manifest: a slot has the volume ceiling of where and when it sounds, and what has begun keeps its own") {
    AirtimeDay day;
    day.at = wholeDay;
    day.dayparts = {{"sáng", {at(5), at(6)}, 1h, -6}};
    auto plan = planAt(at(0), {assignment("a", at(5), 30s), assignment("b", at(9), 30s)});
    plan.airtime = {{day}};
    const auto planned = composeManifest(plan, timeInVietnam);
    REQUIRE(titles(planned) == Texts{"a", "b"});
    CHECK(planned.slots[0].gainDb == -6);
    CHECK(planned.slots[1].gainDb == 0);
    auto began = published("a", at(5), 30s);
    began.slot.gainDb = -2;
    plan = planAt(at(5) + 10s, {assignment("a", at(5), 30s)}, {began});
    plan.airtime = {{day}};
    CHECK(composeManifest(plan, timeInVietnam).slots.at(0).gainDb == -2);
}

TEST_CASE("compose manifest: of two normal messages the commune's own stays, of two priority ones that from above") {
    CHECK(titles(compose({upper("huyện", at(8), MessageClass::normal), own("xã", at(8), MessageClass::normal)})) ==
          Texts{"xã"});
    CHECK(titles(compose({upper("huyện", at(8)), own("xã", at(8))})) == Texts{"huyện"});
}

TEST_CASE("compose manifest: a priority message from above that meets the commune's own is a clash to settle") {
    const auto composition = compose({upper("huyện", at(8)), own("xã", at(8))});
    REQUIRE(composition.toSettle.size() == 1);
    const ClashToSettle& clash = composition.toSettle[0];
    CHECK(clash.upper.title == "huyện");
    CHECK(clash.own.title == "xã");
    CHECK(clash.deadline == at(7, 30));
    CHECK(compose({upper("huyện", at(8)), own("xã", at(9))}).toSettle.empty());
    CHECK(compose({upper("huyện", at(8)), own("xã", at(8), MessageClass::normal)}).toSettle.empty());
    CHECK(compose({upper("huyện", at(8)), upper("tỉnh", at(8))}).toSettle.empty());
}

TEST_CASE("compose manifest: the commune's choice decides, and the other is told why it gives way") {
    auto plan = planAt(at(0), {upper("huyện", at(8)), own("xã", at(8))});
    plan.settlements = {settled(SettlementWinner::own)};
    const auto composition = composeManifest(plan, timeInVietnam);
    CHECK(titles(composition) == Texts{"xã"});
    REQUIRE(composition.rejected.size() == 1);
    CHECK(composition.rejected[0].code == "settled-otherwise");
    CHECK(composition.toSettle.size() == 1);
    plan.settlements = {settled(SettlementWinner::upper)};
    CHECK(titles(composeManifest(plan, timeInVietnam)) == Texts{"huyện"});
}

TEST_CASE("compose manifest: a choice for something that cannot sound lets the other air") {
    auto broken = own("xã", at(8));
    broken.media.frames = 0;
    auto plan = planAt(at(0), {upper("huyện", at(8)), broken});
    plan.settlements = {settled(SettlementWinner::own)};
    CHECK(titles(composeManifest(plan, timeInVietnam)) == Texts{"huyện"});
}

TEST_CASE("compose manifest: what another event now plans at the same instant goes on, and is refused to nobody") {
    const auto began = published("cũ", at(8), 30s);
    auto anew = own("mới", at(8));
    anew.media.id = began.slot.media;
    const auto during = composeManifest(planAt(at(8) + 10s, {anew}, {began}), timeInVietnam);
    REQUIRE(during.slots.size() == 1);
    CHECK(during.slots[0].id == began.slot.id);
    CHECK(during.rejected.empty());
    const auto after = composeManifest(planAt(at(9), {anew}, {began}), timeInVietnam);
    CHECK(after.slots == during.slots);
    CHECK(after.rejected.empty());
}

TEST_CASE("compose manifest: what moved behind another stays planned while it waits for its turn") {
    auto soft = assignment("soft", at(8), 30s);
    soft.policy.start = StartMode::soft;
    soft.policy.grace = 60s;
    const auto first = published("first", at(8), 50s);
    auto planned = own("first", at(8));
    const auto waiting = composeManifest(planAt(at(8) + 40s, {planned, soft}, {first}), timeInVietnam);
    REQUIRE(titles(waiting) == Texts{"first", "soft"});
    CHECK(waiting.slots[1].at.start == at(8) + 50s);
}

TEST_CASE("compose manifest: why something did not air is still said when its time has passed, and who won the clash") {
    const auto won = published("huyện", at(8), 30s);
    const auto plan = planAt(at(9), {upper("huyện", at(8)), own("xã", at(8))}, {won});
    const auto later = composeManifest(plan, timeInVietnam);
    REQUIRE(later.rejected.size() == 1);
    CHECK(later.rejected[0].code == "overlap");
    REQUIRE(later.toSettle.size() == 1);
    CHECK(later.toSettle[0].own.event == EventId{"xã"});
    CHECK(later.toSettle[0].deadline == at(8) - settlementLead);
}
