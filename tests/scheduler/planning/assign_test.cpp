#include "scheduler/planning/assign.h"

#include <doctest/doctest.h>

#include "tests/scheduler/planning/values.h"

using namespace loa;
using namespace loa::test;

namespace {

/// dong-thap > thanh-binh (abolished after 2025-06-30) > {an-phong, tan-hue}.
struct Plan {
    std::vector<Area> areas{{AreaId{"dong-thap"}, "tỉnh Đồng Tháp", std::nullopt, std::nullopt, std::nullopt},
                            {AreaId{"thanh-binh"}, "huyện Thanh Bình", AreaId{"dong-thap"}, std::nullopt, std::nullopt},
                            {AreaId{"an-phong"}, "xã An Phong", AreaId{"thanh-binh"}, std::nullopt, std::nullopt},
                            {AreaId{"tan-hue"}, "xã Tân Huề", AreaId{"thanh-binh"}, std::nullopt, std::nullopt}};
    std::vector<Station> stations{station("s-tan-hue", "tan-hue"), station("s-an-phong", "an-phong"),
                                  station("s-tinh", "dong-thap")};
    std::vector<Occurrence> occurrences{occurrence("e", at(5))};
    Event event;
    bool mediaIsThere = true;

    explicit Plan(std::vector<Target> targets) {
        event.id = EventId{"e"};
        event.targets = std::move(targets);
        event.messageClass = MessageClass::priority;
        event.policy.grace = 90s;
    }
    Assigned assigned() const {
        const auto find = [this](const MediaId& id) {
            return mediaIsThere ? std::optional{media(id.text(), 30s)} : std::nullopt;
        };
        return assign(occurrences, event, Places{stations, areas}, find, dayInVietnam);
    }
};

std::vector<std::string> places(const std::vector<Assignment>& assignments) {
    std::vector<std::string> ids;
    for (const auto& assignment : assignments) ids.push_back(assignment.station.text());
    return ids;
}

std::vector<std::string> codes(const std::vector<Rejection>& rejections) {
    std::vector<std::string> all;
    for (const auto& rejection : rejections) {
        CHECK_FALSE(rejection.reason.vi.empty());
        CHECK_FALSE(rejection.reason.en.empty());
        all.push_back(rejection.code);
    }
    return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("assign: an area reaches every station below it, at any depth, and carries class, policy and media") {
    const auto [assignments, rejected] = Plan{{AreaId{"thanh-binh"}}}.assigned();
    CHECK(places(assignments) == Texts{"s-an-phong", "s-tan-hue"});
    CHECK(rejected.empty());
    CHECK(assignments[0].messageClass == MessageClass::priority);
    CHECK(assignments[0].policy.grace == 90s);
    CHECK(assignments[0].media.id == MediaId{"m1"});
}

TEST_CASE("assign: a station that several targets reach gets the occurrence once") {
    CHECK(places(Plan{{AreaId{"thanh-binh"}, StationId{"s-tan-hue"}, AreaId{"dong-thap"}, AreaId{"dong-thap"}}}
                     .assigned()
                     .assignments) == Texts{"s-an-phong", "s-tan-hue", "s-tinh"});
}

TEST_CASE(
    "assign: nobody aimed at, an unknown target and an area without stations are told, once for each occurrence") {
    Plan nobody{{}};
    nobody.occurrences.push_back(occurrence("e", at(11)));
    CHECK(codes(nobody.assigned().rejected) == Texts{"no-target", "no-target"});
    const auto unknown = Plan{{StationId{"s-gone"}, AreaId{"gone"}, StationId{"s-tan-hue"}}}.assigned();
    CHECK(codes(unknown.rejected) == Texts{"unknown-target", "unknown-target"});
    CHECK(unknown.rejected[0].station == StationId{"s-gone"});
    CHECK(places(unknown.assignments) == Texts{"s-tan-hue"});
    Plan empty{{AreaId{"an-phong"}}};
    empty.stations = {station("s-tan-hue", "tan-hue")};
    CHECK(codes(empty.assigned().rejected) == Texts{"no-target"});
}

TEST_CASE("assign: without sound nothing is assigned, and each station's slot says why") {
    Plan silent{{AreaId{"thanh-binh"}}};
    silent.occurrences[0].source = std::nullopt;
    CHECK(codes(silent.assigned().rejected) == Texts{"no-source", "no-source"});
    CHECK(silent.assigned().assignments.empty());
    Plan removed{{StationId{"s-tan-hue"}}};
    removed.mediaIsThere = false;
    CHECK(codes(removed.assigned().rejected) == Texts{"no-media"});
}

TEST_CASE("assign: validity is a matter of the station's own day: 05:00 in Vietnam is not the day before") {
    Plan plan{{StationId{"s-tan-hue"}}};
    plan.stations[0].validFrom = dayInVietnam(at(5), "");
    CHECK(plan.assigned().rejected.empty());
    plan.stations[0].validFrom = std::nullopt;
    plan.stations[0].validTo = dayInVietnam(at(-1), "");
    const auto rejected = plan.assigned().rejected;
    CHECK(codes(rejected) == Texts{"station-not-valid"});
    CHECK(rejected[0].reason.vi ==
          "Trạm “Trạm s-tan-hue” không hoạt động ngày 2027-03-01. Sửa ngày của trạm hoặc bỏ trạm này.");
}

TEST_CASE("assign: an abolished district reaches nobody, unless another valid target does") {
    Plan plan{{AreaId{"thanh-binh"}}};
    plan.areas[1].validTo = Day{std::chrono::year{2025} / 6 / 30};
    CHECK(codes(plan.assigned().rejected) == Texts{"area-not-valid", "area-not-valid"});
    CHECK(plan.assigned().assignments.empty());
    plan.event.targets.push_back(StationId{"s-tan-hue"});
    CHECK(places(plan.assigned().assignments) == Texts{"s-tan-hue"});
    CHECK(plan.assigned().rejected.size() == 1);
}

TEST_CASE("assign: areas that name each other as parent are no endless road") {
    Plan plan{{AreaId{"elsewhere"}}};
    plan.areas[0].parent = AreaId{"tan-hue"};
    CHECK(codes(plan.assigned().rejected) == Texts{"unknown-target"});
}

TEST_CASE("assign: what one station does differently is done there and nowhere else") {
    Plan plan{{AreaId{"thanh-binh"}}};
    plan.event.stationOverrides = {{at(5), StationId{"s-an-phong"}, true, std::nullopt, std::nullopt}};
    CHECK(places(plan.assigned().assignments) == Texts{"s-tan-hue"});
    plan.event.stationOverrides = {{at(5), StationId{"s-an-phong"}, false, at(17), MediaSource{MediaId{"other"}}}};
    const auto assignments = plan.assigned().assignments;
    REQUIRE(assignments.size() == 2);
    CHECK(assignments[0].occurrence.at.start == at(17));
    CHECK(assignments[0].occurrence.original == at(5));
    CHECK(assignments[0].media.id == MediaId{"other"});
    CHECK(assignments[1].occurrence.at.start == at(5));
}

TEST_CASE("assign: a plan of an area above a station's own is from above; the owner counts before the targets") {
    Plan district{{AreaId{"thanh-binh"}}};
    for (const auto& each : district.assigned().assignments) CHECK(each.fromAbove);
    Plan commune{{AreaId{"tan-hue"}}};
    CHECK_FALSE(commune.assigned().assignments.at(0).fromAbove);
    Plan single{{StationId{"s-tan-hue"}}};
    CHECK_FALSE(single.assigned().assignments.at(0).fromAbove);
    single.event.owner = AreaId{"dong-thap"};
    CHECK(single.assigned().assignments.at(0).fromAbove);
    Plan two{{StationId{"s-tan-hue"}, StationId{"s-an-phong"}}};
    for (const auto& each : two.assigned().assignments) CHECK(each.fromAbove);
}
