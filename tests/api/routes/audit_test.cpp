// What the routes leave in the audit trail, and what they show of it.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/order_template_repository.h"
#include "tests/api/routes/served.h"
#include "tests/support/audit_trail.h"

using namespace loa;
using namespace loa::test;

namespace {

using Verbs = std::vector<std::string>;
constexpr const char* asJson = "application/json";
constexpr const char* asCalendar = "text/calendar";
const std::string daily = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n";

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
        OfficeOrder waiting;
        waiting.id = OrderId{std::string(32, '1')};
        waiting.sound = ready.sound;
        waiting.from = ready.id;
        waiting.madeBy = "officer";
        waiting.made = office.clock.now() - std::chrono::minutes{3};
        office.database.write([&](WriteTransaction& transaction) {
            OrderTemplateRepository::save(transaction, ready);
            ready.id = TemplateId{std::string(16, '2')};
            ready.approvedBy.clear();
            ready.approved.reset();
            OrderTemplateRepository::save(transaction, ready);
            OrderRepository::add(transaction, waiting, {{StationId{"tan-hue"}, AreaId{"tan-hue"}, {}}});
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

/// One route that changes something, a request it takes, and what that leaves in the trail.
struct Change {
    std::string route;
    std::function<Request(Desk&)> request;
    Verbs verbs;                    ///< in their order; the last one may stand several times
    std::string_view whyNone = "";  ///< where there is no entry
    bool hasPreview = false;
    bool hasMany = false;             ///< the one verb may stand several times
    std::string Desk::*by = nullptr;  ///< whose session asks; nullptr: whichever of clerk and admin may
};

std::string name(const SchedulerRoute& route) {
    return std::string{toText(route.method)} + ' ' + std::string{route.pattern};
}

std::function<Request(Desk&)> sends(Method method, const std::string& path, const std::string& body = "",
                                    const std::string& type = asJson) {
    return [=](Desk&) {
        Request request{method, path};
        if (!body.empty()) request.withHeader("Content-Type", type).withBody(body);
        return request;
    };
}

std::function<Request(Desk&)> deletes(const std::string& path, std::string Desk::*id) {
    return [=](Desk& desk) { return Request{Method::delete_, path + desk.*id}; };
}

Json occurrence(const char* event) {
    return {{"event", event}, {"original", "2027-03-04T22:00:00Z"}};
}

std::vector<Change> places() {
    const Json settlement{{"upper", occurrence("upper")}, {"own", occurrence("own")}, {"winner", "own"}};
    return {
        {"PUT /v1/areas/{area}", sends(Method::put, "/v1/areas/phu-loi", R"({"name":"Phú Lợi"})"), {"save-area"}},
        {"DELETE /v1/areas/{area}", sends(Method::delete_, "/v1/areas/empty"), {"remove-area"}},
        {"PUT /v1/areas/{area}/airtime",
         sends(Method::put, "/v1/areas/tan-hue/airtime", R"({"periods":[{"airingsPerDay":9}]})"),
         {"save-airtime"}},
        {"PUT /v1/stations/{station}",
         sends(Method::put, "/v1/stations/tram", R"({"name":"Trạm","area":"tan-hue"})"),
         {"save-station"}},
        {"DELETE /v1/stations/{station}", sends(Method::delete_, "/v1/stations/spare"), {"remove-station"}},
        {"PUT /v1/stations/{station}/settlement",
         sends(Method::put, "/v1/stations/tan-hue/settlement", dump(settlement)),
         {"settle-clash"}},
        {"POST /v1/stations/{station}/enrolment",
         sends(Method::post, "/v1/stations/an-phong/enrolment"),
         {"issue-enrolment-code"}},
        {"DELETE /v1/stations/{station}/identity",
         sends(Method::delete_, "/v1/stations/tan-hue/identity"),
         {"retire-identity"}},
        {"POST /v1/enrolment", {}, {"enrol-station"}},  // no person's: see enrolment_test.cpp
        {"POST /v1/stations/{station}/airings", {}, {}, "what a station aired stands in the airings, for good"},
        {"POST /v1/stations/{station}/status", {}, {}, "what a station says of itself is nothing that anybody changes"},
    };
}

std::vector<Change> sound() {
    const auto piece = [](Desk& desk) {
        return Request{Method::patch, "/v1/uploads/" + desk.upload}
            .withHeader("Content-Type", "application/offset+octet-stream")
            .withHeader("Upload-Offset", "0")
            .withBody("12345");
    };
    return {
        {"POST /v1/uploads", sends(Method::post, "/v1/uploads", R"({"name":"c.wav","bytes":5})"), {"begin-upload"}},
        {"PATCH /v1/uploads/{upload}", piece, {"complete-upload"}},
        {"DELETE /v1/uploads/{upload}", deletes("/v1/uploads/", &Desk::refused), {"remove-upload"}},
        {"POST /v1/speech", sends(Method::post, "/v1/speech", R"({"title":"Tin","text":"Gọi ngay."})"), {"speak"}},
        {"DELETE /v1/media/{media}", sends(Method::delete_, "/v1/media/" + std::string(64, 'b')), {"remove-media"}},
    };
}

std::vector<Change> plan() {
    const Json draft{{"title", "Gọi 1022"},
                     {"media", std::string(64, 'a')},
                     {"targets", {"area:thanh-binh"}},
                     {"start", "2027-03-02T05:00:00"},
                     {"durationSeconds", 31}};
    const Json drop{{"scope", "occurrence"}, {"original", "2027-03-01T22:00:00Z"}, {"drop", true}};
    const auto replan = [](Desk& desk) {
        return Request{Method::put, "/v1/campaigns/" + desk.campaign}
            .withHeader("Content-Type", asJson)
            .withBody(dump(Desk::campaignBody(1)));
    };
    return {
        {"POST /v1/events", sends(Method::post, "/v1/events", dump(draft)), {"save-event"}, "", true},
        {"PUT /v1/events/{event}",
         sends(Method::put, "/v1/events/edited", TestOffice::calendar("edited", daily), asCalendar),
         {"save-event"},
         "",
         true},
        {"POST /v1/events/{event}/edits",
         sends(Method::post, "/v1/events/edited/edits", dump(drop)),
         {"save-event"},
         "",
         true},
        {"DELETE /v1/events/{event}", sends(Method::delete_, "/v1/events/removed"), {"remove-event"}},
        {"POST /v1/campaigns",
         sends(Method::post, "/v1/campaigns", dump(Desk::campaignBody(1))),
         {"save-campaign", "save-event"},
         "",
         true},
        {"PUT /v1/campaigns/{campaign}", replan, {"save-campaign", "remove-event"}, "", true},
        {"DELETE /v1/campaigns/{campaign}",
         deletes("/v1/campaigns/", &Desk::campaign),
         {"remove-campaign", "remove-event"}},
        {"POST /v1/feeds", sends(Method::post, "/v1/feeds", R"({"target":"area:thanh-binh"})"), {"share-feed"}},
        {"DELETE /v1/feeds/{feed}", deletes("/v1/feeds/", &Desk::feed), {"revoke-feed"}},
    };
}

std::function<Request(Desk&)> approvesEvent() {
    return [](Desk& desk) {
        return Request{Method::post, "/v1/events/waiting/approval"}.withHeader(
            "If-Match", reviewsOf(desk.office.scheduler, {EventId{"waiting"}}).tag);
    };
}

/// The step with the campaign that waits, as it is.
std::function<Request(Desk&)> takes(const std::string& step, const std::string& body = "") {
    return [=](Desk& desk) {
        auto& scheduler = desk.office.scheduler;
        Request request{Method::post, "/v1/campaigns/" + desk.waiting + '/' + step};
        if (!body.empty()) request.withHeader("Content-Type", asJson).withBody(body);
        return request.withHeader("If-Match", reviewsOf(scheduler, eventsOf(scheduler, CampaignId{desk.waiting})).tag);
    };
}

std::vector<Change> reviews() {
    const std::string reason = R"({"reason":"sai giờ"})";
    const auto submits = [](Desk& desk) {
        return Request{Method::post, "/v1/campaigns/" + desk.campaign + "/submission"};
    };
    return {
        {"POST /v1/events/{event}/submission", sends(Method::post, "/v1/events/edited/submission"), {"submit-event"}},
        {"POST /v1/events/{event}/approval", approvesEvent(), {"approve-event"}},
        {"POST /v1/events/{event}/rejection",
         sends(Method::post, "/v1/events/waiting/rejection", reason),
         {"reject-event"}},
        {"POST /v1/events/{event}/withdrawal",
         sends(Method::post, "/v1/events/waiting/withdrawal"),
         {"withdraw-event"}},
        {"POST /v1/campaigns/{campaign}/submission", submits, {"submit-event"}, "", false, true},
        {"POST /v1/campaigns/{campaign}/approval", takes("approval"), {"approve-event"}},
        {"POST /v1/campaigns/{campaign}/rejection", takes("rejection", reason), {"reject-event"}},
        {"POST /v1/campaigns/{campaign}/withdrawal", takes("withdrawal"), {"withdraw-event"}},
        {"POST /v1/media/{media}/heard",
         sends(Method::post, "/v1/media/" + std::string(64, 'a') + "/heard"),
         {"report-heard"}},
    };
}

std::vector<Change> orders() {
    const std::string order = "/v1/orders/" + std::string(32, '1');
    const std::string templates = "/v1/order-templates/";
    const Json wish{{"type", "emergency"},
                    {"targets", {"area:thanh-binh"}},
                    {"template", std::string(16, '1')},
                    {"repeats", 1},
                    {"validSeconds", 600}};
    const Json ready{{"type", "drill"}, {"title", "Diễn tập"}, {"media", std::string(64, 'a')}};
    const auto byOfficer = [](const std::string& route, const std::function<Request(Desk&)>& request,
                              const Verbs& verbs) {
        return Change{route, request, verbs, "", false, false, &Desk::officer};
    };
    const std::string confirmation = R"({"type":"emergency"})";
    return {
        byOfficer("POST /v1/orders", sends(Method::post, "/v1/orders", dump(wish)), {"make-order"}),
        byOfficer("POST /v1/orders/{order}/alone", sends(Method::post, order + "/alone"), {"send-order-alone"}),
        {"POST /v1/orders/{order}/confirmation",
         sends(Method::post, order + "/confirmation", confirmation),
         {"confirm-order"}},
        {"POST /v1/orders/{order}/cancellation", sends(Method::post, order + "/cancellation"), {"cancel-order"}},
        {"PUT /v1/stations/{station}/mute", sends(Method::put, "/v1/stations/tan-hue/mute"), {"mute"}},
        {"DELETE /v1/stations/{station}/mute", sends(Method::delete_, "/v1/stations/tan-hue/mute"), {"unmute"}},
        {"PUT /v1/areas/{area}/mute", sends(Method::put, "/v1/areas/thanh-binh/mute"), {"mute"}},
        {"DELETE /v1/areas/{area}/mute", sends(Method::delete_, "/v1/areas/thanh-binh/mute"), {"unmute"}},
        {"PUT /v1/stations/{station}/drills", sends(Method::put, "/v1/stations/tan-hue/drills"), {"join-drills"}},
        {"DELETE /v1/stations/{station}/drills",
         sends(Method::delete_, "/v1/stations/tan-hue/drills"),
         {"leave-drills"}},
        {"POST /v1/order-templates", sends(Method::post, "/v1/order-templates", dump(ready)), {"make-order-template"}},
        {"POST /v1/order-templates/{template}/approval",
         sends(Method::post, templates + std::string(16, '2') + "/approval"),
         {"approve-order-template"}},
        {"DELETE /v1/order-templates/{template}",
         sends(Method::delete_, templates + std::string(16, '1')),
         {"remove-order-template"}},
        {"POST /v1/stations/{station}/order-reports",
         {},
         {},
         "what became of an order at a station stands with the order, for good"},
    };
}

std::vector<Change> ownAccount() {
    const Json password{{"password", commonPassword}};
    const Json chosen{{"password", commonPassword}, {"newPassword", "một câu dài và khó đoán"}};
    const auto signsIn =
        sends(Method::post, "/v1/session", dump(Json{{"name", "author"}, {"password", commonPassword}}));
    const auto begins = sends(Method::post, "/v1/session/second-factor");
    const auto confirms = [begins](Desk& desk) {
        const auto begun = parseJson(desk.ask(begins(desk), desk.author).text());
        const auto code = codeAt(begun.at("secret"), desk.office.clock.now());
        return Request{Method::put, "/v1/session/second-factor"}
            .withHeader("Content-Type", asJson)
            .withBody(dump(Json{{"code", code}}));
    };
    const auto own = [](const std::string& route, const std::function<Request(Desk&)>& request, const Verbs& verbs) {
        return Change{route, request, verbs, "", false, false, &Desk::author};
    };
    return {
        own("POST /v1/session", signsIn, {"sign-in"}),
        own("DELETE /v1/session", sends(Method::delete_, "/v1/session"), {"sign-out"}),
        own("POST /v1/session/confirmation", sends(Method::post, "/v1/session/confirmation", dump(password)),
            {"confirm-session"}),
        own("POST /v1/session/password", sends(Method::post, "/v1/session/password", dump(chosen)),
            {"change-password"}),
        own("POST /v1/session/second-factor", begins, {"begin-second-factor"}),
        own("PUT /v1/session/second-factor", confirms, {"begin-second-factor", "confirm-second-factor"}),
    };
}

std::vector<Change> access() {
    const Json roles = Json::array({{{"role", "author"}, {"area", "tan-hue"}}});
    const Json minh{{"id", "minh"}, {"name", "Minh"}, {"roles", roles}};
    const Json lan{{"name", "Lan"}, {"roles", roles}};
    return {
        {"POST /v1/people", sends(Method::post, "/v1/people", dump(minh)), {"add-person"}},
        {"PUT /v1/people/{person}", sends(Method::put, "/v1/people/lan", dump(lan)), {"change-person"}},
        {"DELETE /v1/people/{person}", sends(Method::delete_, "/v1/people/lan"), {"disable-person"}},
        {"POST /v1/people/{person}/reset", sends(Method::post, "/v1/people/lan/reset"), {"reset-person"}},
        {"POST /v1/people/{person}/vouching", sends(Method::post, "/v1/people/lan/vouching"), {"vouch-for-person"}},
        {"POST /v1/tokens", sends(Method::post, "/v1/tokens", R"({"name":"máy","rights":["draft"]})"), {"issue-token"}},
        {"DELETE /v1/tokens/{token}", deletes("/v1/tokens/", &Desk::token), {"revoke-token"}},
    };
}

std::vector<Change> allChanges() {
    auto all = places();
    for (const auto& some : {sound(), plan(), reviews(), orders(), ownAccount(), access()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

Response answerTo(Desk& desk, const Change& change, bool preview) {
    auto request = change.request(desk);
    if (preview) {
        Request previewing{request.method(), request.path() + "?preview=true"};
        for (const char* field : {"Content-Type"})
            if (const auto value = request.header(field)) previewing.withHeader(field, std::string{*value});
        request = std::move(previewing.withBody(request.body()));
    }
    return change.by ? desk.ask(std::move(request), desk.*change.by) : desk.ask(request);
}

/// One of each, and of the last as many as there are.
Verbs inShort(Verbs verbs) {
    verbs.erase(std::unique(verbs.begin(), verbs.end()), verbs.end());
    return verbs;
}

}  // namespace

TEST_CASE("routes: every route that changes something says what it leaves in the audit trail") {
    std::set<std::string> said;
    for (const auto& change : allChanges()) {
        said.insert(change.route);
        CHECK(change.verbs.empty() != change.whyNone.empty());
    }
    std::set<std::string> there;
    for (const auto& table : allRoutes())
        for (const auto& route : table)
            if (route.method != Method::get) there.insert(name(route));
    CHECK(said == there);
}

TEST_CASE("routes: each change leaves an entry for everything it changed, by whom and from where, and a preview none") {
    for (const auto& change : allChanges()) {
        if (!change.request) continue;
        CAPTURE(change.route);
        Desk desk;
        auto& database = desk.office.database;
        const auto before = newestOf(database);
        if (change.hasPreview) {
            CHECK(answerTo(desk, change, true).status() == 200);
            CHECK(newestOf(database) == before);
        }
        const auto answer = answerTo(desk, change, false);
        CAPTURE(answer.text());
        CHECK(answer.status() / 100 == 2);
        CHECK(inShort(verbsOf(database, before)) == change.verbs);
        if (change.verbs.size() == 1 && !change.hasMany) CHECK(newestOf(database) == before + 1);
        for (const auto& entry : trailOf(database, before))
            CHECK((entry.actor.kind == Actor::Kind::person && entry.actor.address == "10.0.0.1"));
    }
}

TEST_CASE("audit: F99 a thousand writes, allowed and refused by turns, leave exactly the entries they should") {
    Served served;
    const auto before = newestOf(served.office.database);
    constexpr int writes = 1000;
    for (int i = 0; i < writes; ++i) {
        const bool allowed = i % 2 == 0;
        const auto body = R"({"name":"lần )" + std::to_string(i) + (allowed ? R"("})" : R"(","parent":"nowhere"})");
        CHECK(served.ask(Method::put, "/v1/areas/flood", body).status() == (allowed ? 200 : 422));
    }
    const auto trail = trailOf(served.office.database, before);
    REQUIRE(trail.size() == writes / 2);
    for (int i = 0; i < writes / 2; ++i) {
        const auto& entry = trail[static_cast<std::size_t>(i)];
        CHECK(entry.number == before + i + 1);
        CHECK(parseJson(entry.after).at("name") == "lần " + std::to_string(2 * i));
    }
}

TEST_CASE("audit: the trail is read newest first, page by page, by time, object and actor") {
    Served served;
    auto& office = served.office;
    office.clock.set(at("2027-03-01T05:00:00Z"));
    for (int i = 0; i < 205; ++i) office.addArea(i % 2 ? "phu-loi" : "an-long", std::nullopt);
    const auto newest = newestOf(office.database);
    const auto first = served.json(Method::get, "/v1/audit");
    REQUIRE(first.at("entries").size() == 200);
    CHECK(first.at("entries").at(0).at("number") == newest);
    CHECK(first.at("next") == newest - 199);
    const auto second = served.json(Method::get, "/v1/audit?before=" + std::to_string(newest - 199));
    CHECK(second.at("entries").size() == static_cast<std::size_t>(newest - 200));
    CHECK(second.at("entries").at(0).at("number") == newest - 200);
    CHECK_FALSE(second.contains("next"));
    const auto count = [&](const std::string& query) {
        return served.json(Method::get, "/v1/audit?" + query).at("entries").size();
    };
    CHECK(count("object=area:phu-loi") == 102);
    CHECK(count("object=area:phu-loi&actor=nobody") == 0);
    CHECK(count("to=2027-03-01T05:00:00Z") == static_cast<std::size_t>(newest - 205));
    CHECK(count("from=2027-03-01T05:00:00Z&object=area:an-long") == 103);
    CHECK(served.refusal(Method::get, "/v1/audit?before=0") == "bad-before");
    CHECK(served.refusal(Method::get, "/v1/audit?from=today") == "bad-instant");
    const auto entry = first.at("entries").at(1);
    CHECK(entry.at("actor").at("kind") == "program");
    CHECK(entry.at("before") == Json{{"id", "phu-loi"}, {"name", "địa bàn phu-loi"}});
    CHECK(entry.at("before") == entry.at("after"));
}

TEST_CASE("audit: the verification says that the trail is intact, and where it is no more") {
    Served served;
    auto& office = served.office;
    const auto verify = [&] { return served.json(Method::get, "/v1/audit/verification"); };
    CHECK(verify().at("breaks").at(0).at("code") == "heads-missing");
    const auto head = writeAuditHead(office.scheduler.auditHeads, office.database, office.clock, office.key);
    CHECK(verify() == Json{{"intact", true},
                           {"entries", head.number},
                           {"newestHead", {{"day", "2027-02-28"}, {"number", head.number}, {"hash", head.hash}}},
                           {"breaks", Json::array()},
                           {"restores", Json::array()}});
    forge(office.directory.path() / "loa.db", {"UPDATE audit_entry SET actor_name = 'minh' WHERE number = 2"});
    const auto broken = verify();
    CHECK_FALSE(broken.at("intact"));
    CHECK(broken.at("breaks").size() == 1);
    CHECK(broken.at("breaks").at(0).at("code") == "entry-changed");
    CHECK(broken.at("breaks").at(0).at("number") == 2);
}
