#include "api/http/heavy_reads.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <list>
#include <thread>

#include "tests/api/http/server_case.h"
#include "tests/support/wait_until.h"

namespace loa {

namespace {

constexpr std::chrono::seconds guard{30};
constexpr std::chrono::minutes forEver{10};

/// An office with reads that take as long as the test wants.
struct Archive {
    std::atomic<int> begun{0};
    std::atomic<bool> ends{false};
};

bool always(const Request&) {
    return true;
}
bool ifAsked(const Request& request) {
    return request.query("years").has_value();
}

Response walk(const Request&, Archive& archive) {
    ++archive.begun;
    waitUntil([&] { return archive.ends.load(); }, guard);
    return Response::text(200, "walked");
}
Response glance(const Request&, Archive&) {
    return Response::text(200, "glanced");
}
Response fail(const Request&, Archive&) {
    throw Error{Fault::conflict, "overlap", Words{"Trùng.", "Overlaps."}};
}
Response endless(const Request&, Archive& archive) {
    ++archive.begun;
    return Response::stream(200, {[](const StreamBody::Take& take) {
                                for (;;) take(std::string(1 << 20, 'a'));
                            }},
                            "text/plain; charset=utf-8");
}
Response inPieces(const Request&, Archive&) {
    return Response::stream(200, {[](const StreamBody::Take& take) {
                                for (const char* piece : {"one ", "two ", "three"}) take(piece);
                            }},
                            "text/plain; charset=utf-8");
}

const Route<Archive> archiveRoutes[] = {
    {Method::get, "/walk", Access::anyone, walk, 0, {}, Rate::ofMethod, always},
    {Method::get, "/glance", Access::anyone, glance, 0, {}, Rate::ofMethod, ifAsked},
    {Method::get, "/fail", Access::anyone, fail, 0, {}, Rate::ofMethod, always},
    {Method::get, "/endless", Access::anyone, endless, 0, {}, Rate::ofMethod, always},
    {Method::get, "/pieces", Access::anyone, inPieces, 0, {}, Rate::ofMethod, always},
};

/// One port of two, each with its router and its threads.
struct Port {
    Port(Archive& archive, HeavyReads& heavyReads) {
        router.add(archiveRoutes, [&archive](const Request&, const auto&) -> Archive& { return archive; });
        router.takeTurns(heavyReads);
        server.start();
    }
    RawClient client() const { return RawClient{server.port()}; }
    std::string ask(std::string_view path) const {
        auto one = client();
        one.send(get(path)).sendNoMore();
        return one.readToEnd();
    }

    Router router{[](const Credential&) { return Principal{}; }, {}};
    Server server{router, ServerCase::patient()};
};

struct Office {
    explicit Office(int waitingLimit, Milliseconds patience = forEver) : heavyReads{waitingLimit, patience} {}
    ~Office() { archive.ends = true; }
    void awaitBegun(int count) {
        REQUIRE(waitUntil([&] { return archive.begun == count; }, guard));
    }
    void awaitWaiting(int count) {
        REQUIRE(waitUntil([&] { return heavyReads.waiting() == count; }, guard));
    }

    Archive archive;
    HeavyReads heavyReads;
    Port people{archive, heavyReads};
    Port duty{archive, heavyReads};
};

}  // namespace

TEST_CASE("heavy reads: one at a time at all ports; more are told when to come back, and all else is answered") {
    Office office{0};
    auto first = office.people.client();
    first.send(get("/walk"));
    office.awaitBegun(1);
    for (const auto* port : {&office.people, &office.duty})
        for (const auto* path : {"/walk", "/pieces", "/glance?years=10"}) {
            CAPTURE(path);
            const auto refused = port->ask(path);
            CHECK(statusOf(refused) == 503);
            CHECK(contains(refused, "Retry-After: "));
            CHECK(contains(refused, "Content-Type: application/problem+json"));
            CHECK(contains(refused, "urn:loa:problem:heavy-reads"));
            CHECK(statusOf(port->ask("/glance")) == 200);
        }
    office.archive.ends = true;
    CHECK(statusOf(first.readAnswer()) == 200);
    CHECK(waitUntil([&] { return statusOf(office.duty.ask("/glance?years=10")) == 200; }, guard));
}

TEST_CASE("heavy reads: so many as may wait are answered in their turn, one after the other") {
    Office office{2};
    std::list<RawClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back(office.people.client()).send(get("/walk"));
        office.awaitBegun(1);
        office.awaitWaiting(i);
    }
    CHECK(statusOf(office.duty.ask("/walk")) == 503);
    CHECK(office.archive.begun == 1);
    office.archive.ends = true;
    for (auto& client : clients) CHECK(statusOf(client.readAnswer()) == 200);
    CHECK(office.archive.begun == 3);
}

TEST_CASE("heavy reads: who has waited long enough is told when to come back, and makes room for another") {
    Office office{1, Milliseconds{1}};
    auto first = office.people.client();
    first.send(get("/walk"));
    office.awaitBegun(1);
    for (int i = 0; i < 3; ++i) CHECK(statusOf(office.people.ask("/walk")) == 503);
    CHECK(office.heavyReads.waiting() == 0);
    office.archive.ends = true;
}

TEST_CASE("heavy reads: a stream whose reader does not read holds up no other read") {
    Office office{1};
    auto deaf = office.people.client();
    deaf.send(get("/endless"));
    office.awaitBegun(1);
    // Each of them takes the turn while the stream waits for its reader.
    for (int i = 0; i < 3; ++i) CHECK(contains(office.duty.ask("/pieces"), "three"));
}

TEST_CASE(
    "heavy reads: while one is under way, a stream waits for its next piece, and then goes on before the others") {
    HeavyReads heavyReads{1, forEver};
    std::string made;
    std::latch isSent{1};
    std::latch mayGoOn{1};
    auto stream = heavyReads.inTurn([&] {
        return Response::stream(200, {[&](const StreamBody::Take& take) {
                                    take("");
                                    made += "stream ";
                                    take("");
                                }},
                                "text/plain");
    });
    std::thread sending{[&] {
        int pieces = 0;
        std::get<StreamBody>(stream.body()).produce([&](std::string_view) {
            if (++pieces > 1) return;
            isSent.count_down();
            mayGoOn.wait();
        });
    }};
    isSent.wait();
    std::thread other;
    heavyReads.inTurn([&] {
        other = std::thread{[&] {
            heavyReads.inTurn([&] {
                made += "other ";
                return Response::noContent();
            });
        }};
        CHECK(waitUntil([&] { return heavyReads.waiting() == 1; }, guard));
        mayGoOn.count_down();
        CHECK(waitUntil([&] { return heavyReads.goingOn() == 1; }, guard));
        made += "first ";
        return Response::noContent();
    });
    sending.join();
    other.join();
    CHECK(made == "first stream other ");
}

TEST_CASE("heavy reads: what fails, breaks off or is never sent gives its turn back") {
    Office office{0};
    CHECK(statusOf(office.people.ask("/fail")) == 409);
    {
        auto gone = office.people.client();
        gone.send(get("/endless"));
        office.awaitBegun(1);
    }
    auto head = office.people.client();
    CHECK(statusOf(head.send("HEAD /pieces HTTP/1.1\r\nHost: loa\r\n\r\n").readAnswer(false)) == 200);
    CHECK(waitUntil([&] { return statusOf(office.people.ask("/pieces")) == 200; }, guard));
}

}  // namespace loa
