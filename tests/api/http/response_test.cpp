#include "api/http/response.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>

#include "api/http/access_line.h"
#include "api/http/finish.h"
#include "api/http/range.h"

namespace loa {

namespace {

const Error overlap{Fault::conflict, "overlap", Words{"Trùng giờ với \"Thể dục\".", "Overlaps \"Exercise\"."}, 7};

Response fileOf(std::uint64_t size) {
    return Response::text(200, "", "audio/ogg").withEtag("m").withBody(FileBody{"/media", 0, size});
}

Response asked(Request request, Response response) {
    return finish(&request, std::move(response));
}

Request get() {
    return Request{Method::get, "/"};
}

}  // namespace

TEST_CASE("problem: names the refusal for programs and says it in both languages for people") {
    const auto vietnamese = Response::problem(overlap, Language::vi);
    CHECK(vietnamese.status() == 409);
    CHECK(vietnamese.header("Content-Type") == "application/problem+json");
    CHECK(vietnamese.text() ==
          R"({"type":"urn:loa:problem:overlap","title":"Conflict","status":409,"detail":"Trùng giờ với \"Thể dục\".",)"
          R"("vi":"Trùng giờ với \"Thể dục\".","en":"Overlaps \"Exercise\".","line":7})");
    const auto english = Response::problem(overlap, Language::en);
    CHECK(english.text().find(R"("detail":"Overlaps)") != std::string::npos);
    CHECK(english.header("Content-Language") == "en");
}

TEST_CASE("problem: stays readable JSON whatever a caller's bytes put into it") {
    const Error error{Fault::invalid, "zone", Words{"Múi giờ \xff\n", "Zone \x01"}};
    const auto text = Response::problem(error, Language::en).text();
    CHECK(text.find(R"("en":"Zone \u0001")") != std::string::npos);
    CHECK(text.find('\xff') == std::string::npos);
    CHECK(text.find("\"line\"") == std::string::npos);
}

TEST_CASE("response: no value splits an answer in two") {
    CHECK_THROWS_AS(Response::noContent().set("Location", "/a\r\nSet-Cookie: x"), std::invalid_argument);
    CHECK_THROWS_AS(Response::notModified("a\"b"), std::invalid_argument);
}

TEST_CASE("response: a file that is not there is not found") {
    CHECK_THROWS_AS(Response::file("/nowhere/at/all", "audio/ogg", "m"), Error);
}

TEST_CASE("finish: every answer forbids guessing, leaking and keeping, unless it says otherwise") {
    const auto plain = finish(nullptr, Response::noContent());
    CHECK(plain.header("X-Content-Type-Options") == "nosniff");
    CHECK(plain.header("Referrer-Policy") == "no-referrer");
    CHECK(plain.header("Cache-Control") == "no-store");
    CHECK(plain.header("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'");
    CHECK(plain.header("Cross-Origin-Resource-Policy") == "same-origin");
    const auto kept = finish(nullptr, Response::noContent().set("Cache-Control", "private"));
    CHECK(kept.header("Cache-Control") == "private");
    const auto page = finish(nullptr, Response::noContent().set("Content-Security-Policy", "default-src 'self'"));
    CHECK(page.header("Content-Security-Policy") == "default-src 'self'");
}

TEST_CASE("finish: a 304 leaves the page it stands for its own policy") {
    const auto tagged = Response::json(200, "{}").withEtag("r7");
    const auto held = asked(get().withHeader("If-None-Match", "\"r7\""), tagged);
    CHECK(held.status() == 304);
    CHECK_FALSE(held.header("Content-Security-Policy").has_value());
}

TEST_CASE("finish: a 200 whose tag the caller holds becomes a 304 without body, on GET and HEAD only") {
    const auto tagged = Response::json(200, "{}").withEtag("r7");
    const auto held = asked(get().withHeader("If-None-Match", "\"r6\", \"r7\""), tagged);
    CHECK(held.status() == 304);
    CHECK(held.text().empty());
    CHECK(held.header("ETag") == "\"r7\"");
    CHECK(held.header("Content-Type") == std::nullopt);
    CHECK(asked(get().withHeader("If-None-Match", "\"r6\""), tagged).status() == 200);
    CHECK(asked(Request{Method::put, "/"}.withHeader("If-None-Match", "\"r7\""), tagged).status() == 200);
}

TEST_CASE("head text: 204 and 304 declare no body, all others their length") {
    const auto at = fromEpochMilliseconds(784'111'777'000);  // the example of RFC 9110 5.6.7
    CHECK(headText(Response::noContent(), at, false) ==
          "HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n");
    const auto text = headText(Response::json(200, "{}"), at, true);
    CHECK(text.find("Content-Length: 2\r\n") != std::string::npos);
    CHECK(text.find("Connection: close\r\n") != std::string::npos);
    CHECK(headText(Response::notModified("a"), at, false).find("Content-Length") == std::string::npos);
}

TEST_CASE("range: one range of a file is cut out of it") {
    const auto part = asked(get().withHeader("Range", "bytes=10-19"), fileOf(100));
    CHECK(part.status() == 206);
    CHECK(part.header("Content-Range") == "bytes 10-19/100");
    CHECK(std::get<FileBody>(part.body()) == FileBody{"/media", 10, 10});
    CHECK(asked(get().withHeader("Range", "bytes=90-"), fileOf(100)).header("Content-Range") == "bytes 90-99/100");
    CHECK(asked(get().withHeader("Range", "bytes=90-500"), fileOf(100)).header("Content-Range") == "bytes 90-99/100");
    CHECK(asked(get().withHeader("Range", "bytes=-5"), fileOf(100)).header("Content-Range") == "bytes 95-99/100");
    CHECK(asked(get().withHeader("Range", "bytes=-500"), fileOf(100)).header("Content-Range") == "bytes 0-99/100");
}

TEST_CASE("range: one that starts behind the end is a 416 that tells the size") {
    for (const auto* range : {"bytes=100-", "bytes=100-200", "bytes=-0"}) {
        const auto refused = asked(get().withHeader("Range", range), fileOf(100));
        CHECK(refused.status() == 416);
        CHECK(refused.header("Content-Range") == "bytes */100");
    }
    CHECK(readRange("bytes=0-", 0).kind == RangeWish::Kind::unsatisfiable);
}

TEST_CASE("range: what is no single range in bytes is answered whole") {
    for (const auto* range :
         {"bytes=0-1,5-6", "lines=0-1", "bytes=5-1", "bytes=a-b", "bytes=-", "bytes=1-x", "bytes="}) {
        CAPTURE(range);
        const auto whole = asked(get().withHeader("Range", range), fileOf(100));
        CHECK(whole.status() == 200);
        CHECK(whole.header("Accept-Ranges") == "bytes");
    }
    CHECK(asked(Request{Method::head, "/"}.withHeader("Range", "bytes=0-1"), fileOf(100)).status() == 200);
}

TEST_CASE("range: with If-Range the part comes only from the very same file") {
    const auto ask = [](std::string condition) {
        return asked(get().withHeader("Range", "bytes=50-").withHeader("If-Range", std::move(condition)), fileOf(100));
    };
    CHECK(ask("\"m\"").status() == 206);
    CHECK(ask("\"other\"").status() == 200);
    CHECK(ask("W/\"m\"").status() == 200);
    CHECK(ask("Sun, 06 Nov 1994 08:49:37 GMT").status() == 200);
}

TEST_CASE("F84 access line: nothing a caller sends forges a line or a field, and a line has at most 1,024 bytes") {
    AccessLine line{"api", "127.0.0.1", "office:Lan", "GET", "/a\" status=200\n" + std::string(5000, '\x80'), 404,
                    0,     12};
    const auto text = formatAccessLine(line);
    CHECK(text.size() <= 1024);
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.find(R"(path="/a\x22 status=200\x0a\x80)") != std::string::npos);
    CHECK(text.find(" status=404 received=0 sent=12 ms=0") != std::string::npos);
}

}  // namespace loa
