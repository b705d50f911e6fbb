// Every route x every role x what is their own, what is the neighbour's and what is not there. The right answers are in
// the table below; a route without a row, or a row without a route, fails.
#include <doctest/doctest.h>

#include <map>

#include "scheduler/operations/import_events.h"
#include "scheduler/operations/order_board.h"
#include "scheduler/operations/send_order.h"
#include "tests/api/routes/communes.h"
#include "tests/support/audit_trail.h"

using namespace loa;
using namespace loa::test;

namespace {

/// Which roles may: author, approver, operator, duty officer, auditor, admin, in the order of Role.
const std::map<std::string, std::string> rightAnswers{
    {"POST /v1/session/confirmation", "xxxxxx"},
    {"POST /v1/session/password", "xxxxxx"},
    {"POST /v1/session/second-factor", "xxxxxx"},
    {"PUT /v1/session/second-factor", "xxxxxx"},
    {"GET /v1/people", "-----x"},
    {"POST /v1/people", "-----x"},
    {"GET /v1/people/{person}", "-----x"},
    {"PUT /v1/people/{person}", "-----x"},
    {"DELETE /v1/people/{person}", "-----x"},
    {"POST /v1/people/{person}/reset", "-----x"},
    {"POST /v1/people/{person}/vouching", "-----x"},
    {"GET /v1/tokens", "xxxxxx"},
    {"POST /v1/tokens", "xxxxxx"},
    {"DELETE /v1/tokens/{token}", "xxxxxx"},
    {"POST /v1/stations/{station}/enrolment", "-----x"},
    {"DELETE /v1/stations/{station}/identity", "-----x"},
    {"GET /v1/areas", "xxxxxx"},
    {"GET /v1/areas/{area}", "xxxxxx"},
    {"PUT /v1/areas/{area}", "-----x"},
    {"DELETE /v1/areas/{area}", "-----x"},
    {"GET /v1/areas/{area}/plan", "xxxxxx"},
    {"GET /v1/areas/{area}/airtime", "xxxxxx"},
    {"PUT /v1/areas/{area}/airtime", "-x----"},
    {"GET /v1/stations", "xxxxxx"},
    {"GET /v1/stations/{station}", "xxxxxx"},
    {"PUT /v1/stations/{station}", "-----x"},
    {"DELETE /v1/stations/{station}", "-----x"},
    {"GET /v1/stations/{station}/plan", "xxxxxx"},
    {"GET /v1/stations/{station}/clashes", "xxxxxx"},
    {"PUT /v1/stations/{station}/settlement", "-x----"},
    {"GET /v1/stations/{station}/manifest", "xxxxxx"},
    {"GET /v1/stations/{station}/airings", "xxxxxx"},
    {"POST /v1/uploads", "x--x--"},
    {"GET /v1/uploads/{upload}", "x--x--"},
    {"PATCH /v1/uploads/{upload}", "x--x--"},
    {"DELETE /v1/uploads/{upload}", "x--x--"},
    {"POST /v1/speech", "x--x--"},
    {"GET /v1/orders", "xxxxxx"},
    {"POST /v1/orders", "---x--"},
    {"GET /v1/orders/{order}", "xxxxxx"},
    {"GET /v1/orders/{order}/stations", "xxxxxx"},
    {"POST /v1/orders/{order}/confirmation", "-x-x--"},
    {"POST /v1/orders/{order}/alone", "---x--"},
    {"POST /v1/orders/{order}/cancellation", "-xxx-x"},
    {"GET /v1/mutes", "xxxxxx"},
    {"PUT /v1/stations/{station}/mute", "-xxx-x"},
    {"DELETE /v1/stations/{station}/mute", "-xxx-x"},
    {"PUT /v1/areas/{area}/mute", "-xxx-x"},
    {"DELETE /v1/areas/{area}/mute", "-xxx-x"},
    {"GET /v1/drills", "xxxxxx"},
    {"PUT /v1/stations/{station}/drills", "--x--x"},
    {"DELETE /v1/stations/{station}/drills", "--x--x"},
    {"GET /v1/order-templates", "xxxxxx"},
    {"POST /v1/order-templates", "x--x--"},
    {"DELETE /v1/order-templates/{template}", "x--x--"},
    {"POST /v1/order-templates/{template}/approval", "-x----"},
    {"GET /v1/media", "xxxxxx"},
    {"GET /v1/media/{media}", "xxxxxx"},
    {"DELETE /v1/media/{media}", "x-----"},
    {"GET /v1/media/{media}/facts", "xxxxxx"},
    {"GET /v1/events", "xxxxxx"},
    {"POST /v1/events", "x-----"},
    {"GET /v1/events/{event}", "xxxxxx"},
    {"PUT /v1/events/{event}", "x-----"},
    {"DELETE /v1/events/{event}", "x-----"},
    {"POST /v1/events/{event}/edits", "x-----"},
    {"GET /v1/occurrences", "xxxxxx"},
    {"GET /v1/campaigns", "xxxxxx"},
    {"POST /v1/campaigns", "x-----"},
    {"GET /v1/campaigns/{campaign}", "xxxxxx"},
    {"PUT /v1/campaigns/{campaign}", "x-----"},
    {"DELETE /v1/campaigns/{campaign}", "x-----"},
    {"POST /v1/feeds", "xx----"},
    {"GET /v1/feeds", "xx----"},
    {"DELETE /v1/feeds/{feed}", "xx----"},
    {"GET /v1/reviews", "xxxxxx"},
    {"GET /v1/events/{event}/review", "xxxxxx"},
    {"POST /v1/events/{event}/submission", "x-----"},
    {"POST /v1/events/{event}/approval", "-x----"},
    {"POST /v1/events/{event}/rejection", "-x----"},
    {"POST /v1/events/{event}/withdrawal", "xx----"},
    {"GET /v1/campaigns/{campaign}/review", "xxxxxx"},
    {"POST /v1/campaigns/{campaign}/submission", "x-----"},
    {"POST /v1/campaigns/{campaign}/approval", "-x----"},
    {"POST /v1/campaigns/{campaign}/rejection", "-x----"},
    {"POST /v1/campaigns/{campaign}/withdrawal", "xx----"},
    {"POST /v1/media/{media}/heard", "xxxxxx"},
    {"GET /v1/as-run", "xxxxxx"},
    {"GET /v1/audit", "----xx"},
    {"GET /v1/audit/verification", "----xx"},
};

std::string nameOf(const SchedulerRoute& route) {
    return std::string{toText(route.method)} + ' ' + std::string{route.pattern};
}

std::vector<SchedulerRoute> routesWithRights() {
    std::vector<SchedulerRoute> routes;
    for (const auto& table : allRoutes())
        for (const auto& route : table)
            if (route.access.right) routes.push_back(route);
    return routes;
}

/// An id of the same kind that nothing has.
Names nothing() {
    return {{"station", "nowhere"},
            {"area", "nowhere"},
            {"event", "nowhere"},
            {"campaign", "nowhere"},
            {"media", std::string(64, 'f')},
            {"upload", std::string(32, 'f')},
            {"feed", "nowhere"},
            {"order", std::string(32, 'f')},
            {"template", "nowhere"},
            {"person", "nowhere"},
            {"token", "nowhere"}};
}

/// The answer as it would read for any id.
std::string anonymous(const Response& answer, const SchedulerRoute& route, const Names& names) {
    auto text = std::to_string(answer.status()) + answer.text();
    for (const auto& [kind, name] : names) {
        if (route.pattern.find('{' + kind + '}') == std::string_view::npos) continue;
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name))
            text.replace(at, name.size(), "*");
    }
    return text;
}

std::size_t indexOf(Role role) {
    return static_cast<std::size_t>(role);
}

}  // namespace

TEST_CASE("rights: every route that asks for one has its row, and no row is without a route") {
    std::set<std::string> named;
    for (const auto& route : routesWithRights()) named.insert(nameOf(route));
    std::set<std::string> rows;
    for (const auto& [name, roles] : rightAnswers) rows.insert(name);
    CHECK(named == rows);
}

TEST_CASE("rights: every role at every route, with what is their own: let through or 403, as the table says, F74") {
    Communes communes;
    for (const auto& route : routesWithRights())
        for (const auto& [role, session] : communes.sessions) {
            CAPTURE(nameOf(route));
            CAPTURE(toText(role));
            const bool may = rightAnswers.at(nameOf(route))[indexOf(role)] == 'x';
            if (route.pattern.find("{token}") != std::string_view::npos) continue;  // one's own: see below
            CHECK(communes.gate(route, communes.own, session) == (may ? 0 : 403));
        }
}

TEST_CASE("rights: what is the neighbour's is told from what is not there by no role at no route, F73") {
    Communes communes;
    const auto none = nothing();
    for (const auto& route : routesWithRights()) {
        const auto bare = route.pattern.find('{') == std::string_view::npos;
        // Who makes one of these chooses its name, and is told where that is taken: see below.
        const bool makes = route.method == Method::put &&
                           (route.pattern == "/v1/areas/{area}" || route.pattern == "/v1/stations/{station}" ||
                            route.pattern == "/v1/events/{event}");
        if (bare || makes) continue;
        for (const auto& [role, session] : communes.sessions) {
            CAPTURE(nameOf(route));
            CAPTURE(toText(role));
            const auto foreign = communes.askFor(route, communes.theirs, session);
            const auto missing = communes.askFor(route, none, session);
            CHECK(foreign.status() == 404);
            CHECK(anonymous(foreign, route, communes.theirs) == anonymous(missing, route, none));
        }
    }
}

TEST_CASE("rights: what may be done at one place may not be done at another that is only seen, at no route, F73") {
    Communes communes;
    const auto mayAuditor = [](const SchedulerRoute& route) {
        return rightAnswers.at(nameOf(route))[indexOf(Role::auditor)] == 'x';
    };
    for (const auto& [role, word] : choiceWords<Role>) {
        const auto session = communes.sessionOf("hai-noi-" + std::to_string(indexOf(role)),
                                                {{role, AreaId{"tan-hue"}}, {Role::auditor, AreaId{"an-phong"}}});
        for (const auto& route : routesWithRights()) {
            // Of media the operation says at which of its places; tokens are one's own.
            const bool isElsewhere = route.pattern.find('{') == std::string_view::npos ||
                                     route.pattern == "/v1/media/{media}" ||
                                     route.pattern.find("{token}") != std::string_view::npos;
            if (isElsewhere) continue;
            CAPTURE(nameOf(route));
            CAPTURE(word);
            CHECK(communes.gate(route, communes.theirs, session) == (mayAuditor(route) ? 0 : 403));
        }
    }
    const auto author =
        communes.sessionOf("hai-noi", {{Role::author, AreaId{"tan-hue"}}, {Role::auditor, AreaId{"an-phong"}}});
    const auto refusal = [&](const std::string& path, const std::string& body, const char* type = "application/json") {
        Request request{Method::post, path};
        const auto answer = communes.ask(request.withBody(body).withHeader("Content-Type", type), author);
        return answer.status() < 400 ? std::string{"done"} : Served::refusal(answer);
    };
    const auto calendar = TestOffice::calendar("x", "DTSTART:20270303T220000Z\r\n", "urn:loa:station:an-phong");
    CHECK(refusal("/v1/events?preview=false", calendar, "text/calendar") == "forbidden");
    CHECK(refusal("/v1/feeds", R"({"target":"station:an-phong"})") == "forbidden");
    const Json campaign{{"title", "x"},
                        {"targets", {"station:an-phong"}},
                        {"announcements", {std::string(64, 'a')}},
                        {"first", "2027-03-09"},
                        {"last", "2027-03-09"},
                        {"airingsPerDay", 1}};
    CHECK(refusal("/v1/campaigns?preview=true", dump(campaign)) == "forbidden");
}

TEST_CASE("rights: no list, plan, report or filter shows what is the neighbour's, F73") {
    Communes communes;
    publishManifests(communes.office.scheduler);
    mute(communes.office.scheduler, AreaId{"thanh-binh"});
    setDrills(communes.office.scheduler, StationId{"an-phong"}, true);
    for (const char* path : {"/v1/areas", "/v1/stations", "/v1/events", "/v1/campaigns", "/v1/media", "/v1/people",
                             "/v1/feeds", "/v1/tokens", "/v1/orders", "/v1/mutes", "/v1/drills", "/v1/order-templates",
                             "/v1/reviews?state=draft", "/v1/as-run?from=2027-01-01&to=2027-12-31",
                             "/v1/occurrences?from=2027-03-01T00:00:00Z&to=2027-03-09T00:00:00Z",
                             "/v1/areas/tan-hue/plan?day=2027-03-02", "/v1/stations/tan-hue/plan", "/v1/session"})
        for (const auto& [role, session] : communes.sessions) {
            CAPTURE(std::string{path});
            CAPTURE(toText(role));
            for (const char* accept : {"application/json", "text/calendar", "text/csv"}) {
                const auto answer =
                    whole(communes.ask(Request{Method::get, path}.withHeader("Accept", accept), session));
                CAPTURE(answer);
                CHECK(communes.foreignIn(answer) == "");
            }
        }
    const auto& auditor = communes.sessions.at(Role::auditor);
    for (const char* path : {"/v1/as-run?from=2027-01-01&to=2027-12-31&station=an-phong",
                             "/v1/as-run?from=2027-01-01&to=2027-12-31&area=an-phong",
                             "/v1/as-run?from=2027-01-01&to=2027-12-31&area=thanh-binh",
                             "/v1/occurrences?from=2027-03-01T00:00:00Z&to=2027-03-09T00:00:00Z&station=an-phong"})
        CHECK(communes.ask(Request{Method::get, path}, auditor).status() == 404);
    CHECK(whole(communes.ask(Request{Method::get, "/v1/stations"}, auditor)).find("tan-hue") != std::string::npos);
}

TEST_CASE("rights: the audit trail is one chain, and opens to who sees the whole office alone, F73") {
    Communes communes;
    const auto status = [&](const std::string& path, const std::string& session) {
        return communes.ask(Request{Method::get, path}, session).status();
    };
    const auto whole = communes.sessionOf("thanh-tra", {{Role::auditor, {}}});
    const auto keeper = communes.sessionOf("quan-tri", {{Role::admin, {}}});
    for (const char* path : {"/v1/audit", "/v1/audit/verification"}) {
        CHECK(status(path, communes.sessions.at(Role::auditor)) == 403);
        CHECK(status(path, communes.sessions.at(Role::admin)) == 403);
        CHECK(status(path, whole) == 200);
        CHECK(status(path, keeper) == 200);
    }
}

TEST_CASE("rights: at every path HEAD asks for the right of GET, and methods it has no row for do nothing, F74") {
    Communes communes;
    std::map<std::string_view, std::set<Method>> paths;
    for (const auto& table : allRoutes())
        for (const auto& route : table) paths[route.pattern].insert(route.method);
    for (const auto& route : routesWithRights())
        for (const auto& [role, session] : communes.sessions) {
            if (route.method != Method::get || rightAnswers.at(nameOf(route))[indexOf(role)] == 'x') continue;
            CAPTURE(nameOf(route));
            CAPTURE(toText(role));
            Request head{Method::head, filled(std::string{route.pattern}, communes.own)};
            CHECK(communes.ask(std::move(head), session).status() == 403);
        }
    const auto before = newestOf(communes.office.database);
    for (const auto& [pattern, methods] : paths)
        for (const auto method : {Method::post, Method::put, Method::patch, Method::delete_, Method::options})
            for (const auto& [role, session] : communes.sessions) {
                if (methods.contains(method)) continue;
                CAPTURE(pattern);
                CAPTURE(toText(method));
                const auto answer = communes.ask(Request{method, filled(std::string{pattern}, communes.own)}, session);
                CHECK(answer.status() == (method == Method::options ? 204 : 405));
                CHECK(answer.header("Allow").has_value());
            }
    CHECK(newestOf(communes.office.database) == before);
}

TEST_CASE("rights: HEAD, another method and override headers open nothing that the role may not, F74") {
    Communes communes;
    const auto& worker = communes.sessions.at(Role::operator_);
    const auto ask = [&](Request request) { return communes.ask(std::move(request), worker).status(); };
    CHECK(ask(Request{Method::head, "/v1/people"}) == 403);
    CHECK(ask(Request{Method::head, "/v1/feeds"}) == 403);
    for (const char* header : {"X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"}) {
        CHECK(ask(Request{Method::get, "/v1/events/event-tan-hue"}.withHeader(header, "DELETE")) == 200);
        CHECK(ask(Request{Method::post, "/v1/events/event-tan-hue"}.withHeader(header, "GET")) == 405);
    }
    CHECK(ask(Request{Method::delete_, "/v1/events/event-tan-hue"}) == 403);
    CHECK(ask(Request{Method::get, "/v1/events/event-tan-hue"}) == 200);
}

TEST_CASE("rights: who is held back is told what ends it, and admins and auditors are told of them on sign-in") {
    Communes communes;
    giveAlone(communes.office, PersonId{"approver"}, "admin");
    Request request{Method::post, "/v1/events/event-tan-hue/approval"};
    CHECK(Served::refusal(communes.ask(request, communes.sessions.at(Role::approver))) == "second-admin-first");
    CHECK(Served::refusal(communes.ask(request, communes.sessions.at(Role::author))) == "forbidden");
    for (const auto& [role, session] : communes.sessions) {
        const auto told = parseJson(communes.ask(Request{Method::get, "/v1/session"}, session).text()).at("toVouchFor");
        CHECK(told.size() == (has(role, Right::seeAudit) ? 1 : 0));
    }
}
