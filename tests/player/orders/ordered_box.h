#pragma once
#include <doctest/doctest.h>

#include <csignal>
#include <fstream>
#include <map>
#include <mutex>

#include "api/signing/signing.h"
#include "api/wire/airing_json.h"
#include "api/wire/fresh_json.h"
#include "api/wire/manifest_json.h"
#include "api/wire/order_json.h"
#include "scheduler/domain/clock.h"
#include "scheduler/domain/media_item.h"
#include "tests/player/uplink/scripted_server.h"
#include "tests/support/pulse_server.h"
#include "tests/support/recording.h"
#include "tests/support/service_manager.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tone_media.h"
#include "tests/support/wait_until.h"

namespace loa::test {

/// A station's two programs as processes with a sound server that another process listens to, and an office of the
/// test's that says what it is told to say.
class OrderedBox {
public:
    OrderedBox() {
        std::signal(SIGPIPE, SIG_IGN);
        write("identity.json",
              R"({"station": "an-phong", "identity": 1, "key": ")" + own_.toText() + R"(", "token": "secret"})");
        write("office.pub", key_.publicText());
        write("ca.pem", "");
        write("player.properties",
              "server = " + office_.address() + "\nofficeCa = " + path("ca.pem") +
                  "\nofficeKeyFile = " + path("office.pub") + "\nidentityFile = " + path("identity.json") +
                  "\nstateDirectory = " + path("state") + "\nmediaDirectory = " + path("media") +
                  "\nsoundSocket = " + path("sound.sock") + "\nmanifestPollSeconds = 1\nstatusSeconds = 1\n");
        std::filesystem::permissions(path("identity.json"), std::filesystem::perms::owner_read);
        ServiceUnit sound;
        sound.command = {program("loa-sound"), "--socket",       path("sound.sock"),  "--sink",
                         server.sink(),        "--gst-registry", path("registry.bin")};
        sound.output = path("sound.log");
        sound_ = std::make_unique<ServiceManager>(std::move(sound));
        ServiceUnit player;
        player.command = {program("loa-player"), "--config", path("player.properties")};
        player.output = path("player.log");
        player_ = std::make_unique<ServiceManager>(std::move(player));
        REQUIRE(waitUntil([&] { return asked("/stream ") > 0; }, std::chrono::seconds{60}));
        REQUIRE(waitUntil([&] { return said("\"output\":\"ready\""); }, std::chrono::seconds{60}));
    }

    std::string path(const std::string& name) const { return (directory.path() / name).string(); }
    ServiceManager& player() { return *player_; }
    ServiceManager& sound() { return *sound_; }
    static Instant now() { return SystemClock{}.now(); }

    /// A file at the office, `seconds` of a tone.
    OrderSound makeSound(int seconds) {
        const std::int64_t frames = seconds * frameRate;
        auto bytes = toneMedia(frames);
        OrderSound sound{MediaId{sha256Hex(bytes)}, static_cast<std::int64_t>(bytes.size()), frames};
        const std::lock_guard lock{mutex_};
        files_[sound.media.text()] = std::move(bytes);
        return sound;
    }
    /// From now on it must lie ready; returns when the station has it.
    void lieReady(const OrderSound& sound) {
        {
            const std::lock_guard lock{mutex_};
            sounds_.push_back(sound);
        }
        office_.push("/stream ", "event: plan\ndata: 1\n\n");
        REQUIRE(waitUntil([&] { return std::filesystem::exists(path("media/" + sound.media.text())); },
                          std::chrono::seconds{60}));
    }
    /// One slot, at that time, as the whole plan.
    void plan(const OrderSound& sound, Instant start) {
        Manifest manifest;
        manifest.station = StationId{"an-phong"};
        manifest.revision = 1;
        manifest.issued = now();
        manifest.window = {now() - std::chrono::hours{1}, now() + std::chrono::hours{1}};
        Slot slot;
        slot.event = EventId{"1022"};
        slot.original = start;
        slot.id = makeSlotId(slot.event, start, manifest.station, 0);
        slot.title = "Tổng đài 1022";
        slot.at = {start, start + framesToLength(sound.frames)};
        slot.media = sound.media;
        slot.bytes = sound.bytes;
        slot.frames = sound.frames;
        manifest.slots = {slot};
        manifest.approvals = {{slot.event, "content", "binh", now()}};
        const std::lock_guard lock{mutex_};
        manifest_ = sign("manifest", toJson(manifest), key_);
    }

    Order make(OrderType type, std::optional<OrderSound> sound = std::nullopt) {
        Order order;
        order.number = ++lastNumber_;
        order.id = OrderId{std::string(31, '0') + std::to_string(order.number)};
        order.type = type;
        order.station = StationId{"an-phong"};
        order.issued = now();
        order.validUntil = now() + std::chrono::minutes{10};
        order.title = "Xả lũ";
        order.sound = std::move(sound);
        return order;
    }
    /// Kept for who comes later, and told on the streams that are open.
    void send(const Order& order) {
        const auto event = "id: " + std::to_string(order.number) +
                           "\nevent: order\ndata: " + sign(documentKind(order.type), toJson(order), key_) + "\n\n";
        {
            const std::lock_guard lock{mutex_};
            orders_[order.number] = event;
        }
        office_.push("/stream ", event);
    }
    /// The office says it to nobody any more.
    void forget(const Order& order) {
        const std::lock_guard lock{mutex_};
        orders_.erase(order.number);
    }
    void hangUpStream() { office_.hangUp("/stream "); }

    std::optional<OrderReport> report(const Order& order, OrderProgress state) const {
        const std::lock_guard lock{mutex_};
        for (const auto& report : reports_)
            if (report.order == order.id && report.state == state) return report;
        return std::nullopt;
    }
    OrderReport await(const Order& order, OrderProgress state) const {
        REQUIRE_MESSAGE(waitUntil([&] { return report(order, state).has_value(); }, std::chrono::seconds{60}),
                        toText(state));
        return *report(order, state);
    }
    std::vector<Airing> airings() const {
        const std::lock_guard lock{mutex_};
        return airings_;
    }
    int asked(const std::string& words) const {
        const std::lock_guard lock{mutex_};
        int count = 0;
        for (const auto& request : requests_) count += request.find(words) != std::string::npos ? 1 : 0;
        return count;
    }

    TemporaryDirectory directory;
    PulseServer server{directory.path() / "pulse"};

private:
    static std::string program(const std::string& name) { return std::string{std::getenv("LOA_BIN_DIR")} + '/' + name; }
    void write(const std::string& name, const std::string& text) const { std::ofstream{path(name)} << text; }
    bool said(const std::string& words) const { return asked(words) > 0; }

    std::string answer(const std::string& request) {
        const auto has = [&](const char* words) { return request.find(words) != std::string::npos; };
        const auto body = request.substr(request.find("\r\n\r\n") + 4);
        const std::lock_guard lock{mutex_};
        requests_.push_back(request);
        if (has("/stream ")) return stream(request);
        if (has("/order-sounds ")) return ScriptedServer::answer(200, orderSoundsToJson(sounds_));
        if (has("/order-reports ")) {
            for (auto& report : orderReportsFromJson(body)) reports_.push_back(std::move(report));
            return ScriptedServer::answer(204, "");
        }
        if (has("/airings ")) {
            std::vector<AiringId> received;
            for (auto& airing : airingsFromJson(body)) {
                received.push_back(airing.id);
                airings_.push_back(std::move(airing));
            }
            return ScriptedServer::answer(200, receiptToJson(received));
        }
        if (has("GET /v1/media/")) return ScriptedServer::answer(200, files_[request.substr(14, 64)]);
        if (has("/fresh?nonce=")) {
            const auto from = request.find("nonce=") + 6;
            const auto nonce = request.substr(from, request.find(' ', from) - from);
            return ScriptedServer::answer(
                200, sign("fresh", toJson(FreshStatement{StationId{"an-phong"}, nonce, now(), 1}), key_));
        }
        if (!has("/manifest ")) return ScriptedServer::answer(204, "");
        if (manifest_.empty()) return ScriptedServer::answer(404, "{}");
        return has("If-None-Match") ? "HTTP/1.1 304 X\r\n\r\n"
                                    : ScriptedServer::answer(200, manifest_, "ETag: \"1\"\r\n");
    }
    std::string stream(const std::string& request) const {
        const auto field = std::string{"Last-Event-ID: "};
        const auto after = std::stoll(request.substr(request.find(field) + field.size()));
        std::string reply = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hello\n\n";
        for (const auto& [number, event] : orders_)
            if (number > after) reply += event;
        return reply;
    }

    SigningKey key_ = SigningKey::generate();
    SigningKey own_ = SigningKey::generate();  ///< the box's
    mutable std::mutex mutex_;                 ///< guards the members up to office_
    std::map<std::string, std::string> files_;
    std::vector<OrderSound> sounds_;
    std::string manifest_;
    std::map<std::int64_t, std::string> orders_;  ///< as events
    std::vector<OrderReport> reports_;
    std::vector<Airing> airings_;
    std::vector<std::string> requests_;
    std::int64_t lastNumber_ = 0;
    ScriptedServer office_{[this](const std::string& request) { return answer(request); }};
    std::unique_ptr<ServiceManager> sound_;
    std::unique_ptr<ServiceManager> player_;
};

}  // namespace loa::test
