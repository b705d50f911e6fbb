// Soạn - duyệt - phát on a real store: what reaches a manifest, and what takes it out again.
#include "scheduler/operations/review_events.h"

#include <doctest/doctest.h>

#include <thread>

#include "tests/scheduler/operations/reviewed_office.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("review events: nothing sounds before it is approved, and the manifest then says who answers for it") {
    ReviewedOffice office;
    CHECK(office.slots() == 0);
    CHECK(office.refusal() == "not-approved: Tin chưa được duyệt, hoặc đã sửa sau khi duyệt. Trình duyệt để phát.");
    REQUIRE(office.step("an", ReviewStep::submit) == "taken");
    CHECK(office.slots() == 0);
    CHECK(office.refusal() == "not-approved: Tin đang chờ duyệt. Được duyệt rồi mới phát.");
    office.hear("binh");
    REQUIRE(office.step("binh", ReviewStep::approve) == "taken");
    const auto manifest = office.published();
    CHECK(manifest.slots.size() > 30);
    REQUIRE(manifest.approvals.size() == 1);
    CHECK(manifest.approvals[0].event == announcement);
    CHECK(manifest.approvals[0].by == "binh");
    CHECK(manifest.approvals[0].at == office.clock.now());
    CHECK(manifest.approvals[0].content.size() == 64);
    CHECK(office.refusal().empty());
}

TEST_CASE("F71 review events: who wrote it, or changed it last, does not approve it") {
    ReviewedOffice office;
    for (const char* person : {"an", "binh"}) office.hear(person);
    REQUIRE(office.step("an", ReviewStep::submit) == "taken");
    CHECK(office.step("an", ReviewStep::approve) == "own-event");
    EventChange retitled;
    retitled.title = "Tiêu đề khác";
    editEvent(office.as("binh"), announcement, EditAll{retitled}, std::nullopt, Keep::yes);
    REQUIRE(office.step("an", ReviewStep::submit) == "taken");
    CHECK(office.step("binh", ReviewStep::approve) == "own-event");
    CHECK(office.slots() == 0);
    office.hear("cuc");
    CHECK(office.step("cuc", ReviewStep::approve) == "taken");
    CHECK(office.slots() > 30);
}

TEST_CASE("F71 review events: any change of text, sound, stations, times or policy voids the approval") {
    ReviewedOffice office;
    office.addMedia('b', 20);
    office.approve();
    EventChange title;
    title.title = "Khác";
    EventChange start;
    start.start = parseLocalTime("2027-03-02T05:00:01");
    EventChange media;
    media.source = std::optional<Source>{MediaSource{MediaId{std::string(64, 'b')}}};
    EventChange targets;
    targets.targets = std::vector<Target>{StationId{"an-phong"}};
    EventChange policy;
    policy.policy = AirPolicy{};
    policy.policy->grace = std::chrono::seconds{7};
    const Instant second = at("2027-03-02T22:00:00Z");
    const std::vector<EventEdit> edits{EditAll{title},
                                       EditAll{start},
                                       EditAll{media},
                                       EditAll{targets},
                                       EditAll{policy},
                                       DropOccurrence{second},
                                       EditAtStation{{second, StationId{"an-phong"}, true, {}, {}}}};
    for (std::size_t i = 0; i < edits.size(); ++i) {
        CAPTURE(i);
        ReviewedOffice fresh;
        fresh.addMedia('b', 20);
        fresh.approve();
        REQUIRE(fresh.slots("an-phong") > 30);
        editEvent(fresh.as("an"), announcement, edits[i], std::nullopt, Keep::no);
        CHECK(fresh.state() == DraftState::approved);
        editEvent(fresh.as("an"), announcement, edits[i], std::nullopt, Keep::yes);
        CHECK(fresh.state() == DraftState::draft);
        CHECK(fresh.slots("an-phong") == 0);
    }
}

TEST_CASE("F71 review events: an approval holds for the very text it was given for, also against the database") {
    ReviewedOffice office;
    office.approve();
    REQUIRE(office.slots() > 30);
    office.raw(
        "UPDATE event SET icalendar = replace(icalendar, 'Tổng đài', 'Tong dai'), plan_version = plan_version + 1000");
    office.raw("UPDATE plan_version SET version = version + 1000");
    CHECK(office.slots() == 0);
}

TEST_CASE("review events: a station that came after the approval waits for another one; the others sound on") {
    ReviewedOffice office;
    office.approve();
    office.addStation("tan-hue-2", "tan-hue");
    CHECK(office.slots() > 30);
    CHECK(office.slots("tan-hue-2") == 0);
    CHECK(office.refusal("tan-hue-2") ==
          "not-approved: Trạm này có sau khi tin được duyệt. Người duyệt duyệt lần nữa để phát cả ở đây.");
    CHECK(office.review().awaiting == std::set{StationId{"tan-hue-2"}});
    CHECK(office.step("an", ReviewStep::approve) == "own-event");
    CHECK(office.step("binh", ReviewStep::approve) == "taken");
    CHECK(office.slots("tan-hue-2") > 30);
    CHECK(office.review().awaiting.empty());
    CHECK(office.step("binh", ReviewStep::approve) == "not-submitted");
}

TEST_CASE("review events: an event that nobody has touched since an upgrade is a draft among the drafts") {
    ReviewedOffice office;
    office.raw("DELETE FROM review");
    const auto drafts = reviewsIn(office.scheduler, DraftState::draft);
    REQUIRE(drafts.size() == 1);
    CHECK(drafts.front().event == announcement);
    CHECK(reviewsIn(office.scheduler, DraftState::submitted).empty());
}

TEST_CASE("review events: withdrawing takes out what has not aired yet, and leaves what has") {
    ReviewedOffice office;
    office.approve();
    office.slots();
    office.clock.set(at("2027-03-03T10:00:00Z"));
    office.slots();
    REQUIRE(office.step("an", ReviewStep::withdraw, "đổi số điện thoại") == "taken");
    CHECK(office.slots() == 2);
    CHECK(office.refusal() == "not-approved: Tin đã rút: “đổi số điện thoại”. Trình duyệt lại nếu vẫn muốn phát.");
}

TEST_CASE("review events: a rejection needs its reason, and the author can submit again") {
    ReviewedOffice office;
    REQUIRE(office.step("an", ReviewStep::submit) == "taken");
    CHECK(office.step("binh", ReviewStep::reject) == "no-reason");
    CHECK(office.step("binh", ReviewStep::reject, "đọc sai tên xã") == "taken");
    CHECK(office.review().review.reason == "đọc sai tên xã");
    CHECK(office.step("binh", ReviewStep::approve) == "not-submitted");
    CHECK(office.step("an", ReviewStep::submit) == "taken");
}

TEST_CASE("review events: an approver has heard it all: sent whole by the server, and reported by their player") {
    ReviewedOffice office;
    REQUIRE(office.step("an", ReviewStep::submit) == "taken");
    CHECK(office.step("binh", ReviewStep::approve) == "not-heard");
    CHECK(codeOf([&] { reportHeard(office.as("binh"), sound); }) == "not-served");
    noteServed(office.as("binh"), sound, 0, 60, 100);
    CHECK(codeOf([&] { reportHeard(office.as("binh"), sound); }) == "not-served");
    noteServed(office.as("binh"), sound, 50, 50, 100);
    CHECK(office.step("binh", ReviewStep::approve) == "not-heard");
    CHECK(reportHeard(office.as("binh"), sound).complete());
    CHECK(reviewsOf(office.as("cuc"), {announcement}).events.front().unheard == std::set{sound});
    CHECK(office.step("cuc", ReviewStep::approve) == "not-heard");
    CHECK(office.step("binh", ReviewStep::approve) == "taken");
}

TEST_CASE("review events: who has the last byte may say so before the sending side knows it") {
    ReviewedOffice office;
    auto& binh = office.as("binh");
    auto answering = office.served.begin("binh", sound);
    std::thread sender{[&] {
        noteServed(binh, sound, 0, 100, 100);
        answering.reset();
    }};
    CHECK(reportHeard(binh, sound).complete());
    sender.join();
}

TEST_CASE("review events: what sounds in a single occurrence, or at a single station, must be heard too") {
    ReviewedOffice office;
    const auto other = office.addMedia('b', 20).id;
    const auto third = office.addMedia('c', 20).id;
    OccurrenceChange change;
    change.source = MediaSource{other};
    editEvent(office.as("an"), announcement, EditOccurrence{at("2027-03-02T22:00:00Z"), change}, {}, Keep::yes);
    editEvent(office.as("an"), announcement,
              EditAtStation{{at("2027-03-03T22:00:00Z"), StationId{"tan-hue"}, false, {}, MediaSource{third}}}, {},
              Keep::yes);
    REQUIRE(office.step("an", ReviewStep::submit) == "taken");
    CHECK(reviewsOf(office.as("binh"), {announcement}).events.front().unheard == std::set{sound, other, third});
    for (const auto& media : {sound, other}) office.hear("binh", media);
    CHECK(office.step("binh", ReviewStep::approve) == "not-heard");
    office.hear("binh", third);
    CHECK(office.step("binh", ReviewStep::approve) == "taken");
}

TEST_CASE("review events: what is approved is what was seen; another version is refused") {
    ReviewedOffice office;
    office.hear("binh");
    const auto seen = reviewsOf(office.scheduler, {announcement}).tag;
    editEvent(office.as("an"), announcement, DropOccurrence{at("2027-03-02T22:00:00Z")}, std::nullopt, Keep::yes);
    REQUIRE(office.step("an", ReviewStep::submit) == "taken");
    const auto approveWith = [&](const std::optional<std::string>& tag) {
        return codeOf([&] { takeReviewStep(office.as("binh"), ReviewStep::approve, {announcement}, "", tag); });
    };
    CHECK(approveWith(seen) == "changed-meanwhile");
    CHECK(approveWith(std::nullopt) == "no-tag");
    CHECK(approveWith(reviewsOf(office.scheduler, {announcement}).tag) == "taken");
}

TEST_CASE("review events: an import makes drafts; one that says the same again leaves an approval as it is") {
    ReviewedOffice office;
    office.approve();
    const auto text = TestOffice::calendar("e", daily);
    importEvents(office.as("an"), text, {});
    CHECK(office.state() == DraftState::approved);
    importEvents(office.as("an"), TestOffice::calendar("e", std::string{daily} + "SEQUENCE:1\r\nLOCATION:ấp 1\r\n"),
                 {});
    CHECK(office.state() == DraftState::draft);
    CHECK(office.slots() == 0);
}

TEST_CASE("review events: a campaign is approved as a whole, or not at all, and is planned around what waits") {
    ReviewedOffice office;
    const auto planned = saveCampaign(office.as("an"), office.campaign(), Keep::yes);
    const auto placed = [&](const PlannedCampaign& of) {
        return std::any_of(of.proposal.placements.begin(), of.proposal.placements.end(),
                           [](const Placement& each) { return each.start == at("2027-03-04T22:00:00Z"); });
    };
    CHECK_FALSE(placed(planned));  // the draft of 05:00 has its place already
    const auto events = eventsOf(office.scheduler, planned.campaign.id);
    REQUIRE(events.size() >= 2);
    takeReviewStep(office.as("an"), ReviewStep::submit, events, "", {});
    office.hear("binh", MediaId{std::string(64, 'b')});
    const auto approve = [&] {
        return codeOf([&] {
            takeReviewStep(office.as("binh"), ReviewStep::approve, events, "", reviewsOf(office.scheduler, events).tag);
        });
    };
    CHECK(approve() == "not-heard");
    CHECK(office.slots() == 0);
    office.hear("binh", MediaId{std::string(64, 'c')});
    CHECK(approve() == "taken");
    CHECK(office.slots() == 4);
}

TEST_CASE("review events: a step of a campaign is for those of its events whose next one it is") {
    ReviewedOffice office;
    const auto planned = saveCampaign(office.as("an"), office.campaign(), Keep::yes);
    const auto events = eventsOf(office.scheduler, planned.campaign.id);
    REQUIRE(events.size() >= 2);
    const auto states = [&] {
        std::multiset<DraftState> all;
        for (const auto& each : reviewsOf(office.scheduler, events).events) all.insert(each.review.state);
        return all;
    };
    for (const char media : {'b', 'c'}) office.hear("binh", MediaId{std::string(64, media)});
    const auto take = [&](const char* person, ReviewStep step) {
        return codeOf(
            [&] { takeReviewStep(office.as(person), step, events, "lý do", reviewsOf(office.scheduler, events).tag); });
    };
    takeReviewStep(office.as("an"), ReviewStep::submit, {events.front()}, "", {});
    CHECK(take("an", ReviewStep::submit) == "taken");
    CHECK(states().count(DraftState::submitted) == events.size());
    CHECK(take("an", ReviewStep::submit) == "submitted-already");
    takeReviewStep(office.as("binh"), ReviewStep::reject, {events.back()}, "sai giờ", {});
    CHECK(take("binh", ReviewStep::approve) == "taken");
    CHECK(states().count(DraftState::approved) == events.size() - 1);
    CHECK(states().count(DraftState::rejected) == 1);
    CHECK(take("an", ReviewStep::withdraw) == "taken");
    CHECK(states().count(DraftState::withdrawn) == events.size() - 1);
}
