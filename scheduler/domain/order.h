#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/media_item.h"
#include "scheduler/domain/time.h"

namespace loa {

using OrderId = Id<struct OrderTag>;  ///< 32 lower-case hex digits; the same at all stations it goes to

/// What an order tells a station to do, at once (lệnh khẩn cấp).
enum class OrderType {
    emergency,  ///< sound over whatever is on
    cancel,     ///< end another order's sound, and do not begin it where it has not begun
    correct,    ///< the same, then sound this order's own
    mute,       ///< nothing sounds from now on, over restarts, but an emergency with a higher number
    unmute,     ///< the plan sounds again
    drill       ///< as an emergency, to try it out; it counts as nothing, and has signed bytes of its own kind
};
template <>
inline constexpr auto choiceWords<OrderType> = wordsFor<OrderType>({{OrderType::emergency, "emergency"},
                                                                    {OrderType::cancel, "cancel"},
                                                                    {OrderType::correct, "correct"},
                                                                    {OrderType::mute, "mute"},
                                                                    {OrderType::unmute, "unmute"},
                                                                    {OrderType::drill, "drill"}});

/// Whether it has a sound of its own.
constexpr bool sounds(OrderType type) {
    return type == OrderType::emergency || type == OrderType::correct || type == OrderType::drill;
}
/// Whether it is about another order.
constexpr bool isAboutAnother(OrderType type) {
    return type == OrderType::cancel || type == OrderType::correct;
}
/// The kind its signed document is of (api/signing): nobody's drill passes for the real thing, nor the other way round.
constexpr std::string_view documentKind(OrderType type) {
    return type == OrderType::drill ? "drill" : "order";
}

/// A canonical file that an order sounds, or may sound soon.
struct OrderSound {
    MediaId media;
    std::int64_t bytes = 0;   ///< of the canonical file
    std::int64_t frames = 0;  ///< of the canonical file
    bool operator==(const OrderSound&) const = default;
};

constexpr int mostRepeats = 10;
/// No signed document is larger, so that an order fits through a link that is up for a moment only.
constexpr std::size_t orderDocumentBytes = 4096;
constexpr std::size_t orderTitleCharacters = 300;
/// Until when a mute and an unmute are valid: without end (9999-12-31T23:59:59Z).
constexpr Instant withoutEnd = Instant{std::chrono::seconds{253'402'300'799}};

/// What one station is told: small, signed, at once. The office signs a document for each station an order goes to, and
/// tells nobody who else has one.
struct Order {
    OrderId id;
    OrderType type = OrderType::emergency;
    /// From 1. The office counts all its orders in one row, in the order in which it sends them; so a station sees
    /// numbers that rise, with gaps, and never goes back.
    std::int64_t number = 0;
    StationId station;  ///< the audience
    Instant issued{};
    Instant validUntil{};  ///< it does not begin later; withoutEnd for mute and unmute
    std::string title;
    std::optional<OrderSound> sound;  ///< exactly where it sounds(type)
    int repeats = 1;                  ///< how often it sounds, 1 to mostRepeats
    std::optional<OrderId> of;        ///< the other one, exactly where it isAboutAnother(type)
    bool alone = false;               ///< sent by one person, since no second one answered in time
    bool operator==(const Order&) const = default;
};

/// How far an order has come at a station, as the station reports it: once each, in any order, as often as it likes.
enum class OrderProgress {
    received,   ///< verified, and durable there
    fetching,   ///< its sound is not there yet
    sounding,   ///< its first frame has passed; of a mute and an unmute: it holds
    sounded,    ///< to its end
    cancelled,  ///< ended or never begun: by a cancel, a correct or a mute
    refused     ///< not sounded, for the reason in `detail`: too late, not verified, not playable
};
template <>
inline constexpr auto choiceWords<OrderProgress> = wordsFor<OrderProgress>({{OrderProgress::received, "received"},
                                                                            {OrderProgress::fetching, "fetching"},
                                                                            {OrderProgress::sounding, "sounding"},
                                                                            {OrderProgress::sounded, "sounded"},
                                                                            {OrderProgress::cancelled, "cancelled"},
                                                                            {OrderProgress::refused, "refused"}});

struct OrderReport {
    OrderId order;
    OrderProgress state = OrderProgress::received;
    Instant at{};             ///< by the station's clock
    std::int64_t frames = 0;  ///< of it, passed by the sink clock until then
    std::string detail;       ///< for technicians, English
    bool operator==(const OrderReport&) const = default;
};

}  // namespace loa
