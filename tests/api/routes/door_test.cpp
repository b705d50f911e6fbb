// Signing in over HTTP, and what a browser could be made to do.
#include <doctest/doctest.h>

#include "scheduler/operations/import_events.h"
#include "scheduler/people/second_factor.h"
#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

struct AtTheDoor : Served {
    Response send(Method method, const std::string& path, const Json& body, const std::string& session = "") {
        Request request{method, path};
        request.withHeader("Content-Type", "application/json").withBody(body.is_null() ? "" : dump(body));
        return ask(std::move(request), session);
    }
    Response signIn(const std::string& name, const std::string& password) {
        return send(Method::post, "/v1/session", {{"name", name}, {"password", password}});
    }
    /// The session in the cookie of an answer.
    static std::string cookie(const Response& answer) {
        const std::string field{answer.header("Set-Cookie").value_or("")};
        const auto begin = field.find('=') + 1;
        return field.substr(begin, field.find(';') - begin);
    }
    /// What the browser's own cookie is then: "__Host-loa-browser=…"; empty where the answer gives none.
    static std::string browser(const Response& answer) {
        for (const auto& [name, value] : answer.fields())
            if (name == "Set-Cookie" && value.starts_with("__Host-loa-browser="))
                return value.substr(0, value.find(';'));
        return "";
    }
    Response tryIn(const std::string& name, const Json& more, const std::string& address = "10.0.0.1",
                   const std::string& cookies = "") {
        Json body{{"name", name}};
        body.update(more);
        Request request{Method::post, "/v1/session"};
        request.withHeader("Content-Type", "application/json").withHeader("Cookie", cookies).withBody(dump(body));
        return router.respond(request.withPeer(address));
    }
    Json right(bool withCode = true) const {
        Json body{{"password", commonPassword}};
        if (withCode) body["code"] = codeAt(commonFactor, office.clock.now());
        return body;
    }
    int status(const std::string& session, const std::string& path = "/v1/session") {
        return ask(Request{Method::get, path}, session).status();
    }
};

}  // namespace

TEST_CASE_FIXTURE(AtTheDoor, "door: the session is in a cookie no script reads, and nowhere else, F78") {
    personOf(office, "lan", {{Role::author, AreaId{"tan-hue"}}});
    const auto answer = signIn("lan", commonPassword);
    REQUIRE(answer.status() == 201);
    const std::string field{answer.header("Set-Cookie").value()};
    CHECK(field.starts_with("__Host-loa=loa_session_"));
    for (const char* part : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"})
        CHECK(field.find(part) != std::string::npos);
    CHECK(field.find("Domain") == std::string::npos);
    CHECK(answer.text().find("loa_session_") == std::string::npos);
    const auto who = parseJson(answer.text());
    CHECK(who.at("id") == "lan");
    CHECK(who.at("roles") == Json::array({{{"role", "author"}, {"area", "tan-hue"}}}));
    CHECK(answer.text().find("argon2") == std::string::npos);
    CHECK(status(cookie(answer)) == 200);
}

TEST_CASE_FIXTURE(AtTheDoor,
                  "door: a session has a new id at each sign-in and none after sign-out; none in a URL, F78") {
    personOf(office, "lan", {{Role::author, AreaId{"tan-hue"}}});
    const auto planted = "loa_session_" + std::string(64, 'a');
    const auto fixed = send(Method::post, "/v1/session", {{"name", "lan"}, {"password", commonPassword}}, planted);
    const auto session = cookie(fixed);
    CHECK(session != planted);
    CHECK(status(planted) == 401);
    CHECK(cookie(signIn("lan", commonPassword)) != session);
    CHECK(router.respond(Request{Method::get, "/v1/session?token=" + session}).status() == 401);
    CHECK(router.respond(Request{Method::get, "/v1/session?__Host-loa=" + session}).status() == 401);
    CHECK(
        router.respond(Request{Method::get, "/v1/session"}.withHeader("Authorization", "Bearer " + session)).status() ==
        401);
    const auto out = ask(Request{Method::delete_, "/v1/session"}, session);
    CHECK(out.status() == 204);
    CHECK(std::string{out.header("Set-Cookie").value()}.find("Max-Age=0") != std::string::npos);
    CHECK(status(session) == 401);
}

TEST_CASE_FIXTURE(AtTheDoor,
                  "door: a wrong password, an unknown name and too many tries are told, and how long to wait, F76") {
    personOf(office, "lan", {{Role::author, AreaId{"tan-hue"}}});
    const auto wrong = signIn("lan", "x");
    const auto unknown = signIn("nobody", "x");
    CHECK(wrong.status() == 401);
    CHECK(wrong.text() == unknown.text());
    for (int i = 0; i < 2; ++i) CHECK(signIn("lan", "x").status() == 401);
    const auto refused = signIn("lan", commonPassword);
    CHECK(refused.status() == 429);
    CHECK(refused.header("Retry-After") == "30");
    office.clock.advance(std::chrono::seconds{30});
    CHECK(signIn("lan", commonPassword).status() == 201);
}

TEST_CASE_FIXTURE(AtTheDoor, "door: from the initial password to a second factor, and to what the roles allow") {
    const auto added =
        parseJson(send(Method::post, "/v1/people",
                       {{"id", "duy"}, {"name", "Duy"}, {"roles", Json::array({{{"role", "approver"}}})}}, admin)
                      .text());
    auto session = cookie(signIn("duy", added.at("password")));
    const auto why = [&] { return refusal(ask(Request{Method::get, "/v1/areas"}, session)); };
    CHECK(why() == "password-first");
    const auto changed = send(Method::post, "/v1/session/password",
                              {{"password", added.at("password")}, {"newPassword", "một hai ba bốn"}}, session);
    REQUIRE(changed.status() == 200);
    CHECK(status(session) == 401);
    session = cookie(changed);
    CHECK(parseJson(changed.text()).at("needsSecondFactor") == true);
    CHECK(why() == "second-factor-first");
    const auto begun = parseJson(ask(Request{Method::post, "/v1/session/second-factor"}, session).text());
    CHECK(begun.at("uri").get<std::string>().starts_with("otpauth://totp/Loa:duy?secret="));
    CHECK(send(Method::put, "/v1/session/second-factor", {{"code", "1"}}, session).status() == 422);
    const auto code = codeAt(begun.at("secret"), office.clock.now());
    const auto settled = send(Method::put, "/v1/session/second-factor", {{"code", code}}, session);
    CHECK(settled.status() == 200);
    CHECK(status(session) == 401);
    CHECK(status(cookie(settled), "/v1/areas") == 200);
    CHECK(refusal(signIn("duy", "một hai ba bốn")) == "code-needed");
}

TEST_CASE_FIXTURE(AtTheDoor, "door: what is dangerous asks for the password again after a quarter of an hour") {
    const Json nobody{{"id", "x"}, {"name", "x"}, {"roles", Json::array({{{"role", "auditor"}}})}};
    CHECK(send(Method::post, "/v1/people", nobody, admin).status() == 201);
    office.clock.advance(std::chrono::minutes{15} + Milliseconds{1});
    CHECK(refusal(send(Method::post, "/v1/people", nobody, admin)) == "confirmation-needed");
    CHECK(status(admin, "/v1/people") == 200);
    const auto confirm = [&](const std::string& password) {
        return send(Method::post, "/v1/session/confirmation",
                    {{"password", password}, {"code", codeAt(commonFactor, office.clock.now())}}, admin)
            .status();
    };
    CHECK(confirm("x") == 401);
    office.clock.advance(std::chrono::minutes{1});
    CHECK(confirm(commonPassword) == 204);
    CHECK(refusal(send(Method::post, "/v1/people", nobody, admin)) == "person-exists");
}

TEST_CASE_FIXTURE(AtTheDoor,
                  "door: a stolen session or token of an author drafts and approves nothing, and ends at once, F59") {
    const auto author = sessionOf("lan", {{Role::author, AreaId{"tan-hue"}}});
    CHECK(status(author, "/v1/events") == 200);
    const auto token = [&](const Json& rights) {
        return send(Method::post, "/v1/tokens", {{"name", "máy"}, {"rights", rights}}, author);
    };
    CHECK(refusal(token({"approve"})) == "not-for-tokens");
    CHECK(refusal(token({"managePeople"})) == "not-for-tokens");
    CHECK(refusal(token({"setAirtime"})) == "forbidden");
    const std::string secret = parseJson(token({"seePlan", "draft"}).text()).at("secret");
    CHECK(status(secret, "/v1/events") == 200);
    CHECK(status(secret, "/v1/tokens") == 403);
    CHECK(status(secret, "/v1/people") == 403);
    CHECK(ask(Request{Method::put, "/v1/areas/tan-hue/airtime"}.withBody("{}"), author).status() == 403);
    CHECK(ask(Request{Method::post, "/v1/session/second-factor"}, secret).status() == 403);
    CHECK(ask(Request{Method::delete_, "/v1/people/lan"}, admin).status() == 204);
    CHECK(status(author, "/v1/events") == 401);
    CHECK(status(secret, "/v1/events") == 401);
}

TEST_CASE_FIXTURE(AtTheDoor, "door: nothing that changes anything is done for another site's page, at any route, F79") {
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            if (route.method == Method::get) continue;
            CAPTURE(route.pattern);
            std::string path{route.pattern};
            for (auto at = path.find('{'); at != std::string::npos; at = path.find('{'))
                path.replace(at, path.find('}') - at + 1, "tan-hue");
            for (const auto& who : {clerk, admin}) {
                const auto forged = [&](const std::string& origin, const std::string& type) {
                    Request request{route.method, path};
                    request.withHeader("Cookie", "__Host-loa=" + who).withHeader("Host", "loa.example.vn");
                    if (!origin.empty()) request.withHeader("Origin", origin);
                    return router.respond(request.withHeader("Content-Type", type)).status();
                };
                for (const char* origin : {"https://evil.example", "null", "https://loa.example.vn:8445"})
                    CHECK(forged(origin, "application/json") == 403);
                const auto access = route.access.access;
                const bool isOpen = access == Access::anyone || access == Access::newStation;
                if (!isOpen) CHECK(forged("", "application/json") == 403);
                if (!isOpen) CHECK(forged("https://loa.example.vn", "text/plain") == 415);
            }
        }
}

TEST_CASE_FIXTURE(AtTheDoor,
                  "door: the browser is known by a cookie no script reads, which opens nothing by itself, F78") {
    personOf(office, "lan", {{Role::author, AreaId{"tan-hue"}}});
    CHECK(browser(tryIn("lan", {{"password", "x"}})).empty());
    const auto answer = tryIn("lan", right(false));
    std::string field;
    for (const auto& [name, value] : answer.fields())
        if (name == "Set-Cookie") field = value;
    CHECK(field.starts_with("__Host-loa-browser=loa_browser_"));
    for (const char* part : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict", "; Max-Age=34560000"})
        CHECK(field.find(part) != std::string::npos);
    CHECK(field.find("Domain") == std::string::npos);
    CHECK(answer.text().find("loa_browser_") == std::string::npos);
    const auto known = browser(answer);
    const auto secret = known.substr(known.find('=') + 1);
    CHECK(router.respond(Request{Method::get, "/v1/session"}.withHeader("Cookie", known)).status() == 401);
    CHECK(status(secret) == 401);
    CHECK(router.respond(Request{Method::get, "/v1/session"}.withHeader("Cookie", "__Host-loa=" + secret)).status() ==
          401);
    CHECK(browser(tryIn("lan", right(false), "10.0.0.9", known)) == known);
    CHECK(browser(ask(Request{Method::delete_, "/v1/session"}, cookie(answer))).empty());
    CHECK(browser(tryIn("lan", right(false), "10.0.0.9", known)) == known);
}

TEST_CASE_FIXTURE(AtTheDoor, "F76 door: tries over HTTP have a budget for each address, whatever the names are") {
    personOf(office, "lan", {{Role::author, AreaId{"tan-hue"}}});
    personOf(office, "truc", {{Role::dutyOfficer, {}}});
    const auto lans = browser(tryIn("lan", right(false), "192.0.2.1"));
    const auto trucs = browser(tryIn("truc", right(), "192.0.2.1"));
    office.clock.advance(std::chrono::minutes{2});
    Budgets budgets;
    budgets.signIns = {3, std::chrono::hours{1}};
    router.limit(budgets);
    for (const char* name : {"a", "b", "lan"}) CHECK(tryIn(name, {{"password", "x"}}, "192.0.2.1").status() == 401);
    for (const char* name : {"c", "lan"}) {
        const auto refused = tryIn(name, right(false), "192.0.2.1", "__Host-loa-browser=loa_browser_guess");
        CHECK(refused.status() == 429);
        CHECK(refusal(refused) == "too-many-requests");
        CHECK(refused.header("Retry-After").has_value());
    }
    CHECK(tryIn("lan", right(false), "192.0.2.2").status() == 201);
    CHECK(status(clerk, "/v1/events") == 200);
    // A browser that came before is counted by itself: one machine does not shut the door for its office.
    CHECK(tryIn("truc", right(), "192.0.2.1", trucs).status() == 201);
    for (int i = 0; i < 3; ++i) CHECK(tryIn("lan", right(false), "192.0.2.1", lans).status() == 201);
    CHECK(tryIn("lan", right(false), "192.0.2.1", lans).status() == 429);
}

TEST_CASE_FIXTURE(
    AtTheDoor,
    "F76 door: of a minute's guesses at one account ten are looked at, and its duty officer gets in meanwhile") {
    personOf(office, "truc", {{Role::dutyOfficer, {}}});
    const auto own = browser(tryIn("truc", right(), "192.0.2.1"));
    office.clock.advance(std::chrono::minutes{5});
    constexpr int tries = 600;
    int looked = 0;
    for (int i = 0; i < tries; ++i, office.clock.advance(Milliseconds{60'000 / tries})) {
        const auto address = i % 2 == 0 ? "192.0.2.1" : "198.51.100." + std::to_string(i % 250);
        const auto guess = tryIn("truc", {{"password", "guess"}}, address);
        if (guess.status() == 401) ++looked;
        if (guess.status() == 429) CHECK(guess.header("Retry-After").has_value());
        // By code from wherever, by their own browser where the guesses come from.
        if (i == tries / 3) CHECK(tryIn("truc", right(), "203.0.113.9").status() == 201);
        if (i == 5 * tries / 6) CHECK(tryIn("truc", right(), "192.0.2.1", own).status() == 201);
    }
    CHECK(looked >= 4);
    CHECK(looked <= 10);
    office.clock.advance(std::chrono::minutes{5});
    int codes = 0;
    for (int i = 0; i < tries; ++i, office.clock.advance(Milliseconds{60'000 / tries})) {
        const Json guess{{"password", "guess"}, {"code", "000000"}};
        if (tryIn("truc", guess, "198.51.100." + std::to_string(i % 250)).status() == 401) ++codes;
        if (i == tries / 3) CHECK(tryIn("truc", right(), "203.0.113.77").status() == 429);
        if (i == tries / 3) CHECK(tryIn("truc", right(), "192.0.2.1", own).status() == 201);
    }
    CHECK(codes <= 10);
}

TEST_CASE_FIXTURE(AtTheDoor,
                  "F76 door: guesses spread over many accounts are few altogether, and the duty officer gets in") {
    personOf(office, "truc", {{Role::dutyOfficer, {}}});
    const auto own = browser(tryIn("truc", right(), "192.0.2.1"));
    office.clock.advance(std::chrono::minutes{5});
    int looked = 0;
    for (int i = 0; i < 500; ++i) {
        const auto address = i % 2 == 0 ? "192.0.2.1" : "198.51.100." + std::to_string(i % 250);
        if (tryIn("n" + std::to_string(i), {{"password", "guess"}}, address).status() == 401) ++looked;
    }
    CHECK(looked == 20);
    CHECK(tryIn("lan", {{"password", "guess"}}, "203.0.113.9").status() == 429);
    CHECK(tryIn("truc", right(), "192.0.2.1", own).status() == 201);
    office.clock.advance(std::chrono::seconds{30});
    for (int i = 0; i < 150; ++i) tryIn("m" + std::to_string(i), {{"password", "guess"}}, "198.51.100.7");
    CHECK(tryIn("truc", right(), "203.0.113.9").status() == 201);
}

TEST_CASE_FIXTURE(AtTheDoor, "door: whose access ends while their body is under way does nothing with it, F59") {
    const auto author = sessionOf("lan", {{Role::author, AreaId{"tan-hue"}}});
    Request request{Method::post, "/v1/feeds"};
    request.withHeader("Cookie", std::string{sessionCookie} + '=' + author).withHeader("Host", "loa.example.vn");
    request.withHeader("Origin", "https://loa.example.vn").withHeader("Content-Type", "application/json");
    const auto admission = router.admit(request);  // by the head alone
    REQUIRE_FALSE(admission.refusal);
    CHECK(ask(Request{Method::delete_, "/v1/people/lan"}, admin).status() == 204);
    request.withBody(R"({"target":"station:tan-hue"})");
    CHECK(router.answer(admission, request).status() == 401);
    CHECK(json(Method::get, "/v1/feeds").at("feeds").empty());
}
