#include "player/uplink/http_uplink.h"

#include <doctest/doctest.h>

#include <condition_variable>
#include <csignal>
#include <deque>

#include "api/wire/airing_json.h"
#include "api/wire/status_json.h"
#include "scheduler/domain/error.h"
#include "tests/player/uplink/scripted_server.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

const StationId station{"an-phong"};
const MediaId file{std::string(64, 'f')};

/// The bytes of one file in memory; `finish` refuses what is not "0123456789".
struct Memory {
    std::string bytes;
    bool finished = false;
};

class MemorySink final : public MediaSink {
public:
    explicit MemorySink(Memory& memory) : memory_{memory} {}
    std::int64_t have() const override { return static_cast<std::int64_t>(memory_.bytes.size()); }
    void append(std::string_view bytes) override { memory_.bytes += bytes; }
    void restart() override { memory_.bytes.clear(); }
    void finish() override {
        if (memory_.bytes != "0123456789") {
            memory_.bytes.clear();
            throw Error(Fault::invalid, "media-wrong-hash", {"sai", "wrong hash"});
        }
        memory_.finished = true;
    }

private:
    Memory& memory_;
};

/// A station that asks and waits for the answer.
class Asking {
public:
    explicit Asking(ScriptedServer::Script script)
        : server{std::move(script)},
          uplink{{server.address(), "", "secret-token", station, 5s},
                 [this](UplinkAnswer answer) {
                     const std::lock_guard lock{mutex_};
                     answers_.push_back(std::move(answer));
                     came_.notify_one();
                 },
                 [this](const MediaWanted&) { return std::make_unique<MemorySink>(memory); }} {
        std::signal(SIGPIPE, SIG_IGN);
    }

    UplinkAnswer next() {
        std::unique_lock lock{mutex_};
        came_.wait(lock, [&] { return !answers_.empty(); });
        auto answer = std::move(answers_.front());
        answers_.pop_front();
        return answer;
    }
    template <class Kind>
    Kind nextIs() {
        auto answer = next();
        if (auto* failed = std::get_if<RequestFailed>(&answer)) INFO("failed: ", failed->why);
        REQUIRE(std::holds_alternative<Kind>(answer));
        return std::get<Kind>(answer);
    }

    Memory memory;

private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<UplinkAnswer> answers_;

public:
    ScriptedServer server;
    HttpUplink uplink;  // destroyed first, so that no answer comes to what is gone
};

Airing airing(std::int64_t sequence) {
    Airing made;
    made.id = {station, 7, sequence};
    made.slot = SlotId{"slot"};
    made.media = file;
    return made;
}

bool has(const std::string& request, const std::string& text) {
    return request.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("http uplink: a plan is asked for with the token and the ETag, and comes with its own") {
    std::string seen;
    Asking asking{[&](const std::string& request) {
        seen = request;
        return ScriptedServer::answer(200, "signed text", "ETag: \"6\"\r\n");
    }};
    asking.uplink.fetchManifest("\"5\"");
    const auto fetched = asking.nextIs<ManifestFetched>();
    CHECK(fetched.document == "signed text");
    CHECK(fetched.etag == "\"6\"");
    CHECK(has(seen, "GET /v1/stations/an-phong/manifest HTTP/1.1"));
    CHECK(has(seen, "Authorization: Bearer secret-token"));
    CHECK(has(seen, "If-None-Match: \"5\""));
}

TEST_CASE("http uplink: an unchanged plan is said to be one, and the connection is kept") {
    Asking asking{[](const std::string&) { return std::string{"HTTP/1.1 304 Not Modified\r\n\r\n"}; }};
    for (int i = 0; i < 5; ++i) {
        asking.uplink.fetchManifest("\"5\"");
        asking.nextIs<ManifestUnchanged>();
    }
    CHECK(asking.server.connections() == 1);
}

TEST_CASE("http uplink: rows are acknowledged by name") {
    std::string body;
    Asking asking{[&](const std::string& request) {
        body = request.substr(request.find("\r\n\r\n") + 4);
        const AiringId ids[] = {airing(1).id, airing(2).id};
        return ScriptedServer::answer(200, receiptToJson(ids));
    }};
    asking.uplink.postAirings({airing(1), airing(2)});
    CHECK(asking.nextIs<AiringsReceived>().received == std::vector{airing(1).id, airing(2).id});
    CHECK(airingsFromJson(body) == std::vector{airing(1), airing(2)});
}

TEST_CASE("http uplink: whatever is not a receipt is a failure with its status") {
    struct Case {
        const char* name;
        std::string reply;
        int status;
    };
    const Case cases[] = {
        {"server error", ScriptedServer::answer(503, "{}"), 503},
        {"no right", ScriptedServer::answer(401, "{}"), 401},
        {"a login page", ScriptedServer::answer(200, "<html>"), 0},
        {"cut receipt", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\n{\"received\"", 0},
        {"not HTTP", "garbage\r\n\r\nConnection: close", 0},
        {"silence", "", 0},
        {"moved", ScriptedServer::answer(302, "", "Location: http://example.invalid/\r\n"), 302},
    };
    for (const auto& row : cases) {
        CAPTURE(row.name);
        Asking asking{[&](const std::string&) { return row.reply; }};
        asking.uplink.postAirings({airing(1)});
        const auto failed = asking.nextIs<RequestFailed>();
        CHECK(failed.request == RequestFailed::Request::airings);
        CHECK(failed.status == row.status);
        CHECK_FALSE(failed.why.empty());
    }
}

TEST_CASE("http uplink: a kept connection that the office closed is opened again within the same request") {
    int count = 0;
    Asking asking{[&](const std::string&) { return ++count == 2 ? std::string{} : ScriptedServer::answer(204, ""); }};
    asking.uplink.postStatus({});
    asking.nextIs<StatusReceived>();
    asking.uplink.postStatus({});
    asking.nextIs<StatusReceived>();
    CHECK(asking.server.connections() == 2);
}

TEST_CASE("http uplink: status goes to its place") {
    std::string seen;
    Asking asking{[&](const std::string& request) {
        seen = request;
        return ScriptedServer::answer(204, "");
    }};
    StationStatus status;
    status.revision = 12;
    status.output = "ready";
    asking.uplink.postStatus(status);
    asking.nextIs<StatusReceived>();
    CHECK(has(seen, "POST /v1/stations/an-phong/status"));
    CHECK(statusFromJson(seen.substr(seen.find("\r\n\r\n") + 4)) == status);
}

TEST_CASE("http uplink: the answer to a status says what the office lacks") {
    const LackingAirings lacking{7, {{3, 5}}};
    Asking asking{[&](const std::string&) { return ScriptedServer::answer(200, toJson(lacking)); }};
    asking.uplink.postStatus({});
    CHECK(asking.nextIs<StatusReceived>().lacking == lacking);
}

TEST_CASE("http uplink: F04 a download that is cut goes on from the byte where it ended") {
    std::vector<std::string> seen;
    Asking asking{[&](const std::string& request) {
        seen.push_back(request);
        if (seen.size() == 1)
            return std::string{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n0123"};
        return ScriptedServer::answer(206, "456789", "Content-Range: bytes 4-9/10\r\n");
    }};
    asking.uplink.fetchMedia({file, 10});
    CHECK(asking.nextIs<RequestFailed>().media == file);
    CHECK(asking.memory.bytes == "0123");
    asking.uplink.fetchMedia({file, 10});
    CHECK(asking.nextIs<MediaArrived>().media == file);
    CHECK(asking.memory.finished);
    REQUIRE(seen.size() == 2);
    CHECK(has(seen[1], "Range: bytes=4-"));
    CHECK(has(seen[1], "If-Range: \"" + file.text() + '"'));
}

TEST_CASE(
    "http uplink: an office that ignores the range, or answers another one, costs a new beginning, never a mixture") {
    std::string reply;
    Asking asking{[&](const std::string&) { return reply; }};
    asking.memory.bytes = "0123";
    SUBCASE("the whole file") {
        reply = ScriptedServer::answer(200, "0123456789");
        asking.uplink.fetchMedia({file, 10});
        asking.nextIs<MediaArrived>();
        CHECK(asking.memory.finished);
    }
    SUBCASE("another range") {
        reply = ScriptedServer::answer(206, "23456789", "Content-Range: bytes 2-9/10\r\n");
        asking.uplink.fetchMedia({file, 10});
        asking.nextIs<RequestFailed>();
        CHECK(asking.memory.bytes.empty());
    }
    SUBCASE("no such range") {
        reply = ScriptedServer::answer(416, "");
        asking.uplink.fetchMedia({file, 10});
        asking.nextIs<RequestFailed>();
        CHECK(asking.memory.bytes.empty());
    }
}

TEST_CASE("http uplink: wrong bytes and a missing file are failures; an error's text never gets into a file") {
    std::string reply;
    Asking asking{[&](const std::string&) { return reply; }};
    SUBCASE("wrong bytes") {
        reply = ScriptedServer::answer(200, "9876543210");
    }
    SUBCASE("missing") {
        reply = ScriptedServer::answer(404, "0123456789");
    }
    asking.uplink.fetchMedia({file, 10});
    asking.nextIs<RequestFailed>();
    CHECK(asking.memory.bytes.empty());
    CHECK_FALSE(asking.memory.finished);
}

TEST_CASE("http uplink: what had already come whole is only finished") {
    Asking asking{[](const std::string&) { return std::string{}; }};
    asking.memory.bytes = "0123456789";
    asking.uplink.fetchMedia({file, 10});
    asking.nextIs<MediaArrived>();
    CHECK(asking.server.connections() == 0);
}

TEST_CASE("http uplink: a download that hangs holds up no row, and closing the uplink breaks it") {
    ScriptedServer office{[](const std::string& request) {
        if (has(request, "GET /v1/media/")) return std::string{ScriptedServer::silence};
        const AiringId ids[] = {airing(1).id};
        return ScriptedServer::answer(200, receiptToJson(ids));
    }};
    Memory memory;
    std::mutex mutex;
    std::condition_variable came;
    std::vector<UplinkAnswer> answers;
    {
        HttpUplink uplink{{office.address(), "", "t", station, std::chrono::minutes{10}},
                          [&](UplinkAnswer answer) {
                              const std::lock_guard lock{mutex};
                              answers.push_back(std::move(answer));
                              came.notify_one();
                          },
                          [&](const MediaWanted&) { return std::make_unique<MemorySink>(memory); }};
        uplink.fetchMedia({file, 10});
        uplink.postAirings({airing(1)});
        std::unique_lock lock{mutex};
        came.wait(lock, [&] { return answers.size() == 1; });
        CHECK(std::holds_alternative<AiringsReceived>(answers[0]));
    }
    CHECK_FALSE(memory.finished);
}

TEST_CASE("http uplink: the time is asked for with a nonce, and a refusal is of that question") {
    std::string seen;
    bool isThere = true;
    Asking asking{[&](const std::string& request) {
        seen = request;
        return isThere ? ScriptedServer::answer(200, "signed time") : ScriptedServer::answer(404, "no such path");
    }};
    asking.uplink.askTime("0123abcd");
    CHECK(asking.nextIs<TimeTold>().document == "signed time");
    CHECK(has(seen, "GET /v1/stations/an-phong/fresh?nonce=0123abcd HTTP/1.1"));
    isThere = false;  // an office of an earlier version
    asking.uplink.askTime("0123abcd");
    const auto failed = asking.nextIs<RequestFailed>();
    CHECK(failed.request == RequestFailed::Request::time);
    CHECK(failed.status == 404);
}
