#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "scheduler/domain/event.h"
#include "scheduler/domain/review.h"
#include "scheduler/operations/office_rules.h"
#include "scheduler/planning/places.h"
#include "scheduler/planning/refusal.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// An event as it is stored, with what it is aimed at and whether it may sound there.
struct AimedEvent {
    Event event;
    Aim aim;
    Review review;
    std::set<StationId> approvedAt;  ///< empty unless it is approved as it is

    /// Why it may not sound at the station; empty when it may.
    std::optional<Refusal> refusalAt(const StationId& station) const;
};

/// Events as plans ask for them, again for each of a thousand stations, while neither they nor the places change. For
/// what is committed only: a number of the plan that a transaction gives up is given again. From any thread.
class EventShelf {
public:
    static constexpr std::size_t capacity = 20'000;  ///< events; when it is reached, all are read anew

    /// nullptr when there is no such event.
    std::shared_ptr<const AimedEvent> at(ReadTransaction& transaction, const OfficeRules& office, const EventId& id);

private:
    struct State {
        std::int64_t event = 0;  ///< StoredEvent::planVersion
        std::int64_t rules = 0;  ///< OfficeRules::version
        bool operator==(const State&) const = default;
    };
    struct Kept {
        State state;
        std::shared_ptr<const AimedEvent> event;
    };
    std::mutex mutex_;  // guards what follows
    std::map<EventId, Kept> kept_;
};

}  // namespace loa
