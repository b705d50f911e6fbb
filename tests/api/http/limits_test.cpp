#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <list>

#include "tests/api/http/server_case.h"
#include "tests/support/wait_until.h"

// Deadlines here are short so that the tests are; none is measured. A server that keeps none of them fails by
// RawClient's guard of 30 s.
namespace loa {

namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds guard{30};

ListenerOptions shortDeadlines() {
    ListenerOptions options;
    options.headerDeadline = milliseconds{1000};
    options.keepAlive = milliseconds{300};
    return options;
}

ListenerOptions fewThreads() {
    auto options = ServerCase::patient();
    options.threads = 4;
    return options;
}

/// What /v1/media/m gives while it lives: more than a connection takes on by itself.
struct LargeMedia {
    explicit LargeMedia(House& house) {
        std::ofstream{path, std::ios::binary} << '\0';
        std::filesystem::resize_file(path, 64 << 20);
        house.filePath = path;
    }
    ~LargeMedia() { std::filesystem::remove(path); }
    LargeMedia(const LargeMedia&) = delete;
    LargeMedia& operator=(const LargeMedia&) = delete;
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("loa-http-large" + std::to_string(getpid()));
};

/// Sends a byte now and then until the server has had enough; then what it said.
std::string dribble(RawClient& client, const std::string& text) {
    for (const char c : text) {
        client.send({&c, 1});
        if (client.hasHeard(milliseconds{20})) break;
    }
    return client.readToEnd();
}

}  // namespace

TEST_CASE("F97: a head that comes byte by byte is cut off at its deadline, with a 408") {
    const ServerCase it{shortDeadlines()};
    auto slow = it.client();
    const auto answer = dribble(slow, get("/hello", "X: " + std::string(10'000, 'a') + "\r\n"));
    CHECK(statusOf(answer) == 408);
    CHECK(it.house.answered == 0);
}

TEST_CASE("F97: a body that comes byte by byte is cut off at its deadline, with a 408") {
    const ServerCase it;
    auto slow = it.client();
    slow.send("POST /slow-echo HTTP/1.1\r\nHost: loa\r\nContent-Length: 10000\r\n\r\n");
    CHECK(statusOf(dribble(slow, std::string(10'000, 'a'))) == 408);
    CHECK(it.house.answered == 0);
}

TEST_CASE("F97: a caller that does not read its answer loses its thread at the deadline") {
    ListenerOptions options;
    options.threads = 1;
    options.answerDeadline = milliseconds{1000};
    options.slowestBytesPerSecond = 1 << 30;
    ServerCase it{options};
    const LargeMedia media{it.house};
    auto deaf = it.client();
    deaf.send(get("/v1/media/m"));
    CHECK(statusOf(it.exchange(get("/hello"))) == 200);
    CHECK(it.house.bytesSent == 0);  // what broke off was not sent
}

TEST_CASE("F97: a caller that reads its stream more slowly than the least pace is cut off, though it never stops") {
    ListenerOptions options;
    options.answerDeadline = milliseconds{1000};
    options.slowestBytesPerSecond = 1 << 30;
    const ServerCase it{options};
    auto slow = it.client();
    slow.send(get("/endless"));
    CHECK(waitUntil([&] { return !slow.readSome(); }, guard));
}

TEST_CASE("F97: a stream ends when it has lasted as long as it may, however well it is read") {
    ServerCase it;
    it.house.longest = milliseconds{300};
    auto steady = it.client();
    steady.send(get("/endless"));
    CHECK(waitUntil([&] { return !steady.readSome(); }, guard));
}

TEST_CASE("F96: downloads, however many and slow, leave half of the threads to all other answers") {
    auto options = fewThreads();
    options.answerDeadline = std::chrono::minutes{10};
    ServerCase it{options};
    const LargeMedia media{it.house};
    std::list<RawClient> slow;
    for (int i = 0; i < 2; ++i) slow.emplace_back(it.server.port()).send(get("/v1/media/m")).hasHeard(guard);
    for (int i = 0; i < 6; ++i) {
        const auto refused = it.client().send(get("/v1/media/m", "Accept-Language: en\r\n")).readAnswer();
        CHECK(statusOf(refused) == 503);
        CHECK(contains(refused, "Retry-After: "));
        CHECK(contains(refused, "urn:loa:problem:too-many-transfers"));
    }
    CHECK(statusOf(it.exchange(get("/count-down"))) == 503);
    CHECK(statusOf(it.exchange("HEAD /v1/media/m HTTP/1.1\r\nHost: loa\r\n\r\n")) == 200);
    CHECK(statusOf(it.exchange(get("/hello"))) == 200);
    slow.clear();
    CHECK(waitUntil([&] { return statusOf(it.exchange(get("/count-down"))) == 200; }, guard));
}

TEST_CASE("server: connections on which nothing comes are closed") {
    const ServerCase it{shortDeadlines()};
    auto silent = it.client();
    CHECK(silent.readToEnd().empty());
    auto idle = it.client();
    CHECK(statusOf(idle.send(get("/hello")).readAnswer()) == 200);
    CHECK(idle.readToEnd().empty());
}

TEST_CASE("server: idle connections, however many, do not hold up the next") {
    auto options = fewThreads();
    options.headerDeadline = std::chrono::minutes{10};
    const ServerCase it{options};
    std::list<RawClient> idle;
    for (int i = 0; i < 64; ++i) {
        idle.emplace_back(it.server.port());
        CHECK(statusOf(idle.back().send(get("/hello")).readAnswer()) == 200);
    }
    std::list<RawClient> silent;
    for (int i = 0; i < 4; ++i) silent.emplace_back(it.server.port());
    CHECK(statusOf(it.exchange(get("/hello"))) == 200);
}

TEST_CASE("server: callers that never pause do not starve those who wait") {
    const ServerCase it{fewThreads()};
    std::list<RawClient> busy;
    for (int i = 0; i < 4; ++i)
        CHECK(statusOf(busy.emplace_back(it.server.port()).send(get("/hello")).readAnswer()) == 200);
    auto waiting = it.client();
    waiting.send(get("/hello"));
    while (!waiting.hasHeard(milliseconds{0}))
        std::erase_if(busy, [](RawClient& one) {
            const auto answer = one.send(get("/hello")).readAnswer();
            return answer.empty() || contains(answer, "Connection: close");
        });
    CHECK(statusOf(waiting.readAnswer()) == 200);
    CHECK(busy.size() < 4);
}

TEST_CASE("server: one address may have so many connections and no more") {
    auto options = ServerCase::patient();
    options.maxConnectionsPerAddress = 3;
    const ServerCase it{options};
    std::list<RawClient> held;
    for (int i = 0; i < 3; ++i)
        CHECK(statusOf(held.emplace_back(it.server.port()).send(get("/hello")).readAnswer()) == 200);
    CHECK(it.client().send(get("/hello")).readToEnd().empty());
    held.clear();
    // The server notices the hang-ups in its own time, so one attempt may still come too early.
    int status = 0;
    while (status != 200) status = statusOf(it.exchange(get("/hello")));
    CHECK(status == 200);
}

TEST_CASE("server: a known browser's connections are its own, not its address's, and as many as one address may have") {
    auto options = ServerCase::patient();
    options.maxConnectionsPerAddress = 3;
    const ServerCase it{options};
    std::list<RawClient> held;
    const auto hold = [&](const std::string& fields) {
        return statusOf(held.emplace_back(it.server.port()).send(get("/hello", fields)).readAnswer());
    };
    for (const char* browser : {"known-a", "known-b"})
        for (int i = 0; i < 3; ++i) CHECK(hold("Cookie: __Host-loa-browser=" + std::string{browser} + "\r\n") == 200);
    for (int i = 0; i < 2; ++i) CHECK(hold("") == 200);
    CHECK(hold("Cookie: __Host-loa-browser=known-a\r\n") == 200);  // its fourth stays the address's
    CHECK(it.client().send(get("/hello")).readToEnd().empty());
    held.clear();
    int status = 0;  // of an address that has all it may have again, once the hang-ups are noticed
    while (status != 200) status = statusOf(it.exchange(get("/hello")));
    for (int i = 0; i < 3; ++i) CHECK(waitUntil([&] { return hold("") == 200; }, guard));
}

TEST_CASE("F96: connections on which nothing comes, from many addresses, do not each take a thread's patience") {
    auto options = fewThreads();
    options.headerDeadline = std::chrono::minutes{10};
    const ServerCase it{options};
    std::list<RawClient> silent;
    for (int i = 0; i < 300; ++i) silent.emplace_back(it.server.port(), "127.0.0." + std::to_string(2 + i % 100));
    // At two seconds of patience for each four of them this would take 150 s, and RawClient waits for 30 at most.
    CHECK(statusOf(it.exchange(get("/hello"))) == 200);
}

TEST_CASE("F97: one address with slow requests on all threads gives half of them back while others wait") {
    auto options = fewThreads();
    options.headerDeadline = std::chrono::minutes{10};
    const ServerCase it{options};
    std::list<RawClient> slow;
    for (int i = 0; i < 16; ++i)
        slow.emplace_back(it.server.port(), "127.0.0.2").send("GET /hello HTTP/1.1\r\nHost: l");
    CHECK(statusOf(it.exchange(get("/hello"))) == 200);
}

TEST_CASE("F97: slow heads from two addresses, and slow bodies of nobody's, give the threads back while others wait") {
    auto options = fewThreads();
    options.headerDeadline = std::chrono::minutes{10};
    options.slowestBytesPerSecond = 1;
    for (const std::string& unfinished :
         {std::string{"GET /hello HTTP/1.1\r\nHost: l"},
          std::string{"POST /echo HTTP/1.1\r\nHost: loa\r\nContent-Length: 900\r\n\r\nab"}}) {
        CAPTURE(unfinished);
        const ServerCase it{options};
        std::list<RawClient> slow;
        for (int i = 0; i < 8; ++i)
            slow.emplace_back(it.server.port(), "127.0.0." + std::to_string(2 + i % 2)).send(unfinished);
        CHECK(statusOf(it.exchange(get("/hello"))) == 200);
        CHECK(statusOf(slow.front().readToEnd()) == 408);
    }
}

TEST_CASE("F97: a body of somebody we know may be slow while others wait") {
    auto options = fewThreads();
    options.threads = 2;
    const ServerCase it{options};
    auto known = it.client();
    known.send(
        "PUT /v1/stations/a HTTP/1.1\r\nHost: loa\r\nAuthorization: Bearer office-token\r\nContent-Length: 2\r\n\r\n{");
    std::list<RawClient> slow;
    for (int i = 0; i < 2; ++i) slow.emplace_back(it.server.port(), "127.0.0.2").send("GET /hello");
    CHECK(statusOf(slow.front().readToEnd()) == 408);
    CHECK(statusOf(known.send("}").readAnswer()) == 200);
}

TEST_CASE(
    "F97: a known browser's body may be slow while others wait, and its address's slow requests are not counted with "
    "it") {
    auto options = fewThreads();
    options.threads = 2;
    const ServerCase it{options};
    auto known = it.client();
    known.send("POST /echo HTTP/1.1\r\nHost: loa\r\nCookie: __Host-loa-browser=known-a\r\nContent-Length: 2\r\n\r\n{");
    std::list<RawClient> slow;
    for (int i = 0; i < 2; ++i) slow.emplace_back(it.server.port()).send("GET /hello");
    CHECK(statusOf(slow.front().readToEnd()) == 408);
    CHECK(statusOf(known.send("}").readAnswer()) == 200);
}

TEST_CASE("F96: a flood of one listener does not hold up another") {
    auto few = fewThreads();
    few.queued = 50;
    few.headerDeadline = std::chrono::minutes{10};
    const ServerCase office{few};
    ListenerOptions reserved;
    reserved.name = "stations";
    Server stations{office.router, reserved};
    stations.start();
    std::list<RawClient> flood;
    for (int i = 0; i < 400; ++i)
        flood.emplace_back(office.server.port(), "127.0.0." + std::to_string(2 + i % 100))
            .send("GET /hello HTTP/1.1\r\n");
    RawClient station{stations.port()};
    CHECK(
        statusOf(station.send(get("/v1/stations/an-phong", "Authorization: Bearer station-token\r\n")).readAnswer()) ==
        200);
    CHECK(statusOf(station.send(post("/echo", "report")).readAnswer()) == 200);
}

TEST_CASE("server: over the queue a connection is closed at once") {
    ListenerOptions options;
    options.threads = 1;
    options.queued = 1;
    const ServerCase it{options};
    auto first = it.client();
    auto second = it.client();
    CHECK(it.client().send(get("/hello")).readToEnd().empty());
}

}  // namespace loa
