#include "api/http/server.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/api/http/server_case.h"

namespace loa {

TEST_CASE_FIXTURE(ServerCase, "server: requests on one connection are answered in order, pipelined or not") {
    auto one = client();
    CHECK(statusOf(one.send(get("/hello")).readAnswer()) == 200);
    one.send(post("/echo", "first") + get("/hello") + post("/echo", "second"));
    CHECK(contains(one.readAnswer(), "\r\n\r\nfirst"));
    CHECK(contains(one.readAnswer(), "\r\n\r\nhello"));
    CHECK(contains(one.readAnswer(), "\r\n\r\nsecond"));
}

TEST_CASE_FIXTURE(ServerCase, "server: every answer has what every answer has to have") {
    const std::string oversized(2000, 'a');
    for (const auto& request :
         {get("/hello"), get("/nowhere"), get("/crash"), get("/refuse"), get("/v1/stations/a"), post("/hello", ""),
          post("/echo", oversized), post("/hello", "body"), get("/a%zz"),
          std::string{"OPTIONS /hello HTTP/1.1\r\nHost: loa\r\n\r\n"},
          std::string{"BREW /hello HTTP/1.1\r\nHost: loa\r\n\r\n"}, std::string{"nonsense\r\n\r\n"},
          get("/hello", "Expect: more\r\n"), get("/hello", "A: " + std::string(20'000, 'a') + "\r\n")}) {
        CAPTURE(request);
        const auto answer = exchange(request);
        CHECK(contains(answer, "\r\nContent-Security-Policy: default-src 'none'"));
        CHECK(contains(answer, "\r\nDate: "));
        CHECK((contains(answer, "\r\nContent-Length: ") || statusOf(answer) == 204));
        CHECK(contains(answer, "\r\nX-Content-Type-Options: nosniff\r\n"));
        CHECK(contains(answer, "\r\nReferrer-Policy: no-referrer\r\n"));
        CHECK(contains(answer, "\r\nCache-Control: no-store\r\n"));
    }
}

TEST_CASE_FIXTURE(ServerCase, "server: HEAD has GET's head and no body") {
    auto one = client();
    one.send("HEAD /hello HTTP/1.1\r\nHost: loa\r\n\r\n" + get("/hello"));
    const auto head = one.readAnswer(false);
    CHECK(contains(head, "Content-Length: 5\r\n"));
    CHECK(contains(head, "ETag: \"greeting-1\""));
    CHECK(one.readAnswer().starts_with("HTTP/1.1 200"));
}

TEST_CASE_FIXTURE(ServerCase, "server: a 304 has no body, and the connection goes on") {
    auto one = client();
    one.send(get("/hello", "If-None-Match: \"greeting-1\"\r\n") + get("/hello"));
    const auto held = one.readAnswer(false);
    CHECK(statusOf(held) == 304);
    CHECK_FALSE(contains(held, "Content-Length"));
    CHECK(statusOf(one.readAnswer()) == 200);
}

TEST_CASE_FIXTURE(ServerCase, "F92: a body that nobody read is never taken for the next request") {
    const auto hidden = get("/hello");
    for (const auto& request : {post("/nowhere", hidden), post("/hello", hidden), post("/v1/enrol", hidden),
                                post("/echo", hidden + std::string(2000, ' '))}) {
        const auto answer = exchange(request + get("/hello"));
        CHECK(countOf(answer, "HTTP/1.1 ") == 1);
        CHECK(contains(answer, "Connection: close\r\n"));
    }
    CHECK(house.answered == 0);
}

TEST_CASE_FIXTURE(ServerCase, "F92: what cannot be read with certainty ends the connection") {
    const auto smuggled = get("/hello");
    const std::string start = "POST /echo HTTP/1.1\r\nHost: loa\r\n";
    for (const auto& request : {start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
                                start + "Content-Length: 5\r\nContent-Length: 0\r\n\r\nAAAAA" + smuggled,
                                start + "Content-Length: -1\r\n\r\n" + smuggled,
                                start + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + smuggled,
                                "POST /echo HTTP/1.1\r\nContent-Length: 0\r\n\r\n" + smuggled,
                                start + "Transfer-Encoding : chunked\r\n\r\n" + smuggled}) {
        const auto answer = exchange(request);
        CHECK(statusOf(answer) == 400);
        CHECK(countOf(answer, "HTTP/1.1 ") == 1);
        CHECK(contains(answer, "urn:loa:problem:"));
    }
    CHECK(house.answered == 0);
}

TEST_CASE_FIXTURE(ServerCase, "F92: a body over the route's limit is refused before it is sent, and while it comes") {
    auto declared = client();
    declared.send("POST /echo HTTP/1.1\r\nHost: loa\r\nContent-Length: 10000000000\r\nExpect: 100-continue\r\n\r\n");
    const auto refused = declared.readAnswer();
    CHECK(statusOf(refused) == 413);
    auto endless = client();
    endless.send("POST /echo HTTP/1.1\r\nHost: loa\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 11; ++i) endless.send("64\r\n" + std::string(100, 'a') + "\r\n");
    CHECK(statusOf(endless.readAnswer()) == 413);
}

TEST_CASE_FIXTURE(ServerCase, "server: a chunked body arrives whole, and the connection goes on behind it") {
    auto one = client();
    one.send(
        "POST /echo HTTP/1.1\r\nHost: loa\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n" +
        get("/hello"));
    CHECK(contains(one.readAnswer(), "\r\n\r\nhello world"));
    CHECK(contains(one.readAnswer(), "\r\n\r\nhello"));
}

TEST_CASE_FIXTURE(ServerCase,
                  "server: a stream goes out in chunks and the connection goes on; HTTP/1.0 gets it until the end") {
    const auto both = exchange(get("/count-down") + get("/hello"));
    CHECK(contains(both, "Transfer-Encoding: chunked\r\n"));
    CHECK(contains(both, "\r\n\r\n6\r\nthree \r\n4\r\ntwo \r\n3\r\none\r\n0\r\n\r\nHTTP/1.1 200 OK"));
    const auto old = exchange("GET /count-down HTTP/1.0\r\nHost: loa\r\n\r\n");
    CHECK_FALSE(contains(old, "chunked"));
    CHECK(old.ends_with("\r\n\r\nthree two one"));
    const auto head = exchange("HEAD /count-down HTTP/1.1\r\nHost: loa\r\n\r\n");
    CHECK(head.ends_with("\r\n\r\n"));
}

TEST_CASE_FIXTURE(ServerCase,
                  "server: a stream that fails on its way ends the connection without the chunk that says whole") {
    const auto broken = exchange(get("/break-off") + get("/hello"));
    CHECK(broken.ends_with("a\r\nas far as \r\n"));
}

TEST_CASE_FIXTURE(ServerCase, "server: who expects 100-continue gets it when the body is welcome") {
    auto one = client();
    one.send("POST /echo HTTP/1.1\r\nHost: loa\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    CHECK(statusOf(one.readAnswer(false)) == 100);
    CHECK(contains(one.send("abc").readAnswer(), "\r\n\r\nabc"));
}

TEST_CASE_FIXTURE(ServerCase, "F59: a token that is revoked while a body is under way is good for nothing at its end") {
    const std::string head =
        "PUT /v1/stations/a HTTP/1.1\r\nHost: loa\r\nAuthorization: Bearer office-token\r\nContent-Length: 2\r\n"
        "Expect: 100-continue\r\n\r\n";
    auto one = client();
    CHECK(statusOf(one.send(head).readAnswer(false)) == 100);
    CHECK(statusOf(one.send("{}").readAnswer()) == 200);
    CHECK(statusOf(one.send(head).readAnswer(false)) == 100);
    house.tokensEnded = true;
    CHECK(statusOf(one.send("{}").readAnswer()) == 401);
}

TEST_CASE_FIXTURE(ServerCase, "server: a head or address over its limit is refused") {
    CHECK(statusOf(exchange("GET /" + std::string(1'000'000, 'a') + " HTTP/1.1\r\nHost: loa\r\n\r\n")) == 414);
    CHECK(statusOf(exchange("GET / HTTP/1.1\r\nHost: loa\r\nA: " + std::string(1'000'000, 'a') + "\r\n\r\n")) == 431);
}

TEST_CASE_FIXTURE(ServerCase, "server: a handler that throws leaves the connection usable") {
    auto one = client();
    for (const auto* path : {"/crash", "/crash-oddly", "/refuse"}) {
        const auto status = statusOf(one.send(get(path)).readAnswer());
        CHECK(status >= 409);
    }
    CHECK(statusOf(one.send(get("/hello")).readAnswer()) == 200);
}

TEST_CASE_FIXTURE(ServerCase, "server: a problem speaks the caller's language") {
    CHECK(contains(exchange(get("/refuse")), R"("detail":"Trùng giờ với)"));
    CHECK(contains(exchange(get("/refuse", "Accept-Language: en\r\n")), R"("detail":"Overlaps)"));
}

TEST_CASE_FIXTURE(ServerCase, "server: a download goes on where it broke off") {
    const auto path = std::filesystem::temp_directory_path() / "loa-http-media.bin";
    std::string content;
    for (int i = 0; i < 300'000; ++i) content += static_cast<char>('a' + i % 26);
    std::ofstream{path, std::ios::binary} << content;
    house.filePath = path;
    auto one = client();
    const auto whole = one.send(get("/v1/media/m")).readAnswer();
    CHECK(whole.substr(whole.find("\r\n\r\n") + 4) == content);
    CHECK(contains(whole, "Accept-Ranges: bytes"));
    const auto rest = one.send(get("/v1/media/m", "Range: bytes=200000-\r\nIf-Range: \"media-1\"\r\n")).readAnswer();
    CHECK(statusOf(rest) == 206);
    CHECK(contains(rest, "Content-Range: bytes 200000-299999/300000\r\n"));
    CHECK(rest.substr(rest.find("\r\n\r\n") + 4) == content.substr(200'000));
    CHECK(statusOf(one.send(get("/v1/media/m", "Range: bytes=300000-\r\n")).readAnswer()) == 416);
    const auto changed = one.send(get("/v1/media/m", "Range: bytes=1-2\r\nIf-Range: \"old\"\r\n")).readAnswer();
    CHECK(statusOf(changed) == 200);
    std::filesystem::remove(path);
    CHECK(statusOf(one.send(get("/v1/media/m")).readAnswer()) == 404);
}

TEST_CASE_FIXTURE(ServerCase, "server: what was sent of a file is told, and only that") {
    const auto path = std::filesystem::temp_directory_path() / "loa-http-told.bin";
    std::ofstream{path, std::ios::binary} << std::string(300'000, 'x');
    house.filePath = path;
    auto one = client();
    one.send(get("/v1/media/m")).readAnswer();
    one.send(get("/v1/media/m", "Range: bytes=200000-\r\n")).readAnswer();
    one.send(get("/v1/media/m", "If-None-Match: \"media-1\"\r\n")).readAnswer();
    one.send(get("/hello")).readAnswer();  // on the same thread, behind all of them
    CHECK(house.bytesSent == 400'000);
    std::filesystem::remove(path);
}

TEST_CASE_FIXTURE(ServerCase, "server: the log has one line for each request, with neither token nor query") {
    exchange(
        "PUT /v1/stations/an-phong?key=hidden HTTP/1.1\r\nHost: loa\r\nAuthorization: Bearer office-token\r\n"
        "Content-Length: 2\r\n\r\n{}");
    exchange("nonsense\r\n\r\n");
    const auto lines = house.logged();
    REQUIRE(lines.size() == 2);
    CHECK(contains(lines[0], "who=\"person:Lan\" method=PUT path=\"/v1/stations/an-phong\" status=200 received=2"));
    CHECK_FALSE(contains(lines[0], "hidden"));
    CHECK_FALSE(contains(lines[0], "office-token"));
    CHECK(contains(lines[1], "method=- path=\"-\" status=400"));
}

TEST_CASE("server: plain HTTP is opened on loopback only") {
    House house;
    const auto router = houseRouter(house);
    for (const auto* host : {"0.0.0.0", "::", "192.0.2.1"}) {
        ListenerOptions options;
        options.host = host;
        CHECK_THROWS_WITH_AS((Server{router, options}), doctest::Contains("Plain HTTP"), Error);
    }
}

TEST_CASE_FIXTURE(ServerCase, "server: a port that is taken is not shared") {
    ListenerOptions options;
    options.port = server.port();
    Server second{router, options};
    CHECK_THROWS_AS(second.start(), Error);
}

TEST_CASE_FIXTURE(ServerCase, "server: it stops although connections are open, and starts again") {
    auto idle = client();
    CHECK(statusOf(idle.send(get("/hello")).readAnswer()) == 200);
    auto half = client();
    half.send("POST /echo HTTP/1.1\r\nHost: loa\r\nContent-Length: 100\r\n\r\nabc");
    server.stop();
    CHECK(server.port() == 0);
    CHECK(idle.readToEnd().empty());
    server.start();
    CHECK(statusOf(exchange(get("/hello"))) == 200);
}

}  // namespace loa
