// What the routes leave in the audit trail, and what they show of it.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "tests/api/routes/full_desk.h"
#include "tests/support/audit_trail.h"

using namespace loa;
using namespace loa::test;

namespace {

using Verbs = std::vector<std::string>;
constexpr const char* asCalendar = "text/calendar";

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
