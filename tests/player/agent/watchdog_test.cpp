// What the service manager hears of an agent that is well, and of one that is not.
#include <sys/socket.h>
#include <sys/un.h>

#include <cstdlib>
#include <cstring>

#include "tests/player/agent/station_under_test.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

constexpr Level loud{-18, -2, 0};

/// Takes sd_notify messages as a service manager does, for whoever asks for them next in this process.
class NotifySocket {
public:
    NotifySocket() : path_{directory_.path() / "notify"}, socket_{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)} {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path_.c_str(), sizeof address.sun_path - 1);
        REQUIRE(bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        setenv("NOTIFY_SOCKET", path_.c_str(), 1);
        setenv("WATCHDOG_USEC", "3000000", 1);
    }
    ~NotifySocket() {
        unsetenv("NOTIFY_SOCKET");
        unsetenv("WATCHDOG_USEC");
    }

    /// A beat comes within `limit`; other messages are passed over.
    bool beat(std::chrono::milliseconds limit) const {
        pollfd entry{socket_.get(), POLLIN, 0};
        while (poll(&entry, 1, static_cast<int>(limit.count())) > 0) {
            char text[2000];
            const auto length = recv(socket_.get(), text, sizeof text, 0);
            if (std::string(text, static_cast<std::size_t>(std::max<ssize_t>(length, 0))) == "WATCHDOG=1") return true;
        }
        return false;
    }
    /// Passes over all that has come.
    void drain() const {
        while (beat(0ms)) continue;
    }

private:
    TemporaryDirectory directory_;
    std::filesystem::path path_;
    Descriptor socket_;
};

/// On air since five, with the figures of its first second.
ItemId goOnAir(StationUnderTest& station) {
    const auto media = station.makeMedia("opus");
    station.putMedia(media, "opus");
    station.start();
    station.soundComes();
    station.sendPlan(station.plan({station.slotAt(five, media)}));
    station.clockTo(five - 10s);
    const auto item = station.expect<Cue>().item;
    station.tell(Cued{item});
    station.clockTo(five - 1s);
    station.expect<Start>();
    station.tell(Sounding{item, five, 90, 0});
    station.clockTo(five + 1s);
    station.tell(Progress{item, frameRate, loud});
    REQUIRE(station.uplink.wait([&] { return station.uplink.statuses.back().onAir.has_value(); }));
    return item;
}

}  // namespace

TEST_CASE("watchdog: an output that is lost on air costs no beat, and is the reason in the row") {
    const NotifySocket manager;
    StationUnderTest station;
    const auto item = goOnAir(station);
    station.tell(OutputState{OutputState::State::lost, "unplugged"});
    REQUIRE(station.uplink.wait([&] { return station.uplink.statuses.back().output == "lost"; }));
    manager.drain();
    for (int second = 0; second < 28; ++second) {
        CAPTURE(second);
        station.clock.advance(1s);
        station.tell(OutputState{OutputState::State::lost, "unplugged"});
        REQUIRE(manager.beat(20s));
    }
    station.tell(Ended{item, Ended::Cause::outputLost, frameRate, five + 1s, loud, "the output was not there"});
    REQUIRE(station.uplink.wait([&] { return !station.uplink.batches.empty(); }));
    const auto row = station.uplink.batches[0].at(0);
    CHECK(row.result == AiringResult::partial);
    CHECK(row.reason == MissReason::deviceLost);
}

TEST_CASE("watchdog: frames that stand still on a working output for 10 s stop the beat") {
    const NotifySocket manager;
    StationUnderTest station;
    const auto item = goOnAir(station);
    const auto turnsWith = [&](std::int64_t revision) {
        station.sendPlan(station.plan({station.slotAt(five, station.makeMedia("opus"))}, revision));
        return station.holdsPlan(revision);
    };
    REQUIRE(turnsWith(2));  // the first second's figures are read before the clock goes on
    for (int second = 0; second < 9; ++second) {
        station.clock.advance(1s);
        station.tell(Progress{item, frameRate, loud});
    }
    REQUIRE(manager.beat(20s));
    for (int revision = 3; revision < 5; ++revision) REQUIRE(turnsWith(revision));  // a whole turn, with its beat
    manager.drain();
    station.clock.advance(2s);
    for (int revision = 5; revision < 7; ++revision) REQUIRE(turnsWith(revision));  // the loop turns all the same
    CHECK_FALSE(manager.beat(300ms));
}

TEST_CASE("watchdog: an agent whose loop hangs gives no beat, whatever the rest of the process does") {
    const NotifySocket manager;
    StationUnderTest station;
    station.start();
    station.soundComes();
    REQUIRE(station.holdsPlan(0));
    REQUIRE(manager.beat(20s));
    {
        const auto held = station.uplink.hold();
        station.clockTo(station.clock.now() + 901s);  // the plan and a status are due: the loop comes to the uplink
        REQUIRE(station.uplink.holdsUp());            // all beats of earlier turns have been given
        manager.drain();
        station.clock.advance(10s);
        station.poke();
        CHECK_FALSE(manager.beat(300ms));
    }
    station.clockTo(station.clock.now() + 10s);
    CHECK(manager.beat(20s));
}
