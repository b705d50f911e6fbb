#include "api/http/router.h"

#include <doctest/doctest.h>

#include "tests/api/http/raw_client.h"
#include "tests/api/http/test_house.h"

namespace loa {

namespace {

struct RouterCase {
    House house;
    Router router = houseRouter(house);
    Response ask(Method method, std::string_view target, const std::string& token = "") {
        Request request{method, target};
        if (!token.empty()) request.withHeader("Authorization", "Bearer " + token);
        return router.respond(request);
    }
};

}  // namespace

TEST_CASE_FIXTURE(RouterCase, "router: a path finds its handler, and the pattern's names their values") {
    CHECK(ask(Method::get, "/v1/stations/T%C3%A2n%2FHu%E1%BB%81", "office-token").text() == "Tân/Huề for Lan");
    CHECK(ask(Method::get, "/v1/stations/an-phong", "station-token").text() == "an-phong for an-phong");
}

TEST_CASE_FIXTURE(RouterCase, "router: the row that says more in words wins, whatever the order of the table") {
    CHECK(ask(Method::get, "/v1/media/uploads").text() == "uploads");
}

TEST_CASE_FIXTURE(RouterCase, "router: what is no route is not found") {
    for (const auto* path : {"/", "/hello/", "/hello/x", "/v1/stations/", "/v1/stations/a/b", "/HELLO", "//hello"}) {
        CAPTURE(path);
        CHECK(ask(Method::get, path, "office-token").status() == 404);
    }
}

TEST_CASE_FIXTURE(RouterCase, "router: another method is refused with the list of those that work") {
    const auto refused = ask(Method::delete_, "/v1/stations/an-phong", "office-token");
    CHECK(refused.status() == 405);
    CHECK(refused.header("Allow") == "GET, HEAD, PUT, OPTIONS");
    const auto options = ask(Method::options, "/hello");
    CHECK(options.status() == 204);
    CHECK(options.header("Allow") == "GET, HEAD, OPTIONS");
}

TEST_CASE_FIXTURE(RouterCase, "router: HEAD is answered by GET's handler") {
    CHECK(ask(Method::head, "/hello").status() == 200);
    CHECK(house.answered == 1);
}

TEST_CASE_FIXTURE(RouterCase, "router: without a valid token a closed route says 401 and how to sign in") {
    const auto none = ask(Method::get, "/v1/stations/an-phong");
    CHECK(none.status() == 401);
    CHECK(none.header("WWW-Authenticate") == "Bearer realm=\"loa\"");
    const auto wrong = ask(Method::get, "/v1/stations/an-phong", "guessed");
    CHECK(wrong.status() == 401);
    CHECK(contains(*wrong.header("WWW-Authenticate"), "invalid_token"));
    const auto otherScheme = Request{Method::get, "/v1/stations/a"}.withHeader("Authorization", "Basic office-token");
    CHECK(router.respond(otherScheme).status() == 401);
    const auto lowerCase = Request{Method::get, "/v1/stations/a"}.withHeader("Authorization", "bearer office-token");
    CHECK(router.respond(lowerCase).status() == 200);
}

TEST_CASE_FIXTURE(RouterCase, "router: a valid token of another kind is forbidden") {
    CHECK(ask(Method::put, "/v1/stations/an-phong", "station-token").status() == 403);
    CHECK(ask(Method::post, "/v1/report", "office-token").status() == 403);
}

TEST_CASE_FIXTURE(RouterCase, "router: a body over the route's limit is refused") {
    CHECK(router.respond(Request{Method::post, "/echo"}.withBody(std::string(1000, 'a'))).status() == 200);
    CHECK(router.respond(Request{Method::post, "/echo"}.withBody(std::string(1001, 'a'))).status() == 413);
    CHECK(router.respond(Request{Method::get, "/hello"}.withBody("a")).status() == 413);
}

TEST_CASE_FIXTURE(RouterCase, "router: an Error becomes its problem, in the language asked for") {
    CHECK(contains(ask(Method::get, "/refuse").text(), R"("detail":"Trùng giờ)"));
    const auto english = router.respond(Request{Method::get, "/refuse"}.withHeader("Accept-Language", "en-GB, vi"));
    CHECK(english.status() == 409);
    CHECK(contains(english.text(), R"("detail":"Overlaps)"));
    const auto busy = ask(Method::get, "/v1/stations/a", "busy-token");
    CHECK(busy.status() == 503);
    CHECK(busy.header("Retry-After") == "5");
}

TEST_CASE_FIXTURE(RouterCase, "router: an unknown exception tells the caller a reference and the log what it was") {
    for (const auto* path : {"/crash", "/crash-oddly"}) {
        const auto failed = ask(Method::get, path);
        CHECK(failed.status() == 500);
        CHECK_FALSE(contains(failed.text(), "password"));
        const auto line = house.logged().back();
        const auto reference = line.substr(line.find("reference=") + 10, 8);
        CHECK(contains(failed.text(), reference));
    }
    CHECK(contains(house.logged().front(), "the password is 12345"));
}

TEST_CASE_FIXTURE(RouterCase, "router: a session's cookie says who asks, and a bearer token beside it goes first") {
    Request request{Method::get, "/v1/stations/a"};
    request.withHeader("Cookie", "theme=dark; __Host-loa=session");
    CHECK(router.respond(request).text() == "a for Lan");
    request.withHeader("Authorization", "Bearer station-token");
    CHECK(router.respond(request).text() == "a for an-phong");
    for (const char* cookie : {"__Host-loa=", "__Host-loa=office-token", "loa=session", "x__Host-loa=session"}) {
        CAPTURE(cookie);
        CHECK(router.respond(Request{Method::get, "/v1/stations/a"}.withHeader("Cookie", cookie)).status() == 401);
    }
}

TEST_CASE_FIXTURE(RouterCase, "router: what changes something by cookie comes from the own page and is no form, F79") {
    bool isOverTls = true;
    const auto put = [&](const std::string& origin, const std::string& type, const std::string& cookie = "session") {
        Request request{Method::put, "/v1/stations/a"};
        request.withHeader("Host", "loa.example.vn:8443").withBody("{}").overTls(isOverTls);
        if (!cookie.empty()) request.withHeader("Cookie", "__Host-loa=" + cookie);
        if (!origin.empty()) request.withHeader("Origin", origin);
        if (!type.empty()) request.withHeader("Content-Type", type);
        return router.respond(request).status();
    };
    const std::string own = "https://loa.example.vn:8443";
    CHECK(put(own, "application/json") == 200);
    CHECK(put("", "application/json") == 403);
    for (const char* origin :
         {"null", "https://evil.example", "https://loa.example.vn", "https://loa.example.vn:8444",
          "http://loa.example.vn:8443", "https://loa.example.vn:8443.x", "https://loa.example.vn:8443/",
          "loa.example.vn:8443", "https://x@loa.example.vn:8443", "HTTPS", "https://"}) {
        CAPTURE(origin);
        CHECK(put(origin, "application/json") == 403);
        CHECK(put(origin, "application/json", "") == 403);
    }
    for (const char* type : {"text/plain", " \ttext/plain", "text/plain ;charset=UTF-8", "text/plain\r",
                             "application/x-www-form-urlencoded", "Multipart/Form-Data; boundary=x"})
        CHECK(put(own, type) == 415);
    isOverTls = false;  // behind a proxy
    CHECK(put(own, "application/json") == 200);
    CHECK(put("null", "application/json") == 403);
}

TEST_CASE("router: a row given twice is found at start") {
    House house;
    auto router = houseRouter(house);
    CHECK_THROWS_AS(router.add(houseRoutes, [&house](const Request&, const auto&) -> House& { return house; }),
                    std::logic_error);
}

}  // namespace loa
