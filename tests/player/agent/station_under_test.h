#pragma once
#include <doctest/doctest.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <thread>

#include "api/wire/fresh_json.h"
#include "api/wire/manifest_json.h"
#include "player/agent.h"
#include "scheduler/domain/error.h"
#include "scheduler/domain/media_item.h"
#include "tests/player/agent/place.h"
#include "tests/player/agent/recording_uplink.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/wait_until.h"

namespace loa::test {

/// An agent on its own thread with a real store, a real socket to a loa-sound that the test plays, a clock the test
/// sets, and an office that the test plays.
class StationUnderTest {
public:
    StationUnderTest() : listener{(directory.path() / "sound.sock").string()} {}
    ~StationUnderTest() {
        if (thread_.joinable()) stop();
    }

    void start() {
        ended_ = false;
        spool_.emplace(spoolFile(), station, clock.now());
        stop_ = eventfd(0, EFD_CLOEXEC);
        AgentSettings settings;
        settings.station = station;
        settings.officeKeys = {VerifyingKey::fromText(key.publicText())};
        settings.soundSocket = (directory.path() / "sound.sock").string();
        settings.bootId = bootId;
        uplink.statusAnswer = [this] { inbox.post(StatusReceived{}); };
        agent_ = std::make_unique<Agent>(settings, clock, *spool_, cache, uplink, inbox);
        thread_ = std::thread{[this] {
            agent_->run(stop_);
            ended_ = true;
        }};
    }

    void stop() {
        askToStop();
        join();
    }
    void askToStop() {
        const std::uint64_t one = 1;
        CHECK(write(stop_, &one, sizeof one) == sizeof one);
    }
    /// Time goes on until the agent has ended.
    void join() {
        while (!ended_) {
            clock.advance(std::chrono::milliseconds{100});
            poll(nullptr, 0, 10);
        }
        thread_.join();
        agent_.reset();
        spool_.reset();
        close(stop_);
    }

    /// By itself, or as asked.
    bool ended() const { return ended_; }

    std::filesystem::path spoolFile() const { return directory.path() / "spool.db"; }

    /// The file's bytes and, by their hash, its name.
    MediaId makeMedia(const std::string& bytes) const { return MediaId{sha256Hex(bytes)}; }
    void putMedia(const MediaId& media, const std::string& bytes) const { std::ofstream{cache.fileOf(media)} << bytes; }

    Slot slotAt(Instant start, const MediaId& media) const {
        Slot slot;
        slot.event = EventId{"1022"};
        slot.original = start;
        slot.id = makeSlotId(slot.event, start, station, 0);
        slot.title = "Tổng đài 1022";
        slot.at = {start, start + std::chrono::seconds{30}};
        slot.media = media;
        slot.bytes = 4;
        slot.frames = 30 * frameRate;
        return slot;
    }

    Manifest plan(std::vector<Slot> slots, std::int64_t revision = 1) const {
        Manifest manifest;
        manifest.station = station;
        manifest.revision = revision;
        manifest.issued = five - std::chrono::hours{1};
        manifest.window = {five - std::chrono::hours{24}, five + std::chrono::hours{24}};
        manifest.zone = "Asia/Ho_Chi_Minh";
        manifest.slots = std::move(slots);
        if (!manifest.slots.empty()) manifest.approvals = {{manifest.slots.front().event, "content", "binh", five}};
        return manifest;
    }
    std::string signedPlan(const Manifest& manifest) const { return sign("manifest", toJson(manifest), key); }
    void sendPlan(const Manifest& manifest) {
        inbox.post(ManifestFetched{signedPlan(manifest), '"' + std::to_string(manifest.revision) + '"'});
    }
    bool holdsPlan(std::int64_t revision) {
        return uplink.wait([&] { return !uplink.statuses.empty() && uplink.statuses.back().revision == revision; });
    }

    /// The office's answer to the question with this nonce.
    void tellTime(Instant time, const std::string& nonce) {
        inbox.post(TimeTold{sign("fresh", toJson(FreshStatement{station, nonce, time, 0}), key)});
    }
    /// To the newest question.
    void tellTime(Instant time) {
        std::string nonce;
        REQUIRE(uplink.wait([&] {
            if (!uplink.nonces.empty()) nonce = uplink.nonces.back();
            return !nonce.empty();
        }));
        tellTime(time, nonce);
    }
    bool says(ClockTrust trust) {
        return uplink.wait([&] { return !uplink.statuses.empty() && uplink.statuses.back().clockTrust == trust; });
    }

    // --- the test as loa-sound

    void soundComes() {
        sound = listener.accept(20'000);
        REQUIRE(sound);
        poke();
    }
    /// A word from loa-sound; also what wakes the agent after the clock was set.
    void poke() { tell(OutputState{OutputState::State::ready, ""}); }
    void tell(const FromSound& message) { sound->send(toPacket(message)); }
    void clockTo(Instant now) {
        clock.advance(now - clock.now());
        if (sound) poke();
    }
    /// Time passes, half a second at a look, until it is so.
    bool liveUntil(const std::function<bool()>& isSo) {
        for (int i = 0; i < 400; ++i, clockTo(clock.now() + Milliseconds{500}))
            if (uplink.wait(isSo, std::chrono::milliseconds{50})) return true;
        return false;
    }
    /// Time passes without a word from loa-sound until the agent has hung up.
    bool isLeft() {
        try {
            for (int i = 0; i < 200; ++i, clock.advance(Milliseconds{500})) sound->receive(100);
        } catch (const Error&) {
            return true;
        }
        return false;
    }
    /// The next packet of that kind; others before it are not expected.
    template <class Kind>
    Kind expect(Descriptor* descriptor = nullptr) {
        auto packet = sound->receive(20'000);
        REQUIRE(packet);
        const auto message = toSoundFromPacket(packet->text);
        REQUIRE(std::holds_alternative<Kind>(message));
        if (descriptor) *descriptor = std::move(packet->descriptor);
        return std::get<Kind>(message);
    }

    std::string bootId = "boot";
    TemporaryDirectory directory;
    ManualClock clock{five - std::chrono::minutes{1}};
    SigningKey key = SigningKey::generate();
    MediaCache cache{directory.path() / "media"};
    Inbox<UplinkAnswer> inbox;
    RecordingUplink uplink;
    SoundListener listener;
    std::optional<SoundSocket> sound;

private:
    std::optional<Spool> spool_;
    std::unique_ptr<Agent> agent_;
    int stop_ = -1;
    std::atomic<bool> ended_{false};
    std::thread thread_;
};

}  // namespace loa::test
