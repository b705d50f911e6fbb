#include "scheduler/operations/save_campaign.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "scheduler/operations/edit_event.h"
#include "scheduler/operations/remove_media.h"
#include "scheduler/operations/save_airtime.h"
#include "scheduler/storage/campaign_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/plan_version.h"
#include "tests/scheduler/operations/refusal.h"
#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono;

namespace {

/// A district that airs mornings and evenings, and a week's campaign of two announcements, three times a day.
struct CampaignOffice : TestOffice {
    Campaign asked;

    CampaignOffice() {
        asked.title = "Tuyên truyền 1022";
        asked.announcements = {addMedia('a', 40), addMedia('b', 60)};
        asked.targets = {AreaId{"thanh-binh"}};
        asked.first = year{2027} / 3 / 1;
        asked.last = year{2027} / 3 / 7;
        asked.airingsPerDay = 3;
        asked.smallestGap = hours{2};
        asked.share = 1.0 / 3;
        Airtime rules;
        rules.area = AreaId{"thanh-binh"};
        rules.dayparts = {{{"sáng", Weekdays::all(), 5h, 60min}, 15min},
                          {{"trưa", Weekdays::all(), 11h, 30min}, 15min},
                          {{"chiều", Weekdays::all(), 17h, 60min}, 15min}};
        saveAirtime(scheduler, AreaId{"thanh-binh"}, {rules});
    }
    PlannedCampaign plan(Keep keep = Keep::yes) { return saveCampaign(scheduler, asked, keep); }
    /// Saves it and asks for the same campaign from then on.
    PlannedCampaign accept() {
        auto planned = plan();
        asked.id = planned.campaign.id;
        return planned;
    }
    std::vector<Placement> aired(const std::string& station) {
        std::vector<Placement> all;
        for (const auto& slot : manifest(station).slots) all.push_back({StationId{station}, slot.media, slot.at.start});
        return all;
    }
    std::size_t events() {
        return database.read([](ReadTransaction& transaction) { return EventRepository::all(transaction).size(); });
    }
};

std::vector<Placement> at(const std::string& station, const PlannedCampaign& planned) {
    std::vector<Placement> all;
    for (const auto& each : planned.proposal.placements)
        if (each.station == StationId{station}) all.push_back(each);
    return all;
}

}  // namespace

TEST_CASE(
    "save campaign: a proposal saves nothing; accepted, every station airs exactly what it said, from few rules") {
    CampaignOffice office;
    const auto proposal = office.plan(Keep::no);
    CHECK(proposal.proposal.score.airings == 2 * 7 * 3);
    CHECK(proposal.proposal.missing.empty());
    CHECK(office.events() == 0);
    const auto accepted = office.accept();
    CHECK(accepted.proposal.placements == proposal.proposal.placements);
    CHECK(accepted.tag == proposal.tag);
    CHECK(office.aired("tan-hue") == at("tan-hue", accepted));
    CHECK(office.aired("an-phong") == at("an-phong", accepted));
    CHECK(office.events() == accepted.events.size());
    CHECK(accepted.events.size() <= 6);
    for (const auto& event : accepted.events) {
        CHECK(event.campaign == office.asked.id);
        CHECK(event.icalendar.find("RRULE:") != std::string::npos);
    }
}

TEST_CASE("save campaign: planned again with nothing changed, nothing is saved; what others plan is made room for") {
    CampaignOffice office;
    const auto first = office.accept();
    const auto again = office.plan();
    CHECK(again.changed == 0);
    CHECK(again.removed == 0);
    CHECK(again.proposal.score.moves == 0);
    const Instant taken = at("tan-hue", first).at(4).start;
    EventDraft other;
    other.title = "Tin của xã";
    other.facts = {MessageClass::priority, MediaSource{office.asked.announcements[0].id}, {AreaId{"tan-hue"}}, {}};
    other.start = LocalTime{floor<seconds>(taken.time_since_epoch()) + 7h};
    other.duration = seconds{60};
    createEvent(office.scheduler, other, Keep::yes);
    const auto moved = office.plan();
    CHECK(moved.proposal.score.airings == first.proposal.score.airings);
    CHECK(moved.proposal.score.moves == 1);
    CHECK(at("an-phong", moved) == at("an-phong", first));
    const auto ofDay = office.aired("tan-hue");
    CHECK(ofDay.size() == at("tan-hue", moved).size() + 1);
}

TEST_CASE("save campaign: in its middle it is planned on; what aired stays, counts, and is refused to nobody") {
    CampaignOffice office;
    const auto first = office.accept();
    office.publishAll();
    const auto before = office.aired("tan-hue");
    office.clock.set(loa::test::at("2027-03-03T06:00:00Z"));  // 13:00 of the third day
    office.asked.airingsPerDay = 2;
    const auto fewer = office.plan();
    const auto placements = at("tan-hue", fewer);
    CHECK(std::equal(placements.begin(), placements.begin() + 8, before.begin()));
    CHECK(placements.size() == 3 + 3 + 2 + 4 * 2);
    // The manifest no longer reaches back to the first morning.
    CHECK(office.aired("tan-hue") == std::vector(placements.begin() + 1, placements.end()));
    office.approveAll();
    CHECK(planFor(office.scheduler, StationId{"tan-hue"}).rejected.empty());
    CHECK(fewer.changed > 0);
    const auto again = office.plan();
    CHECK(at("tan-hue", again) == placements);
    CHECK(again.changed == 0);
    CHECK(again.removed == 0);
}

TEST_CASE("save campaign: what is on air while the campaign is planned anew sounds to its end") {
    CampaignOffice office;
    const auto first = office.accept();
    office.publishAll();
    const auto onAir = at("tan-hue", first).at(3);
    office.clock.set(onAir.start + seconds{10});
    office.asked.airingsPerDay = 1;
    office.plan();
    const auto now = office.aired("tan-hue");
    CHECK(std::find(now.begin(), now.end(), onAir) != now.end());
}

TEST_CASE("save campaign: an airing moved by hand at one commune is where it was moved to, as far as that may be") {
    CampaignOffice office;
    const auto first = office.accept();
    const auto moved = at("tan-hue", first).at(5);
    const auto event = std::find_if(first.events.begin(), first.events.end(), [&](const Event& each) {
        const auto local = draftOf(each).start;
        const LocalTime wanted{floor<seconds>(moved.start.time_since_epoch()) + 7h};
        return each.source == Source{MediaSource{moved.announcement}} &&
               local - floor<days>(local) == wanted - floor<days>(wanted);
    });
    REQUIRE(event != first.events.end());
    editEvent(office.scheduler, event->id,
              EditAtStation{{moved.start, StationId{"tan-hue"}, false, moved.start + minutes{7}, std::nullopt}},
              std::nullopt, Keep::yes);
    const auto again = office.plan();
    const auto now = office.aired("tan-hue");
    CHECK(std::find(now.begin(), now.end(), Placement{moved.station, moved.announcement, moved.start + minutes{7}}) !=
          now.end());
    CHECK(again.proposal.score.moves == 0);
}

TEST_CASE("save campaign: a holiday that comes later empties its days, with the reason") {
    CampaignOffice office;
    office.accept();
    auto rules = readAirtimeOf(office.scheduler, AreaId{"thanh-binh"});
    rules.front().specialDays = {{"Quốc tang", year{2027} / 3 / 4, year{2027} / 3 / 4, {}}};
    saveAirtime(office.scheduler, AreaId{"thanh-binh"}, rules);
    const auto planned = office.plan();
    REQUIRE(planned.proposal.missing.size() == 2);
    CHECK(planned.proposal.missing[0].code == "special-day");
    CHECK(planned.proposal.missing[0].reason.vi.find("Quốc tang") != std::string::npos);
    CHECK(planned.proposal.score.airings == 2 * 6 * 3);
    office.approveAll();
    CHECK(planFor(office.scheduler, StationId{"tan-hue"}).rejected.empty());
}

TEST_CASE("save campaign: days on which a station or its area is not there are missing, with the reason") {
    CampaignOffice office;
    auto commune = Area{AreaId{"tan-hue"}, "xã Tân Huề", AreaId{"thanh-binh"}, std::nullopt, year{2027} / 3 / 5};
    saveArea(office.scheduler, commune);
    const auto planned = office.plan();
    CHECK(at("tan-hue", planned).size() == 5 * 3);
    REQUIRE(planned.proposal.missing.size() == 2);
    CHECK(planned.proposal.missing[0].code == "station-not-valid");
}

TEST_CASE("save campaign: a proposal is accepted as it was shown, or not at all") {
    CampaignOffice office;
    const auto shown = office.plan(Keep::no);
    EventDraft other;
    other.title = "Tin khác";
    other.facts = {MessageClass::priority, MediaSource{office.asked.announcements[0].id}, {AreaId{"tan-hue"}}, {}};
    other.start = LocalTime{floor<seconds>(shown.proposal.placements.front().start.time_since_epoch()) + 7h};
    other.duration = seconds{60};
    other.rule = "FREQ=DAILY";
    createEvent(office.scheduler, other, Keep::yes);
    const auto before = office.events();
    CHECK_THROWS_WITH(saveCampaign(office.scheduler, office.asked, Keep::yes, shown.tag),
                      doctest::Contains("plan has changed"));
    CHECK(office.events() == before);
    const auto now = office.plan(Keep::no);
    CHECK(saveCampaign(office.scheduler, office.asked, Keep::yes, now.tag).tag == now.tag);
}

TEST_CASE("save campaign: what cannot be planned is refused, and leaves nothing") {
    CampaignOffice office;
    const auto refusal = [&](const auto& change) {
        auto asked = office.asked;
        change(asked);
        try {
            saveCampaign(office.scheduler, asked, Keep::yes);
        } catch (const Error& error) {
            return error.code();
        }
        return std::string{"none"};
    };
    CHECK(refusal([](Campaign& asked) { asked.title = "  "; }) == "no-name");
    CHECK(refusal([](Campaign& asked) { asked.id = CampaignId{"nobody"}; }) == "no-such-campaign");
    CHECK(refusal([](Campaign& asked) { asked.targets = {StationId{"nobody"}}; }) == "unknown-target");
    CHECK(refusal([](Campaign& asked) { asked.targets.clear(); }) == "campaign-without-stations");
    CHECK(refusal([](Campaign& asked) { asked.announcements[0].id = MediaId{"x"}; }) == "unknown-media");
    CHECK(refusal([](Campaign& asked) { asked.announcements.clear(); }) == "campaign-without-announcements");
    CHECK(refusal([](Campaign& asked) { asked.last = year{2027} / 2 / 1; }) == "campaign-days");
    CHECK(office.events() == 0);
    CHECK(office.database.read([](ReadTransaction& transaction) { return CampaignRepository::all(transaction); })
              .empty());
}

TEST_CASE("save campaign: removed, it airs no more, and what it aired is still known") {
    CampaignOffice office;
    office.accept();
    office.publishAll();
    office.clock.set(loa::test::at("2027-03-02T06:00:00Z"));
    removeCampaign(office.scheduler, office.asked.id);
    CHECK(office.events() == 0);
    CHECK(office.aired("tan-hue").size() == 5);
    CHECK_THROWS_AS(removeCampaign(office.scheduler, office.asked.id), Error);
}

TEST_CASE("save campaign: planned anew for one commune's sake, the others keep their slots") {
    CampaignOffice office;
    const auto first = office.accept();
    const auto slots = [&](const std::string& station) {
        std::set<SlotId> ids;
        for (const auto& slot : office.manifest(station).slots) ids.insert(slot.id);
        return ids;
    };
    const auto before = slots("an-phong");
    const auto ownBefore = slots("tan-hue");
    EventDraft other;
    other.title = "Tin của xã";
    other.facts = {MessageClass::priority, MediaSource{office.asked.announcements[0].id}, {AreaId{"tan-hue"}}, {}};
    other.start = LocalTime{floor<seconds>(at("tan-hue", first).at(4).start.time_since_epoch()) + 7h};
    other.duration = seconds{60};
    createEvent(office.scheduler, other, Keep::yes);
    const auto again = office.plan();
    CHECK(again.proposal.score.moves == 1);
    CHECK(slots("an-phong") == before);
    std::vector<SlotId> kept;
    const auto ownAfter = slots("tan-hue");
    std::set_intersection(ownBefore.begin(), ownBefore.end(), ownAfter.begin(), ownAfter.end(),
                          std::back_inserter(kept));
    CHECK(kept.size() >= ownBefore.size() - 3);  // of its own, those of the series it now leaves
}

TEST_CASE("save campaign: whose campaign it is does not depend on how its series fall") {
    CampaignOffice office;
    for (const auto& event : office.plan(Keep::no).events) CHECK(event.owner == AreaId{"thanh-binh"});
}

TEST_CASE("save campaign: days that the plan does not know yet cannot be planned") {
    CampaignOffice office;
    office.asked.first = year{2028} / 3 / 1;
    office.asked.last = year{2028} / 4 / 30;
    CHECK_THROWS_WITH(office.plan(), doctest::Contains("400 days"));
}

namespace {

/// Whenever somebody looks at it the plan has just changed.
class ChangingClock final : public Clock {
public:
    explicit ChangingClock(TestOffice& office) : office_{office} {}
    Instant now() const override {
        office_.database.write([](WriteTransaction& transaction) { PlanVersion::bump(transaction); });
        return office_.clock.now();
    }
    Milliseconds sinceBoot() const override { return office_.clock.sinceBoot(); }
    bool synchronised() const override { return office_.clock.synchronised(); }

private:
    TestOffice& office_;
};

}  // namespace

TEST_CASE("save campaign: what was planned for a plan that is another one by now is not saved") {
    CampaignOffice office;
    const ChangingClock clock{office};
    const auto& own = office.scheduler;
    Scheduler restless{own.database,      own.journal, clock,      own.signingKey, own.manifests, own.media,
                       own.planChanges,   own.feeds,   own.served, own.door,       own.lines,     own.zone,
                       own.reportDeadline};
    CHECK(refusalOf([&] { saveCampaign(restless, office.asked, Keep::yes); }) == "plan-changed");
    CHECK(office.events() == 0);
    CHECK(office.plan(Keep::yes).changed > 0);
}

TEST_CASE("save campaign: a sound that was removed is no announcement any more") {
    CampaignOffice office;
    removeMedia(office.scheduler, office.asked.announcements.front().id);
    CHECK(refusalOf([&] { office.plan(); }) == "unknown-media");
    CHECK(office.events() == 0);
}
