#pragma once
#include <string>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// One side of a clash: an occurrence of an event, as people know it.
struct Contender {
    EventId event;
    Instant original;  ///< of the occurrence
    Interval at;       ///< what it would sound
    std::string title;
    bool operator==(const Contender&) const = default;
};

enum class SettlementWinner { upper, own };
template <>
inline constexpr auto choiceWords<SettlementWinner> = wordsFor<SettlementWinner>({{SettlementWinner::upper, "upper"},
                                                                                  {SettlementWinner::own, "own"}});

/// How long before the earlier of the two a clash can still be settled; then the default holds.
constexpr Milliseconds settlementLead = std::chrono::minutes{30};

/// A priority message from above meets a priority message of the commune's own at one station: the commune decides
/// which airs (Thông tư 39/2020). Until it does, the one from above airs; at the deadline this becomes final.
struct ClashToSettle {
    StationId station;
    Contender upper;
    Contender own;
    Instant deadline;
    bool operator==(const ClashToSettle&) const = default;
};

/// What the commune decided.
struct Settlement {
    StationId station;
    EventId upperEvent;
    Instant upperOriginal;
    EventId ownEvent;
    Instant ownOriginal;
    SettlementWinner winner = SettlementWinner::upper;
    Instant decided{};
    std::string decidedBy;  ///< name of who decided, as known at the time
    bool operator==(const Settlement&) const = default;
};

}  // namespace loa
