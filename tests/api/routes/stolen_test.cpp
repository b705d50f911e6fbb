// A session or a token in wrong hands: what it is good for, and that it ends at once, wherever it is being used.
#include <doctest/doctest.h>

#include <functional>

#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

const std::string draft = R"({"title": "Gọi 1022", "class": "normal", "targets": ["station:tan-hue"], "media": ")" +
                          std::string(64, 'a') +
                          R"(", "policy": {"start": "soft", "preempt": "drop", "overrun": "finishCurrent",
                          "lateJoin": "skip", "graceSeconds": 30}, "start": "2027-03-02T05:00:00",
                          "zone": "Asia/Ho_Chi_Minh", "durationSeconds": 31})";

/// "lan" writes for all of the office. Another port has a router of its own, as the program's have.
struct Stolen : Served {
    Router otherPort{authenticatorFor(office.scheduler), [](const std::string&) {}, browserNamesFor(office.scheduler)};
    PersonId lan = personOf(office, "lan", {{Role::author, {}}}).id;

    Stolen() {
        addRoutes(otherPort, office.scheduler);
        office.addMedia('a', 31);
    }
    std::string session() { return loa::test::sessionOf(office, lan); }
    /// Good for as much as any token of theirs can be.
    std::string token() {
        auto rights = rightsForTokens();
        std::erase_if(rights, [](Right right) { return !has(Role::author, right); });
        return issuePersonalToken(office.scheduler, lan, "máy", rights, std::nullopt).secret;
    }
    Response send(Method method, const std::string& path, const std::string& body, const std::string& secret,
                  const std::string& tag = "") {
        Request request{method, path};
        if (!body.empty()) request.withHeader("Content-Type", "application/json").withBody(body);
        if (!tag.empty()) request.withHeader("If-Match", tag);
        return ask(std::move(request), secret);
    }
    int statusAt(const Router& port, const std::string& secret) const {
        return port.respond(by(Request{Method::get, "/v1/events"}, secret)).status();
    }
    std::size_t slots() { return json(Method::get, "/v1/stations/tan-hue/plan?day=2027-03-02").at("slots").size(); }
};

}  // namespace

TEST_CASE("F59 stolen: an author's session or token drafts, and approves nothing, its own or another's") {
    Stolen office;
    auto hearing = office.office.scheduler;
    hearing.actor = {Actor::Kind::person, "lan", ""};
    noteServed(hearing, MediaId{std::string(64, 'a')}, 0, 10, 10);
    reportHeard(hearing, MediaId{std::string(64, 'a')});
    for (const auto& secret : {office.session(), office.token()})
        for (const auto& writer : {secret, office.clerk}) {
            const auto drafted = office.send(Method::post, "/v1/events", draft, writer);
            CAPTURE(drafted.text());
            REQUIRE(drafted.status() == 201);
            const std::string path{*drafted.header("Location")};
            CHECK(office.send(Method::post, path + "/submission", "", writer).status() == 200);
            const auto seen = office.ask(Request{Method::get, path + "/review"}, secret);
            const std::string tag{seen.header("ETag").value_or("")};
            for (const char* step : {"/approval", "/rejection"}) {
                const std::string body = step == std::string{"/rejection"} ? R"({"reason": "x"})" : "";
                const auto answer = office.send(Method::post, path + step, body, secret, tag);
                CHECK(answer.status() == 403);
            }
            CHECK(parseJson(office.ask(Request{Method::get, path + "/review"}, office.clerk).text()).at("state") ==
                  "submitted");
        }
    CHECK(office.slots() == 0);
    CHECK(office.json(Method::get, "/v1/reviews?state=approved").at("reviews").empty());
}

TEST_CASE("F59 stolen: an author's session or token is refused on every route that is not an author's") {
    Stolen office;
    const auto before = office.office.database.changes();
    std::vector<std::string> secrets{office.session()};
    secrets.push_back(office.token());
    const auto made = office.office.database.changes();
    CHECK(made != before);
    int refused = 0;
    for (const auto& table : allRoutes())
        for (const auto& route : table)
            for (const auto& secret : secrets) {
                if (!route.access.right) continue;
                const bool isToken = secret.starts_with("loa_person_");
                const bool mayHave =
                    has(Role::author, *route.access.right) && (!isToken || isForTokens(*route.access.right));
                if (mayHave) continue;
                CAPTURE(route.pattern);
                CAPTURE(isToken);
                std::string path{route.pattern};
                for (auto at = path.find('{'); at != std::string::npos; at = path.find('{'))
                    path.replace(at, path.find('}') - at + 1,
                                 path.substr(at).starts_with("{person}") ? "lan" : "tan-hue");
                const auto status = office.send(route.method, path, route.bodyLimit > 0 ? "{}" : "", secret).status();
                CHECK((status == 403 || status == 404));
                ++refused;
            }
    CHECK(refused > 40);
    CHECK(office.office.database.changes() == made);
}

TEST_CASE("F59 stolen: whatever ends it ends all sessions and tokens, at every port, by the next request") {
    const auto shown = [](Stolen& office, const std::vector<std::string>& secrets, int expected) {
        for (const auto& secret : secrets)
            for (const auto* port : {&office.router, &office.otherPort})
                CHECK(office.statusAt(*port, secret) == expected);
    };
    const std::vector<std::pair<const char*, std::function<void(Stolen&)>>> ends{
        {"disabled",
         [](Stolen& office) {
             CHECK(office.send(Method::delete_, "/v1/people/lan", "", office.admin).status() == 204);
         }},
        {"reset",
         [](Stolen& office) {
             CHECK(office.send(Method::post, "/v1/people/lan/reset", "", office.admin).status() == 200);
         }},
        {"another role",
         [](Stolen& office) {
             const auto body = R"({"name": "Lan", "roles": [{"role": "author", "area": "tan-hue"}]})";
             CHECK(office.send(Method::put, "/v1/people/lan", body, office.admin).status() == 200);
         }},
        {"a new password",
         [](Stolen& office) {
             const auto body = dump({{"password", commonPassword}, {"newPassword", "một mật khẩu khác"}});
             CHECK(office.send(Method::post, "/v1/session/password", body, office.session()).status() == 200);
         }},
        {"by the command line, a program of its own",
         [](Stolen& office) {
             Database beside{office.office.directory.path() / "loa.db", office.office.clock.now()};
             resetPerson({beside, office.office.clock, office.office.door}, PersonId{"lan"});
         }},
    };
    for (const auto& [how, end] : ends) {
        CAPTURE(how);
        Stolen office;
        const std::vector<std::string> secrets{office.session(), office.session(), office.token(), office.token()};
        shown(office, secrets, 200);
        end(office);
        shown(office, secrets, 401);
    }
}

TEST_CASE("F59 stolen: on no route does a body do anything whose sender's access ended while it was under way") {
    Stolen office;
    int tried = 0;
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            if (route.bodyLimit == 0 || route.access.access == Access::anyone) continue;
            if (route.access.access == Access::station) continue;
            if (route.access.access == Access::newStation) continue;  // nobody sends it
            CAPTURE(route.pattern);
            std::string path{route.pattern};
            for (auto at = path.find('{'); at != std::string::npos; at = path.find('{'))
                path.replace(at, path.find('}') - at + 1, "tan-hue");
            for (const bool isToken : {false, true}) {
                const auto secret = isToken ? office.token() : office.session();
                const auto type =
                    route.method == Method::patch ? "application/offset+octet-stream" : "application/json";
                auto request = by(Request{route.method, path}, secret).withHeader("Content-Type", type);
                const auto admission = office.router.admit(request);  // by the head alone
                REQUIRE_FALSE(admission.refusal);
                disablePerson(office.office.scheduler, office.lan);
                const auto ended = office.office.database.changes();
                request.withBody(draft);
                CHECK(office.router.answer(admission, request).status() == 401);
                CHECK(office.office.database.changes() == ended);
                personOf(office.office, "lan", {{Role::author, {}}});  // taken in again
                ++tried;
            }
        }
    CHECK(tried > 30);
}
