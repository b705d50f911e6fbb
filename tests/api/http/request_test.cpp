#include "api/http/request.h"

#include <doctest/doctest.h>

#include "scheduler/domain/error.h"

namespace loa {

namespace {

std::string codeOf(std::string_view target) {
    try {
        Request{Method::get, target};
    } catch (const Error& error) {
        CHECK(error.fault() == Fault::malformed);
        return error.code();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("request: an id may hold what a path cannot, percent-encoded") {
    const Request request{Method::get, "/v1/events/a%2Fb%20c%40d.vn/T%C3%A2n%20Hu%E1%BB%81"};
    CHECK(request.segments() == std::vector<std::string>{"v1", "events", "a/b c@d.vn", "Tân Huề"});
    CHECK(request.path() == "/v1/events/a%2Fb%20c%40d.vn/T%C3%A2n%20Hu%E1%BB%81");
}

TEST_CASE("request: a plus in the path is a plus, in the query a space") {
    const Request request{Method::get, "/a+b?q=c+d%2Be&flag&x=1=2"};
    CHECK(request.segments() == std::vector<std::string>{"a+b"});
    CHECK(request.query("q") == "c d+e");
    CHECK(request.query("flag") == "");
    CHECK(request.query("x") == "1=2");
    CHECK(request.query("other") == std::nullopt);
}

TEST_CASE("request: an address that two readers could read in two ways is refused") {
    CHECK(codeOf("/a?from=1&from=2") == "query-twice");
    CHECK(codeOf("/a?from=1&fr%6Fm=2") == "query-twice");
    CHECK(codeOf("/a%2") == "percent-encoding");
    CHECK(codeOf("/a%zz") == "percent-encoding");
    CHECK(codeOf("/a%00b") == "address-text");
    CHECK(codeOf("/a?b=%0d%0a") == "address-text");
    CHECK(codeOf("/%C0%AF") == "address-text");     // an overlong slash
    CHECK(codeOf("/%ED%A0%80") == "address-text");  // half a surrogate pair
    CHECK(codeOf("a") == "address");
    CHECK(codeOf("/%F0%9F%93%BB") == "accepted");
}

TEST_CASE("request: header names compare without case") {
    const auto request = Request{Method::get, "/"}.withHeader("If-None-Match", "\"a,b\", W/\"c\"");
    CHECK(request.header("if-none-MATCH") == "\"a,b\", W/\"c\"");
    CHECK(request.header("If-Match") == std::nullopt);
    CHECK(request.holds("a,b"));
    CHECK(request.holds("c"));
    CHECK_FALSE(request.holds("a"));
}

TEST_CASE("request: Vietnamese unless English is asked for first") {
    const auto language = [](std::string accept) {
        return Request{Method::get, "/"}.withHeader("Accept-Language", std::move(accept)).language();
    };
    CHECK(Request{Method::get, "/"}.language() == Language::vi);
    CHECK(language("en-US,en;q=0.9,vi;q=0.8") == Language::en);
    CHECK(language("vi-VN, en") == Language::vi);
    CHECK(language("fr, EN;q=0.5") == Language::en);
    CHECK(language("*") == Language::vi);
    CHECK(language("english") == Language::vi);
}

TEST_CASE("request: the value of a pattern's name is what the router put there, and a wrong name is a fault of ours") {
    const auto request = Request{Method::get, "/"}.withPathValue("station", "an-phong");
    CHECK(request.pathValue("station") == "an-phong");
    CHECK_THROWS_AS(request.pathValue("area"), std::logic_error);
}

}  // namespace loa
