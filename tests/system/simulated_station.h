#pragma once
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "player/playout/step.h"
#include "player/spool/spool.h"
#include "tests/support/test_office.h"

namespace loa::test {

/// What really sounded, as an ear at the loudspeaker would note it.
struct Sounded {
    SlotId slot;
    Interval planned;
    Instant start{};
    std::int64_t offsetFrames = 0;
    std::int64_t frames = 0;
};

/// Where a simulated player is killed; each is counted as fired.
using KillCounts = std::map<std::string, int>;

/// A station in simulated time: the real step and the real spool file, and a loa-sound that keeps the protocol and
/// sounds in the clock's time. Killing it drops all that is in memory; what it had on air stops at that instant.
class SimulatedStation {
public:
    SimulatedStation(TestOffice& office, const StationId& station, std::filesystem::path folder, std::mt19937& random,
                     KillCounts& kills, double killChance);

    /// Lives through the office clock's present instant: sound, thought, uplink.
    void live();
    const std::vector<Sounded>& heard() const { return heard_; }
    const StationId& id() const { return station_; }
    /// The instant at which it wants to live next.
    Instant due() const;
    /// Ids in the order the player made them.
    std::vector<std::int64_t> sequences() const { return sequences_; }
    bool outboxEmpty();

private:
    struct Item {
        std::optional<Instant> at;  ///< Start was given
        SlotId slot;
        Interval planned;
        std::int64_t frames = 0;
        std::int64_t offset = 0;
        std::optional<std::size_t> sounded;  ///< index in heard_
    };
    struct Killed {};

    void boot();
    void think(const Input& input);
    void sound();
    void uplink();
    void maybeKill(const char* point);
    void die();
    void refresh(const SlotId& slot);
    Slot slotOf(ItemNumber item) const;

    void carryOut(const CueSound& command);
    void carryOut(const WriteStarted& command);
    void carryOut(const StartSound& command);
    void carryOut(const StopSound& command);
    void carryOut(const WriteCheckpoint& command);
    void carryOut(const WriteEnded& command);
    void carryOut(const WriteMissed& command);
    void carryOut(const Quarantine&) {}
    void carryOut(const DropSound&) {}
    void carryOut(const KeepOrder&) {}
    void carryOut(const WriteOrderReport&) {}
    void carryOut(const SoundNow&) {}
    void carryOut(const SoundSignal&) {}

    TestOffice& office_;
    StationId station_;
    std::filesystem::path folder_;
    std::mt19937& random_;
    KillCounts& kills_;
    double killChance_;
    std::unique_ptr<Spool> spool_;  ///< empty while the box is off
    Instant bootAt_{};
    Manifest manifest_;
    Facts facts_;
    Playout playout_;
    std::deque<Input> inputs_;
    std::map<ItemNumber, Item> items_;
    std::vector<Sounded> heard_;
    std::vector<std::int64_t> sequences_;
    Instant nextUplink_{};
};

}  // namespace loa::test
