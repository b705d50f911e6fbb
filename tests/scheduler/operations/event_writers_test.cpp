// Who answers for a text, and who may take a step with it: on a real store.
#include "tests/scheduler/operations/reviewed_office.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("F71 review events: what is approved is what was seen: the text and the stations, however fast they change") {
    ReviewedOffice office;
    office.hear("binh");
    REQUIRE(office.step("an", ReviewStep::submit) == "taken");
    const auto approveWith = [&](const std::string& seen) {
        return codeOf([&] { takeReviewStep(office.as("binh"), ReviewStep::approve, {announcement}, "", seen); });
    };
    auto seen = reviewsOf(office.scheduler, {announcement}).tag;
    EventChange renamed;
    renamed.title = "Tin khác";
    editEvent(office.as("an"), announcement, EditAll{renamed}, std::nullopt, Keep::yes);
    REQUIRE(office.step("an", ReviewStep::submit) == "taken");  // in the same millisecond
    CHECK(approveWith(seen) == "changed-meanwhile");
    seen = reviewsOf(office.scheduler, {announcement}).tag;
    office.addStation("tan-hue-2", "tan-hue");
    CHECK(approveWith(seen) == "changed-meanwhile");
    CHECK(office.state() == DraftState::submitted);
}

TEST_CASE("F71 review events: who has written a draft stays one of its writers when another sends it anew") {
    ReviewedOffice office;
    importEvents(office.as("binh"), TestOffice::calendar("e", std::string{daily} + "SEQUENCE:1\r\nDESCRIPTION:x\r\n"),
                 {});
    office.hear("an");
    REQUIRE(office.step("an", ReviewStep::submit) == "taken");
    CHECK(office.review().writers == std::set<std::string>{"an", "binh"});
    CHECK(office.step("an", ReviewStep::approve) == "own-event");
}

TEST_CASE("F71 review events: who has planned a campaign stays a writer of what another makes of it") {
    ReviewedOffice office;
    auto campaign = office.campaign();
    campaign.id = saveCampaign(office.as("an"), campaign, Keep::yes).campaign.id;
    campaign.airingsPerDay = 1;
    const auto again = saveCampaign(office.as("binh"), campaign, Keep::yes);
    REQUIRE(again.changed > 0);
    for (const auto& event : again.events)
        CHECK(reviewsOf(office.scheduler, {event.id}).events.front().writers.contains("an"));
}

TEST_CASE("F71 review events: a step is for who holds its right where the event is, whoever let them come so far") {
    ReviewedOffice office;
    importEvents(office.as("an"),
                 TestOffice::calendar("f", std::string{daily} + "X-LOA-OWNER:an-phong\r\n", "urn:loa:station:tan-hue"),
                 {});
    const EventId neighbours{"f"};
    const auto refusal = [&](Role role, const char* area, ReviewStep step) {
        auto own = asPerson(office, personOf(office, std::string{toText(role)} + area, {{role, AreaId{area}}}));
        const auto tag = reviewsOf(office.scheduler, {neighbours}).tag;
        return codeOf([&] { takeReviewStep(own, step, {neighbours}, "x", tag); });
    };
    CHECK(refusal(Role::author, "tan-hue", ReviewStep::submit) == "forbidden");
    CHECK(refusal(Role::author, "an-phong", ReviewStep::submit) == "taken");
    CHECK(refusal(Role::approver, "tan-hue", ReviewStep::approve) == "forbidden");
    CHECK(refusal(Role::approver, "an-phong", ReviewStep::approve) == "forbidden");
    CHECK(refusal(Role::author, "tan-hue", ReviewStep::withdraw) == "forbidden");
    CHECK(refusal(Role::operator_, "an-phong", ReviewStep::withdraw) == "forbidden");
    CHECK(refusal(Role::approver, "thanh-binh", ReviewStep::approve) == "not-heard");
}

TEST_CASE("F71 review events: who wrote it does not approve it after it was taken back, either") {
    ReviewedOffice office;
    office.approve();
    REQUIRE(office.step("binh", ReviewStep::withdraw) == "taken");
    office.hear("an");
    REQUIRE(office.step("binh", ReviewStep::submit) == "taken");
    CHECK(office.step("an", ReviewStep::approve) == "own-event");
    CHECK(office.step("binh", ReviewStep::approve) == "taken");
}

TEST_CASE("F71 review events: what is made of a draft is its writers', too, under another id") {
    ReviewedOffice office;
    EventChange later;
    later.start = parseLocalTime("2027-03-08T05:30:00");
    const auto edited = editEvent(office.as("binh"), announcement, EditFollowing{at("2027-03-07T22:00:00Z"), later},
                                  std::nullopt, Keep::yes);
    REQUIRE(edited.events.size() == 2);
    const auto following = edited.events.back().event.id;
    REQUIRE(following != announcement);
    CHECK(reviewsOf(office.scheduler, {following}).events.front().writers == std::set<std::string>{"an", "binh"});
    Campaign campaign = office.campaign();
    campaign = saveCampaign(office.as("an"), campaign, Keep::yes).campaign;
    campaign.first = *parseDay("2027-03-09");
    campaign.last = *parseDay("2027-03-12");
    saveCampaign(office.as("binh"), campaign, Keep::yes);
    for (const auto& each : reviewsOf(office.scheduler, eventsOf(office.scheduler, campaign.id)).events)
        CHECK(each.writers == std::set<std::string>{"an", "binh"});
}

TEST_CASE("F71 review events: who changes what was approved by somebody else is its only writer") {
    ReviewedOffice office;
    office.approve();
    editEvent(office.as("cuc"), announcement, DropOccurrence{at("2027-03-02T22:00:00Z")}, std::nullopt, Keep::yes);
    CHECK(office.review().writers == std::set<std::string>{"cuc"});
}
