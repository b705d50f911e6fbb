#include "scheduler/planning/clashes.h"

#include <doctest/doctest.h>

#include "tests/scheduler/planning/values.h"

using namespace loa;
using namespace loa::test;

namespace {

Event event(const std::string& id, std::vector<Target> targets, MessageClass messageClass = MessageClass::normal) {
    Event value;
    value.id = EventId{id};
    value.title = id;
    value.targets = std::move(targets);
    value.messageClass = messageClass;
    return value;
}

/// Each day at 08:00 for 30 seconds, the other 20 seconds later.
std::vector<Meeting> daily(const std::string& other, int days) {
    std::vector<Meeting> all;
    for (int day = 0; day < days; ++day) {
        const Instant start = at(8) + std::chrono::days{day};
        all.push_back({start, {start, start + 30s}, EventId{other}, start + 20s, {start + 20s, start + 50s}});
    }
    return all;
}

const std::vector<Area> areas{{AreaId{"thanh-binh"}, "Thanh Bình", std::nullopt, std::nullopt, std::nullopt},
                              {AreaId{"tan-hue"}, "Tân Huề", AreaId{"thanh-binh"}, std::nullopt, std::nullopt},
                              {AreaId{"an-phong"}, "An Phong", AreaId{"thanh-binh"}, std::nullopt, std::nullopt}};
const std::vector<Station> stations{station("s1", "tan-hue"), station("s2", "an-phong"), station("s3", "thanh-binh")};

std::vector<Clash> clashes(const Event& mine, const Event& other, std::vector<Meeting> meetings) {
    return findClashes(mine, meetings, {{other.id, other}}, Places{stations, areas});
}

const Target district = AreaId{"thanh-binh"};
const Target commune = AreaId{"tan-hue"};

}  // namespace

TEST_CASE("clashes: a year of meetings is one line, with how often, where, from when to when") {
    const auto found = clashes(event("a", {district}), event("b", {district}), daily("b", 365));
    REQUIRE(found.size() == 1);
    CHECK(found[0].outcome == ClashOutcome::stays);
    CHECK(found[0].meetings == 365);
    CHECK(found[0].stations == std::vector{StationId{"s1"}, StationId{"s2"}, StationId{"s3"}});
    CHECK(found[0].first.at.start == at(8));
    CHECK(found[0].last == at(8) + std::chrono::days{364});
    CHECK(found[0].words.vi == "“b” phải nhường. Dời một trong hai nếu muốn phát cả hai.");
}

TEST_CASE("clashes: events that share no station, or whose sounds only touch, do not clash") {
    CHECK(clashes(event("a", {StationId{"s2"}}), event("b", {commune}), daily("b", 1)).empty());
    auto touching = daily("b", 1);
    touching[0].otherAt = {at(8, 0, 30), at(8, 1)};
    CHECK(clashes(event("a", {district}), event("b", {district}), touching).empty());
}

TEST_CASE("clashes: the class decides, then whose plan it is, then who was there first") {
    using enum ClashOutcome;
    const auto outcome = [](const Event& mine, const Event& other) {
        const auto found = clashes(mine, other, daily(other.id.text(), 1));
        REQUIRE(found.size() == 1);
        return found[0].outcome;
    };
    const auto priority = MessageClass::priority;
    CHECK(outcome(event("a", {commune}), event("b", {commune}, priority)) == givesWay);
    CHECK(outcome(event("a", {commune}, priority), event("b", {commune})) == stays);
    CHECK(outcome(event("a", {commune}, priority), event("b", {district}, priority)) == settle);
    CHECK(outcome(event("z", {commune}), event("b", {commune})) == stays);
    auto soft = event("a", {commune});
    soft.policy.start = StartMode::soft;
    soft.policy.grace = 60s;
    CHECK(outcome(soft, event("b", {commune}, priority)) == moves);
    soft.policy.grace = 49s;
    CHECK(outcome(soft, event("b", {commune}, priority)) == givesWay);
}

TEST_CASE("clashes: stations at which it ends otherwise are told apart") {
    const auto other = event("b", {district});
    auto mine = event("0", {commune, StationId{"s3"}});
    mine.owner = AreaId{"tan-hue"};
    const auto apart = clashes(mine, other, daily("b", 2));
    REQUIRE(apart.size() == 1);
    CHECK(apart[0].outcome == ClashOutcome::stays);
    auto ours = event("z", {commune, StationId{"s3"}});
    ours.owner = AreaId{"tan-hue"};
    auto earlier = daily("b", 1);
    earlier[0].otherOriginal = at(7);
    const auto told = clashes(ours, other, earlier);
    REQUIRE(told.size() == 2);
    CHECK(told[0].stations != told[1].stations);
}
