#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/office_order.h"
#include "scheduler/planning/places.h"
#include "scheduler/planning/refusal.h"

namespace loa {

/// So long an order waits for a second person before one alone may send it.
constexpr std::chrono::seconds aloneAfter{120};
/// So long it waits at all.
constexpr std::chrono::minutes lapsesAfter{5};
/// No more stations hear what one person alone sends.
constexpr std::size_t mostStationsAlone = 60;
/// A station that is there says so within this time.
constexpr std::chrono::seconds wordWithin{10};

/// Where it stands: one that nobody confirmed lapses by itself.
OrderState stateAt(const OfficeOrder& order, Instant now);

/// All that decides whether an order may be sent.
struct OrderCase {
    OfficeOrder order;
    std::string actor;      ///< an Actor's name
    bool isReady = false;   ///< it is from a template that is approved still
    bool wasHeard = false;  ///< its sound, by the actor, to the end
    bool isNarrow = false;  ///< see isNarrow()
    OrderType said{};       ///< what the actor takes it for
    Instant now{};
};

/// Why the actor cannot be the second person who lets it sound; empty when they can. Codes: "not-waiting",
/// "order-lapsed", "other-type" (they take a drill for the real thing, or the other way round), "own-order",
/// "not-heard".
std::optional<Refusal> refusalOfConfirming(const OrderCase& asked);
/// Why nobody may send it alone; empty when one may. Codes besides: "second-person-first" (for 120 s somebody may still
/// come), "not-a-template" (only what was approved beforehand; and a drill can wait), "too-wide".
std::optional<Refusal> refusalOfSendingAlone(const OrderCase& asked);
/// Why there is nothing to cancel: "nothing-to-cancel".
std::optional<Refusal> refusalOfCancelling(const OfficeOrder& order, Instant now);

/// Whether these stations, by the areas they are in, are at most a district: one area and the tier below it, and no
/// more than mostStationsAlone.
bool isNarrow(const Places& places, std::span<const AreaId> areas);

/// How far it has come there: the farthest of its reports. `sent` and `now` tell whether silence is news.
Reached reachedAt(std::span<const OrderReport> reports, Instant sent, Instant now);

/// Of the orders sent to a station and still valid, by number, those it is to be told when it comes back: all but what
/// a mute has ended since, and of mute and unmute the newest.
std::vector<OfficeOrder> toTellAgain(std::vector<OfficeOrder> orders);

}  // namespace loa
