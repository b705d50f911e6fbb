#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/occurrence_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/station_repository.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;

namespace {

using namespace std::chrono;

Event event(const std::string& id, std::vector<Target> targets = {}) {
    Event value;
    value.id = EventId{id};
    value.title = "Tổng đài 1022 “gọi là có”";
    value.messageClass = MessageClass::priority;
    value.source = Source{MediaSource{MediaId{"m1"}}};
    value.targets = std::move(targets);
    value.policy = {StartMode::soft, PreemptPolicy::drop, OverrunPolicy::finishCurrent, LateJoinPolicy::skip,
                    Milliseconds{90'000}};
    value.owner = AreaId{"thanh-binh"};
    value.campaign = CampaignId{"1022"};
    value.stationOverrides = {{atNoon, StationId{"s1"}, true, std::nullopt, std::nullopt},
                              {atNoon, StationId{"s2"}, false, atNoon + hours{1}, MediaSource{MediaId{"m2"}}}};
    value.sequence = 3;
    value.icalendar = "BEGIN:VCALENDAR\r\nX-PRICE:$1 $2\r\nEND:VCALENDAR\r\n";
    return value;
}

Occurrence occurrence(const std::string& event, Instant start, Milliseconds length = Milliseconds{0}) {
    return {EventId{event}, start, {start, start + length}, "Tin", std::nullopt};
}

void save(Database& database, const Event& saved, const std::vector<Occurrence>& occurrences = {}) {
    database.write([&](WriteTransaction& transaction) {
        EventRepository::save(transaction, saved, atNoon);
        EventRepository::saveOccurrences(transaction, saved.id, occurrences, {atNoon - days{400}, atNoon + days{400}});
    });
}

std::vector<std::string> events(const std::vector<Occurrence>& occurrences) {
    std::vector<std::string> ids;
    for (const auto& each : occurrences) ids.push_back(each.event.text());
    return ids;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE("event repository: a saved event is found again, targets in their order", Backend, Sqlite) {
    Backend backend;
    const Event saved = event("e@loa", {AreaId{"tan-hue"}, StationId{"s2"}, StationId{"s1"}, AreaId{"gone"}});
    backend.database().write([&](WriteTransaction& transaction) { EventRepository::save(transaction, saved, atNoon); });
    const auto found = backend.database().read(
        [&](ReadTransaction& transaction) { return EventRepository::find(transaction, saved.id); });
    REQUIRE(found);
    CHECK(found->event == saved);
    CHECK(found->created == atNoon);
    CHECK(found->updated == atNoon);
    CHECK_FALSE(found->expandedUntil);
}

TEST_CASE_TEMPLATE("event repository: saving again replaces content and targets and keeps when it was made", Backend,
                   Sqlite) {
    Backend backend;
    Event changed = event("e@loa", {StationId{"s1"}, StationId{"s2"}});
    save(backend.database(), changed, {occurrence("e@loa", atNoon)});
    changed.title = "Tên mới";
    changed.source = std::nullopt;
    changed.targets = {AreaId{"an-phong"}};
    changed.stationOverrides.pop_back();
    backend.database().write(
        [&](WriteTransaction& transaction) { EventRepository::save(transaction, changed, atNoon + hours{1}); });
    backend.database().read([&](ReadTransaction& transaction) {
        const auto all = EventRepository::all(transaction);
        REQUIRE(all.size() == 1);
        CHECK(all[0].event == changed);
        CHECK(all[0].created == atNoon);
        CHECK(all[0].updated == atNoon + hours{1});
        CHECK(all[0].expandedUntil == atNoon + days{400});
        CHECK(all[0].planVersion == PlanVersion::current(transaction));
        CHECK(OccurrenceRepository::between(transaction, {atNoon, atNoon + hours{1}}).size() == 1);
    });
}

TEST_CASE_TEMPLATE("event repository: removing an event takes targets and occurrences and moves the plan", Backend,
                   Sqlite) {
    Backend backend;
    save(backend.database(), event("e", {StationId{"s1"}}), {occurrence("e", atNoon)});
    const auto before =
        backend.database().read([](ReadTransaction& transaction) { return PlanVersion::current(transaction); });
    const auto remove = [&] {
        return backend.database().write(
            [](WriteTransaction& transaction) { return EventRepository::remove(transaction, EventId{"e"}); });
    };
    CHECK(remove());
    CHECK_FALSE(remove());
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(EventRepository::all(transaction).empty());
        CHECK(OccurrenceRepository::between(transaction, {atNoon, atNoon + hours{1}}).empty());
        CHECK(PlanVersion::current(transaction) == before + 1);
    });
}

TEST_CASE_TEMPLATE("event repository: those whose occurrences end too soon are found for extension", Backend, Sqlite) {
    Backend backend;
    save(backend.database(), event("expanded"), {});
    backend.database().write(
        [](WriteTransaction& transaction) { EventRepository::save(transaction, event("never"), atNoon); });
    backend.database().read([](ReadTransaction& transaction) {
        const auto soon = EventRepository::expandedBefore(transaction, atNoon + days{400});
        REQUIRE(soon.size() == 1);
        CHECK(soon[0].event.id == EventId{"never"});
        CHECK(EventRepository::expandedBefore(transaction, atNoon + days{401}).size() == 2);
    });
}

TEST_CASE_TEMPLATE("occurrence repository: a window holds what overlaps it, half-open, and points that lie in it",
                   Backend, Sqlite) {
    Backend backend;
    const Interval window{atNoon, atNoon + hours{1}};
    const auto put = [&](const std::string& id, Instant start, Milliseconds length = Milliseconds{0}) {
        save(backend.database(), event(id), {occurrence(id, start, length)});
    };
    put("ends-at-start", atNoon - minutes{1}, minutes{1});
    put("reaches-in", atNoon - hours{30}, hours{30} + Milliseconds{1});
    put("point-at-start", atNoon);
    put("inside", atNoon + minutes{5}, minutes{5});
    put("point-at-end", window.end);
    put("point-before", atNoon - Milliseconds{1});
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(events(OccurrenceRepository::between(transaction, window)) ==
              Texts{"reaches-in", "point-at-start", "inside"});
        CHECK(events(OccurrenceRepository::ofEvent(transaction, EventId{"inside"}, window)) == Texts{"inside"});
        CHECK(OccurrenceRepository::between(transaction, {atNoon + days{300}, atNoon + days{301}}).empty());
    });
}

TEST_CASE_TEMPLATE("occurrence repository: an override keeps its own title, source and place", Backend, Sqlite) {
    Backend backend;
    Occurrence moved = occurrence("e", atNoon);
    moved.at = {atNoon + hours{5}, atNoon + hours{6}};
    moved.title = "Dời";
    moved.source = Source{MediaSource{MediaId{"m2"}}};
    save(backend.database(), event("e"), {moved, occurrence("e", atNoon + days{1})});
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(OccurrenceRepository::between(transaction, {moved.at.start, moved.at.end}) == std::vector{moved});
    });
    save(backend.database(), event("e"), {});
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(OccurrenceRepository::between(transaction, {atNoon - days{9}, atNoon + days{9}}).empty());
    });
}

TEST_CASE_TEMPLATE("occurrence repository: a station has what is aimed at it or at any area above it", Backend,
                   Sqlite) {
    Backend backend;
    backend.database().write([](WriteTransaction& transaction) {
        const auto area = [&](const char* id, std::optional<AreaId> parent) {
            AreaRepository::save(transaction, {AreaId{id}, id, parent, std::nullopt, std::nullopt});
        };
        area("province", std::nullopt);
        area("district", AreaId{"province"});
        area("commune", AreaId{"district"});
        area("other", AreaId{"district"});
        StationRepository::save(transaction, {StationId{"s"}, "Trạm", AreaId{"commune"}, "Asia/Ho_Chi_Minh", {}, {}});
    });
    const auto put = [&](const std::string& id, std::vector<Target> targets) {
        save(backend.database(), event(id, std::move(targets)), {occurrence(id, atNoon)});
    };
    put("a-province", {AreaId{"province"}});
    put("b-twice", {AreaId{"commune"}, StationId{"s"}});
    put("c-other", {AreaId{"other"}});
    put("d-station", {StationId{"s"}});
    put("e-nobody", {});
    backend.database().read([](ReadTransaction& transaction) {
        CHECK(events(OccurrenceRepository::forStation(transaction, StationId{"s"}, {atNoon, atNoon + hours{1}})) ==
              Texts{"a-province", "b-twice", "d-station"});
    });
}

TEST_CASE_TEMPLATE("occurrence repository: two events meet where their media sound together, removed media nowhere",
                   Backend, Sqlite) {
    Backend backend;
    const auto addMedia = [&](const std::string& id, seconds length) {
        MediaItem item;
        item.id = MediaId{id};
        item.frames = length.count() * frameRate;
        backend.database().write([&](WriteTransaction& transaction) { MediaRepository::save(transaction, item); });
    };
    const auto put = [&](const std::string& id, Instant start, const std::string& media) {
        auto sounding = occurrence(id, start);
        sounding.source = MediaSource{MediaId{media}};
        save(backend.database(), event(id), {sounding});
    };
    addMedia("minute", seconds{60});
    addMedia("hour", seconds{3600});
    put("mine", atNoon, "minute");
    put("over-at-my-start", atNoon - minutes{1}, "minute");
    put("sounds-into-mine", atNoon - Milliseconds{59'999}, "minute");
    put("long-before", atNoon - minutes{59}, "hour");
    put("in-mine", atNoon + Milliseconds{59'999}, "hour");
    put("at-my-end", atNoon + minutes{1}, "minute");
    put("nobody-knows-how-long", atNoon, "unknown");
    const auto met = [&](Instant since) {
        return backend.database().read([&](ReadTransaction& transaction) {
            return OccurrenceRepository::meeting(transaction, EventId{"mine"}, since,
                                                 MediaRepository::longest(transaction));
        });
    };
    const auto all = met(atNoon);
    REQUIRE(all.size() == 3);
    CHECK(all[0].other == EventId{"long-before"});
    CHECK(all[0].otherAt == Interval{atNoon - minutes{59}, atNoon + minutes{1}});
    CHECK(all[1].other == EventId{"sounds-into-mine"});
    CHECK(all[2].other == EventId{"in-mine"});
    CHECK(all[2].at == Interval{atNoon, atNoon + minutes{1}});
    CHECK(met(atNoon + Milliseconds{1}).empty());
    backend.database().write(
        [](WriteTransaction& transaction) { MediaRepository::remove(transaction, MediaId{"hour"}, atNoon); });
    CHECK(met(atNoon).size() == 1);
}
