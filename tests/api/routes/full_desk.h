#pragma once
#include <string>

#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/order_template_repository.h"
#include "tests/api/routes/served.h"
#include "tests/support/audit_trail.h"

namespace loa::test {

constexpr const char* asJson = "application/json";
inline const std::string daily = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n";

/// An office with something of everything that a route may change.
struct Desk : Served {
    std::string author = sessionOf("author", {{Role::author, {}}});
    std::string officer = sessionOf("officer", {{Role::dutyOfficer, {}}});
    std::string token;
    std::string feed;
    std::string upload;
    std::string refused;
    std::string campaign;
    std::string waiting;  ///< a campaign that somebody else submitted

    Desk() : Served{"/nowhere/loa-ingest"} {
        office.addMedia('a', 31);
        office.addMedia('b', 31);
        office.addArea("empty", std::nullopt);
        office.addStation("spare", "tan-hue");
        const std::string urgent = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270305T050000\r\nX-LOA-CLASS:priority\r\n";
        importEvents(office.scheduler, TestOffice::calendar("upper", urgent), {});
        importEvents(office.scheduler, TestOffice::calendar("own", urgent, "urn:loa:area:tan-hue"), {});
        office.approveAll();
        for (const char* id : {"edited", "removed"})
            importEvents(office.scheduler, TestOffice::calendar(id, daily), {});
        issuePersonalToken(office.scheduler, PersonId{"clerk"}, "lost", {Right::draft}, std::nullopt);
        token = personalTokens(office.scheduler, PersonId{"clerk"}).front().id.text();
        giveAlone(office, personOf(office, "lan", {{Role::author, {}}}).id, "another");
        feed = made("/v1/feeds", {{"target", "station:tan-hue"}}).at("id");
        upload = made("/v1/uploads", {{"name", "a.wav"}, {"bytes", 5}}).at("id");
        refused = made("/v1/uploads", {{"name", "b.wav"}, {"bytes", 5}}).at("id");
        campaign = made("/v1/campaigns", campaignBody(2)).at("campaign").at("id");
        submit();
        order();
    }
    /// An order of the officer's that waits long enough to be sent alone, and its template; one more that nobody heard.
    void order() {
        OrderTemplate ready{TemplateId{std::string(16, '1')},
                            OrderType::emergency,
                            "Xả lũ",
                            {MediaId{std::string(64, 'a')}, 6000, 48'000},
                            {},
                            "author",
                            office.clock.now(),
                            "lan",
                            office.clock.now()};
        OfficeOrder unconfirmed;
        unconfirmed.id = OrderId{std::string(32, '1')};
        unconfirmed.sound = ready.sound;
        unconfirmed.from = ready.id;
        unconfirmed.madeBy = "officer";
        unconfirmed.made = office.clock.now() - std::chrono::minutes{3};
        office.database.write([&](WriteTransaction& transaction) {
            OrderTemplateRepository::save(transaction, ready);
            ready.id = TemplateId{std::string(16, '2')};
            ready.approvedBy.clear();
            ready.approved.reset();
            OrderTemplateRepository::save(transaction, ready);
            OrderRepository::add(transaction, unconfirmed, {{StationId{"tan-hue"}, AreaId{"tan-hue"}, {}}});
        });
    }
    /// What others wrote, submitted, and heard by the clerk.
    void submit() {
        importEvents(office.scheduler, TestOffice::calendar("waiting", daily), {});
        auto post = Request{Method::post, "/v1/campaigns"}.withHeader("Content-Type", asJson);
        waiting = parseJson(ask(post.withBody(dump(campaignBody(1))), author).text()).at("campaign").at("id");
        takeReviewStep(office.scheduler, ReviewStep::submit, {EventId{"waiting"}}, "", {});
        takeReviewStep(office.scheduler, ReviewStep::submit, eventsOf(office.scheduler, CampaignId{waiting}), "", {});
        auto own = office.scheduler;
        own.actor.name = "clerk";
        noteServed(own, MediaId{std::string(64, 'a')}, 0, 1, 1);
        reportHeard(own, MediaId{std::string(64, 'a')});
    }
    static Json campaignBody(int airingsPerDay) {
        return {{"title", "Tuyên truyền 1022"},
                {"targets", {"station:an-phong"}},
                {"announcements", {std::string(64, 'a')}},
                {"first", "2027-03-03"},
                {"last", "2027-03-04"},
                {"airingsPerDay", airingsPerDay}};
    }
    Json made(const std::string& path, const Json& body) {
        const auto answer =
            ask(Request{Method::post, path}.withHeader("Content-Type", asJson).withBody(dump(body)), clerk);
        REQUIRE(answer.status() == 201);
        return parseJson(answer.text());
    }
};

}  // namespace loa::test
