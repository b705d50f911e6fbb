#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/manifest.h"
#include "scheduler/domain/order.h"

namespace loa {

class SpoolDatabase;

/// The newest verified plan, in the very bytes that were signed.
struct HeldManifest {
    std::string document;
    std::string etag;
    bool operator==(const HeldManifest&) const = default;
};

/// What the rows of one slot say together.
struct SlotRecord {
    bool settled = false;  ///< one of them ran to its end or was aired: no further attempt, ever
    Instant plannedEnd{};  ///< the latest of them
    bool operator==(const SlotRecord&) const = default;
};

/// What is known of an airing while it is on air.
struct Checkpoint {
    AiringId id;
    Instant since{};
    std::int64_t startErrorMicroseconds = 0;
    std::int64_t frames = 0;
    Level level;
    Milliseconds begun{0};                   ///< since boot: at the first frame
    std::optional<ClockTrust> clockTrust{};  ///< then
};

/// A time at which the clock was trusted, and how long the machine of that boot id had been running then.
struct GoodTime {
    Instant time{};
    Milliseconds sinceBoot{0};
    std::string bootId;
    bool operator==(const GoodTime&) const = default;
};

/// When something came, by what is right whatever the wall clock says.
struct BootInstant {
    std::string bootId;  ///< of the kernel
    Milliseconds sinceBoot{0};
};

/// An order as it is kept.
struct KeptOrder {
    std::string document;                           ///< as signed
    OrderProgress state = OrderProgress::received;  ///< the furthest that was reported
    BootInstant received;
};

/// A report that waits for the office.
struct WaitingReport {
    std::int64_t position = 0;
    OrderReport report;
};

/// The station's memory. One thread uses it. What a writing function did is durable when it returns, and not done at
/// all when it throws. Every function may throw Error(unavailable, "spool-failed"): disk full, disk broken.
class Spool {
public:
    /// Opens the store, or makes it with a new random epoch; also in place of one whose contents are damaged, which is
    /// kept beside it. Throws Error(conflict) when another player uses it, another station made it, or a newer program
    /// did.
    Spool(const std::filesystem::path& file, const StationId& station, Instant now);
    ~Spool();
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    std::int64_t epoch() const noexcept { return epoch_; }
    /// When this store was made in place of a broken one. What was in that, rows not delivered among it, is gone.
    std::optional<Instant> replaced() const noexcept { return replaced_; }
    /// Damage was found since it was opened: only opening it anew helps.
    bool broken() const noexcept;

    // --- the plan
    std::optional<HeldManifest> manifest();
    /// What the broken store held as the plan, where that can still be read. Only a signature tells whether it is one.
    std::optional<HeldManifest> planOfBrokenStore() const;
    /// `manifest` is what was verified in `held.document`. The same revision again changes nothing but the ETag. Throws
    /// Error(conflict, "revision-back") when a newer revision is held, or another document of the same revision.
    void keepManifest(const HeldManifest& held, const Manifest& manifest, Instant now);
    /// When the slot, at its present time, first was in a plan held here; empty: never.
    std::optional<Instant> knownSince(const SlotId& slot);

    // --- rows
    /// Gives the airing the next sequence number. Throws Error(conflict) when the slot is settled.
    AiringId writeStarted(const Airing& airing);
    /// Completes it. Throws Error(conflict) when there is no open row of that id.
    void writeEnded(const Airing& airing, bool settled);
    /// For a slot that was never started. Throws Error(conflict) when it has such a row for the same time.
    AiringId writeMissed(const Airing& airing);
    void writeCheckpoint(const Checkpoint& checkpoint);
    /// Rows that were started and never ended, with the figures of their last checkpoint (`heard` from its `since`).
    std::vector<Airing> openRows();
    std::optional<SlotRecord> record(const SlotId& slot);

    // --- the outbox
    /// Ended rows the office has not acknowledged, oldest first, after a sequence number. Not those that are held: what
    /// sounded by a clock that was not trusted waits until it is known when that was.
    std::vector<Airing> waiting(std::int64_t afterSequence, std::size_t limit);
    std::int64_t waitingCount();
    /// The clock is trusted now, and shows `wallMinusBoot` more than the time since boot: held rows are told when they
    /// sounded, and wait no longer. How many.
    std::size_t rebase(Milliseconds wallMinusBoot);
    /// Held rows of another boot wait no longer: nobody will ever know when that was. They are sent as they are.
    void releaseRowsBefore(const std::string& bootId);
    /// Ids of other stations and epochs are ignored.
    void acknowledge(std::span<const AiringId> received, Instant now);
    /// The highest number given so far; 0: none.
    std::int64_t lastSequence() const noexcept { return lastSequence_; }
    /// Of the rows the office says it lacks, those it had acknowledged wait again, to be kept for another 400 days from
    /// when they are acknowledged anew. How many; of another epoch none.
    std::size_t sendAgain(const LackingAirings& lacking);
    /// Removes what was acknowledged more than 400 days ago, and slots and orders known for that long; never the order
    /// with the highest number.
    void prune(Instant now);

    // --- the clock
    /// When it was last trusted; empty: never.
    std::optional<GoodTime> goodTime();
    void keepGoodTime(const GoodTime& good);

    // --- orders (order_rows.cpp)
    /// Keeps it with its report `received`. An order that is held already counts as received anew. A mute or unmute
    /// ends those before it. Throws Error(conflict, "order-back") when a later one is held.
    void keepOrder(const Order& order, const std::string& document, const BootInstant& received, Instant now);
    /// By number, those that have not ended.
    std::vector<KeptOrder> liveOrders();
    /// Whether it is or was held.
    bool knowsOrder(const OrderId& order);
    /// The highest number; 0: none.
    std::int64_t lastOrder();
    /// Each order and state once: the first stays. `ended`: the order asks for nothing any more.
    void writeOrderReport(const OrderReport& report, bool ended);
    /// Those the office has not acknowledged, oldest first.
    std::vector<WaitingReport> waitingOrderReports(std::size_t limit);
    void acknowledgeOrderReports(std::span<const WaitingReport> received, Instant now);
    /// What must lie ready before any order, most urgent first.
    void keepOrderSounds(std::span<const OrderSound> sounds);
    std::vector<OrderSound> orderSounds();

    // --- quarantine: files that loa-sound could not decode twice. Each gets another chance after a day.
    void quarantine(const MediaId& media, MissReason why, Instant now);
    std::map<MediaId, MissReason> quarantined(Instant now);

private:
    AiringId insert(const Airing& airing, bool started);
    std::vector<Airing> select(const std::string& where, std::int64_t afterSequence, std::size_t limit);

    std::filesystem::path file_;
    StationId station_;
    std::int64_t epoch_ = 0;
    std::int64_t lastSequence_ = 0;
    std::optional<Instant> replaced_;
    std::unique_ptr<SpoolDatabase> database_;
};

}  // namespace loa
