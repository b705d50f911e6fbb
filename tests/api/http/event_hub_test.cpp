// Streams of events over real sockets: what is posted arrives, by number and once, and nobody waits for a slow reader.
#include "api/http/event_hub.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <doctest/doctest.h>

#include <thread>

#include "tests/api/http/server_case.h"
#include "tests/scheduler/setup/office_case.h"
#include "tests/support/wait_until.h"

namespace loa {
namespace {

using namespace std::chrono_literals;

struct Studio {
    std::function<std::vector<StreamEvent>()> earlier = [] { return std::vector<StreamEvent>{}; };
};

Response listen(const Request& request, Studio& studio) {
    return Response::events({request.pathValue("topic"), studio.earlier});
}
Response hello(const Request&, Studio&) {
    return Response::text(200, "hello");
}

constexpr Route<Studio> studioRoutes[] = {{Method::get, "/events/{topic}", Access::anyone, listen},
                                          {Method::get, "/hello", Access::anyone, hello}};

struct Streams {
    EventHub hub;
    Studio studio;
    Router router{[](const Credential&) { return Principal{}; }, [](const std::string&) {}};
    std::optional<Server> server;

    explicit Streams(EventHubOptions streams = {}, ListenerOptions options = {}) : hub{streams} {
        router.add(studioRoutes, [this](const Request&, const auto&) -> Studio& { return studio; });
        options.events = &hub;
        server.emplace(router, std::move(options));
        server->start();
    }
    RawClient listener(const std::string& topic = "an-phong") const {
        RawClient client{server->port()};
        client.send(get("/events/" + topic));
        return client;
    }
};

/// Reads on until the text has come; the client's own limit of 30 s ends it.
std::string readUntil(RawClient& client, const std::string& text) {
    std::string all;
    while (!contains(all = client.soFar(), text))
        if (!client.readSome()) return client.soFar();
    return all;
}

StreamEvent order(std::int64_t number) {
    return {number, "order", "document " + std::to_string(number)};
}

std::string eventOf(std::int64_t number) {
    const auto text = std::to_string(number);
    return "id: " + text + "\nevent: order\ndata: document " + text + "\n\n";
}

/// A hub that many post to while streams come and go, over TLS.
struct TlsStreams {
    Office office;
    Streams streams{{}, tlsOf(office)};

    static ListenerOptions tlsOf(const Office& files) {
        ListenerOptions options;
        options.tls = TlsFiles{files.files.server, files.files.serverKey};
        return options;
    }
    Poco::Net::SecureStreamSocket connect(const std::string& topic) const {
        Poco::Net::Context::Params params;
        params.caLocation = office.files.ca;
        params.loadDefaultCAs = false;
        const auto context = Poco::makeAuto<Poco::Net::Context>(Poco::Net::Context::TLS_CLIENT_USE, params);
        Poco::Net::SecureStreamSocket socket{Poco::Net::SocketAddress{"127.0.0.1", streams.server->port()}, "localhost",
                                             context};
        socket.setReceiveTimeout(Poco::Timespan{30, 0});
        const auto request = get("/events/" + topic);
        socket.sendBytes(request.data(), static_cast<int>(request.size()));
        return socket;
    }
    static std::string readUntil(Poco::Net::SecureStreamSocket& socket, const std::string& text) {
        std::string read;
        std::array<char, 4096> block{};
        while (!contains(read, text)) {
            const int got = socket.receiveBytes(block.data(), static_cast<int>(block.size()));
            if (got <= 0) return read;
            read.append(block.data(), static_cast<std::size_t>(got));
        }
        return read;
    }
};

}  // namespace

TEST_CASE("events: the head says what comes, then what was before, then what is posted, each with its number") {
    Streams it;
    it.studio.earlier = [] { return std::vector{order(3), order(5)}; };
    auto client = it.listener();
    const auto begun = readUntil(client, eventOf(5));
    CHECK(statusOf(begun) == 200);
    CHECK(contains(begun, "Content-Type: text/event-stream\r\n"));
    CHECK(contains(begun, "Cache-Control: no-store\r\n"));
    CHECK_FALSE(contains(begun, "Content-Length"));
    CHECK(contains(begun, eventOf(3) + eventOf(5)));
    it.hub.post("an-phong", order(7));
    it.hub.post("an-phong", {0, "plan", "12"});
    CHECK(contains(readUntil(client, "data: 12\n\n"), eventOf(5) + eventOf(7) + "event: plan\ndata: 12\n\n"));
}

TEST_CASE("events: what is posted while a stream begins is neither missed nor sent twice") {
    Streams it;
    it.studio.earlier = [&] {
        it.hub.post("an-phong", order(1));  // in what was before, too
        it.hub.post("an-phong", order(2));
        return std::vector{order(1)};
    };
    auto client = it.listener();
    const auto heard = readUntil(client, eventOf(2));
    CHECK(countOf(heard, "id: 1\n") == 1);
    CHECK(countOf(heard, "id: 2\n") == 1);
    CHECK(contains(heard, eventOf(1) + eventOf(2)));
}

TEST_CASE("events: a stream hears its own topic alone, and a newer one takes its place") {
    Streams it;
    auto mine = it.listener();
    auto other = it.listener("tan-hue");
    readUntil(mine, ":\n\n");
    readUntil(other, ":\n\n");
    it.hub.post("an-phong", order(1));
    it.hub.post("tan-hue", order(2));
    CHECK_FALSE(contains(readUntil(mine, eventOf(1)), "id: 2"));
    CHECK_FALSE(contains(readUntil(other, eventOf(2)), "id: 1"));
    auto newer = it.listener();
    readUntil(newer, ":\n\n");
    CHECK(mine.readToEnd() != "");  // it has ended
    it.hub.post("an-phong", order(3));
    CHECK(contains(readUntil(newer, eventOf(3)), eventOf(3)));
    CHECK(it.hub.streams() == 2);
}

TEST_CASE("F40 events: a comment comes again and again, and who hangs up or speaks is forgotten") {
    Streams it{{.commentEvery = 20ms}};
    {
        auto client = it.listener();
        CHECK(contains(readUntil(client, ":\n\n:\n\n:\n\n"), ":\n\n:\n\n:\n\n"));
        CHECK(it.hub.isOpen("an-phong"));
    }
    CHECK(waitUntil([&] { return !it.hub.isOpen("an-phong"); }, 60s));
    auto speaker = it.listener();
    readUntil(speaker, ":\n\n");
    speaker.send("more");
    CHECK(waitUntil([&] { return it.hub.streams() == 0; }, 60s));
}

TEST_CASE("events: who reads nothing is cut, and holds up neither who posts nor who reads") {
    Streams it;
    auto slow = it.listener("slow");
    auto quick = it.listener("quick");
    readUntil(slow, ":\n\n");
    readUntil(quick, ":\n\n");
    std::int64_t number = 0;
    const std::string large(3'000, 'x');
    while (it.hub.isOpen("slow") && number < 100'000) it.hub.post("slow", {++number, "order", large});
    CHECK(waitUntil([&] { return !it.hub.isOpen("slow"); }, 60s));
    it.hub.post("quick", order(1));
    CHECK(contains(readUntil(quick, eventOf(1)), eventOf(1)));
}

TEST_CASE("events: who takes nothing for so long is gone, however little waits for them") {
    Streams it{{.commentEvery = 10ms, .stuckAfter = 300ms, .mostWaitingBytes = 64UL * 1024 * 1024}};
    auto slow = it.listener("slow");
    readUntil(slow, ":\n\n");
    for (std::int64_t i = 1; i <= 4'000; ++i) it.hub.post("slow", {i, "order", std::string(3'000, 'x')});
    CHECK(waitUntil([&] { return !it.hub.isOpen("slow"); }, 60s));
}

TEST_CASE("F96 events: streams take no thread of the listener and none of an address's connections") {
    ListenerOptions options;
    options.threads = 2;
    options.maxConnectionsPerAddress = 4;
    Streams it{{}, options};
    std::vector<RawClient> listeners;
    for (int i = 0; i < 50; ++i) {
        listeners.push_back(it.listener("station-" + std::to_string(i)));
        readUntil(listeners.back(), ":\n\n");
    }
    CHECK(it.hub.streams() == 50);
    RawClient one{it.server->port()};
    one.send(get("/hello"));
    CHECK(statusOf(one.readAnswer()) == 200);
}

TEST_CASE("events: what was before may be more than may wait, for who reads") {
    Streams it;
    it.studio.earlier = [] {
        std::vector<StreamEvent> many;
        for (std::int64_t i = 1; i <= 40; ++i) many.push_back({i, "order", std::string(3'000, 'x')});
        return many;
    };
    auto client = it.listener();
    const auto last = readUntil(client, "id: 40\n");
    CHECK(countOf(last, "event: order\n") >= 39);
}

TEST_CASE("events: HEAD begins no stream") {
    Streams it;
    RawClient head{it.server->port()};
    head.send("HEAD /events/an-phong HTTP/1.1\r\nHost: loa\r\n\r\n");
    CHECK(statusOf(head.readToEnd()) == 200);
    CHECK(it.hub.streams() == 0);
}

TEST_CASE_FIXTURE(TlsStreams,
                  "events: over TLS many post at once while streams come and go, and each hears what is its own") {
    constexpr int topics = 8;
    constexpr std::int64_t last = 200;
    std::vector<Poco::Net::SecureStreamSocket> sockets;
    for (int i = 0; i < topics; ++i) {
        sockets.push_back(connect("station-" + std::to_string(i)));
        readUntil(sockets.back(), ":\n\n");
    }
    std::vector<std::thread> writers;
    for (int i = 0; i < topics; ++i)
        writers.emplace_back([&, topic = "station-" + std::to_string(i)] {
            for (std::int64_t number = 1; number <= last; ++number) streams.hub.post(topic, order(number));
        });
    for (int i = 0; i < topics; ++i) connect("passing-" + std::to_string(i)).close();
    for (auto& writer : writers) writer.join();
    for (auto& socket : sockets) {
        const auto heard = readUntil(socket, eventOf(last));
        CHECK(countOf(heard, "event: order\n") == last);
    }
}

}  // namespace loa
