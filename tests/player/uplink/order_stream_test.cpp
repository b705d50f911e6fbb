#include "player/uplink/order_stream.h"

#include <doctest/doctest.h>

#include <csignal>
#include <deque>

#include "api/wire/order_json.h"
#include "tests/player/uplink/scripted_server.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

/// A station that listens to a stream of the test's.
class Listening {
public:
    explicit Listening(ScriptedServer::Script script, Milliseconds silence = 60s)
        : server{std::move(script)},
          uplink{{server.address(), "", "secret-token", StationId{"an-phong"}, 5s, silence},
                 [this](UplinkAnswer answer) {
                     const std::lock_guard lock{mutex_};
                     answers_.push_back(std::move(answer));
                     came_.notify_one();
                 },
                 [](const MediaWanted&) { return std::unique_ptr<MediaSink>{}; }} {
        std::signal(SIGPIPE, SIG_IGN);
    }

    template <class Kind>
    Kind nextIs() {
        std::unique_lock lock{mutex_};
        came_.wait(lock, [&] { return !answers_.empty(); });
        auto answer = std::move(answers_.front());
        answers_.pop_front();
        REQUIRE(std::holds_alternative<Kind>(answer));
        return std::get<Kind>(answer);
    }

private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<UplinkAnswer> answers_;

public:
    ScriptedServer server;
    HttpUplink uplink;  // destroyed first, so that no answer comes to what is gone
};

bool has(const std::string& request, const std::string& text) {
    return request.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("order stream: orders and newer plans come while the stream is open, and closing the uplink breaks it") {
    std::string seen;
    Listening station{[&](const std::string& request) {
        seen = request;
        return head + std::string{": hello\n\nid: 8\nevent: order\ndata: signed\n\nevent: plan\ndata: 12\n\n"};
    }};
    station.uplink.listen(7);
    station.nextIs<StreamOpened>();
    CHECK(station.nextIs<OrderArrived>().document == "signed");
    station.nextIs<PlanChanged>();
    CHECK(has(seen, "GET /v1/stations/an-phong/stream HTTP/1.1"));
    CHECK(has(seen, "Authorization: Bearer secret-token"));
    CHECK(has(seen, "Last-Event-ID: 7"));
}

TEST_CASE("order stream: F40 a stream without a byte is dead, although nobody has hung up, and is opened anew") {
    std::vector<std::string> seen;
    std::mutex mutex;
    Listening station{[&](const std::string& request) {
                          const std::lock_guard lock{mutex};
                          seen.push_back(request);
                          return head + std::string{"id: 8\nevent: order\ndata: signed\n\n"};
                      },
                      200ms};
    station.uplink.listen(7);
    station.nextIs<StreamOpened>();
    station.nextIs<OrderArrived>();
    station.uplink.listen(8);
    station.nextIs<StreamOpened>();
    const std::lock_guard lock{mutex};
    CHECK(seen.size() >= 2);
    CHECK(has(seen[1], "Last-Event-ID: 8"));
}

TEST_CASE("order stream: F39 a link that comes and goes, an office that is busy: it is opened again until it stays") {
    int count = 0;
    Listening station{[&](const std::string&) {
        ++count;
        if (count == 1) return std::string{};
        if (count == 2) return ScriptedServer::answer(503, "{}");
        if (count == 3) return std::string{"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nid: 8\nevent: order\nda"};
        return head + std::string{"id: 8\nevent: order\ndata: signed\n\n"};
    }};
    station.uplink.listen(7);
    station.nextIs<StreamOpened>();
    station.nextIs<StreamOpened>();
    CHECK(station.nextIs<OrderArrived>().document == "signed");
    CHECK(count == 4);
}

TEST_CASE("order stream: a stream that hangs holds up neither a plan nor a report") {
    const OrderReport report{OrderId{std::string(32, 'a')}, OrderProgress::sounded, Instant{5s}, 480, ""};
    const OrderSound sound{MediaId{std::string(64, 'b')}, 10, 480};
    std::string body;
    Listening station{[&](const std::string& request) {
        if (has(request, "/stream ")) return std::string{ScriptedServer::silence};
        if (has(request, "/order-sounds ")) return ScriptedServer::answer(200, orderSoundsToJson({&sound, 1}));
        body = request.substr(request.find("\r\n\r\n") + 4);
        return ScriptedServer::answer(204, "");
    }};
    station.uplink.listen(0);
    station.uplink.postOrderReports({report});
    station.nextIs<OrderReportsReceived>();
    CHECK(orderReportsFromJson(body) == std::vector{report});
    station.uplink.fetchOrderSounds();
    CHECK(station.nextIs<OrderSoundsFetched>().sounds == std::vector{sound});
}
