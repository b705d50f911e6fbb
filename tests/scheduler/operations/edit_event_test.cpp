#include "scheduler/operations/edit_event.h"

#include <doctest/doctest.h>

#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr const char* daily = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\nRRULE:FREQ=DAILY\r\n";

/// An office with a daily series at 05:00 in both communes.
struct EditedOffice : TestOffice {
    EditedOffice() {
        addMedia('a', 31);
        importEvents(scheduler, calendar("e", daily), {});
    }
    std::vector<std::string> starts(const std::string& station, std::size_t count) {
        std::vector<std::string> all;
        for (const auto& slot : manifest(station).slots)
            if (all.size() < count) all.push_back(formatInstant(slot.at.start));
        return all;
    }
    EditedEvents edit(const EventEdit& edit, Keep keep = Keep::yes) {
        return editEvent(scheduler, EventId{"e"}, edit, std::nullopt, keep);
    }
};

using Texts = std::vector<std::string>;
const Instant second = at("2027-03-02T22:00:00Z");

}  // namespace

TEST_CASE("edit event: one occurrence at one station moves there and nowhere else") {
    EditedOffice office;
    office.edit(EditAtStation{{second, StationId{"tan-hue"}, false, at("2027-03-03T10:00:00Z"), std::nullopt}});
    CHECK(office.starts("tan-hue", 3) == Texts{"2027-03-01T22:00:00Z", "2027-03-03T10:00:00Z", "2027-03-03T22:00:00Z"});
    CHECK(office.starts("an-phong", 2) == Texts{"2027-03-01T22:00:00Z", "2027-03-02T22:00:00Z"});
    office.edit(RestoreOccurrence{second, StationId{"tan-hue"}});
    CHECK(office.starts("tan-hue", 2) == Texts{"2027-03-01T22:00:00Z", "2027-03-02T22:00:00Z"});
}

TEST_CASE("edit event: a station's move far away still finds its day") {
    EditedOffice office;
    office.edit(EditAtStation{
        {at("2027-04-20T22:00:00Z"), StationId{"tan-hue"}, false, at("2027-03-01T10:00:00Z"), std::nullopt}});
    CHECK(office.starts("tan-hue", 1) == Texts{"2027-03-01T10:00:00Z"});
}

TEST_CASE("edit event: what was dropped stays dropped when the title changes afterwards") {
    EditedOffice office;
    office.edit(DropOccurrence{second});
    EventChange renamed;
    renamed.title = "Tên mới";
    office.edit(EditAll{renamed});
    CHECK(office.starts("tan-hue", 2) == Texts{"2027-03-01T22:00:00Z", "2027-03-03T22:00:00Z"});
    CHECK(office.manifest("tan-hue").slots.front().title == "Tên mới");
}

TEST_CASE("edit event: this and following makes an event of its own, and both are saved together") {
    EditedOffice office;
    EventChange later;
    later.start = parseLocalTime("2027-03-03T17:00:00");
    const auto edited = office.edit(EditFollowing{second, later});
    REQUIRE(edited.events.size() == 2);
    CHECK(edited.events[1].event.id != EventId{"e"});
    CHECK(office.starts("tan-hue", 3) == Texts{"2027-03-01T22:00:00Z", "2027-03-03T10:00:00Z", "2027-03-04T10:00:00Z"});
}

TEST_CASE("edit event: a preview shows the clashes of the change and keeps nothing") {
    EditedOffice office;
    importEvents(office.scheduler, TestOffice::calendar("other", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270303T170000\r\n"),
                 {});
    EventChange later;
    later.start = parseLocalTime("2027-03-02T17:00:00");
    const auto preview = office.edit(EditAll{later}, Keep::no);
    CHECK(preview.events.at(0).clashes.size() == 1);
    CHECK(office.starts("tan-hue", 1) == Texts{"2027-03-01T22:00:00Z"});
}

TEST_CASE("edit event: a move at one station answers with what it meets there, and there alone") {
    EditedOffice office;
    importEvents(office.scheduler, TestOffice::calendar("other", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270303T170000\r\n"),
                 {});
    const auto edited =
        office.edit(EditAtStation{{second, StationId{"tan-hue"}, false, at("2027-03-03T10:00:10Z"), std::nullopt}});
    REQUIRE(edited.events.at(0).clashes.size() == 1);
    const Clash& clash = edited.events[0].clashes[0];
    CHECK(clash.other == EventId{"other"});
    CHECK(clash.meetings == 1);
    CHECK(clash.stations == std::vector{StationId{"tan-hue"}});
    CHECK(clash.first.at.start == at("2027-03-03T10:00:10Z"));
}

TEST_CASE("edit event: where a station leaves an occurrence out, it meets nothing there") {
    EditedOffice office;
    importEvents(office.scheduler, TestOffice::calendar("other", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270303T050000\r\n"),
                 {});
    CHECK(
        office.edit(EditAtStation{{second, StationId{"tan-hue"}, true, {}, {}}}).events.at(0).clashes.at(0).stations ==
        std::vector{StationId{"an-phong"}});
    CHECK(office.edit(EditAtStation{{second, StationId{"an-phong"}, true, {}, {}}}).events.at(0).clashes.empty());
}

TEST_CASE("edit event: an edit of something that changed meanwhile is refused") {
    EditedOffice office;
    CHECK_THROWS_AS(editEvent(office.scheduler, EventId{"e"}, DropOccurrence{second}, "stale", Keep::yes), Error);
    CHECK_THROWS_AS(editEvent(office.scheduler, EventId{"nobody"}, DropOccurrence{second}, std::nullopt, Keep::yes),
                    Error);
}

TEST_CASE("create event: filled in by a planner it airs like an imported one, and its id is taken once") {
    TestOffice office;
    office.addMedia('a', 31);
    EventDraft draft;
    draft.title = "Gọi 1022";
    draft.facts.source = MediaSource{MediaId{std::string(64, 'a')}};
    draft.facts.targets = {AreaId{"tan-hue"}};
    draft.start = parseLocalTime("2027-03-02T05:00:00").value();
    draft.duration = std::chrono::seconds{31};
    const auto created = createEvent(office.scheduler, draft, Keep::yes);
    CHECK(office.manifest("tan-hue").slots.size() == 1);
    draft.id = created.event.id;
    CHECK_THROWS_AS(createEvent(office.scheduler, draft, Keep::yes), Error);
}
