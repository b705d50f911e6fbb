#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/order.h"

namespace loa {

using TemplateId = Id<struct TemplateTag>;  ///< 16 lower-case hex digits

/// A sound made ready for the day it is needed (bản tin mẫu): approved beforehand, and on the stations' disks. Never
/// changed: another sound is another template.
struct OrderTemplate {
    TemplateId id;
    OrderType type = OrderType::emergency;  ///< emergency, also for corrections, or drill
    std::string title;
    OrderSound sound;
    std::optional<AreaId> area;  ///< for the stations in it and below; empty: for all
    std::string writtenBy;       ///< an Actor's name
    Instant written{};
    std::string approvedBy;  ///< likewise; empty until somebody did
    std::optional<Instant> approved;
    bool operator==(const OrderTemplate&) const = default;
};

/// How far an order has come at the office.
enum class OrderState {
    made,      ///< waits for a second person
    lapsed,    ///< nobody confirmed it in time; never stored, time alone makes it so
    sent,      ///< signed and on its way
    cancelled  ///< taken back before it was sent, or ended by a cancel or a correct
};
template <>
inline constexpr auto choiceWords<OrderState> = wordsFor<OrderState>({{OrderState::made, "made"},
                                                                      {OrderState::lapsed, "lapsed"},
                                                                      {OrderState::sent, "sent"},
                                                                      {OrderState::cancelled, "cancelled"}});

/// An order as the office keeps it, from its making on, for all of its stations.
struct OfficeOrder {
    OrderId id;
    OrderType type = OrderType::emergency;
    std::string title;
    std::optional<OrderSound> sound;
    int repeats = 1;
    Milliseconds validFor{0};  ///< from its sending; 0: without end
    std::optional<TemplateId> from;
    std::optional<OrderId> of;
    OrderState state = OrderState::made;
    std::string madeBy;  ///< an Actor's name
    Instant made{};
    std::string sentBy;  ///< who let it go: the second person, or whoever sent it alone; empty until then
    std::optional<Instant> sent;
    std::int64_t number = 0;  ///< see Order; 0 until it is sent
    std::optional<Instant> validUntil;
    bool alone = false;
    bool operator==(const OfficeOrder&) const = default;
};

/// One station of an order, and what it has reported of it.
struct OrderAtStation {
    StationId station;
    AreaId area;  ///< where it stood when the order was made
    std::vector<OrderReport> reports;
    bool operator==(const OrderAtStation&) const = default;
};

/// How far an order has come at a station, as the office knows.
enum class Reached {
    ordered,     ///< sent a moment ago
    notReached,  ///< and still no word of it
    received,
    fetching,
    sounding,
    sounded,
    cancelled,
    refused
};
template <>
inline constexpr auto choiceWords<Reached> = wordsFor<Reached>({{Reached::ordered, "ordered"},
                                                                {Reached::notReached, "notReached"},
                                                                {Reached::received, "received"},
                                                                {Reached::fetching, "fetching"},
                                                                {Reached::sounding, "sounding"},
                                                                {Reached::sounded, "sounded"},
                                                                {Reached::cancelled, "cancelled"},
                                                                {Reached::refused, "refused"}});

/// What a station was told last of being silent.
struct StationMute {
    StationId station;
    OrderId order;
    std::string by;
    Instant since{};
    bool operator==(const StationMute&) const = default;
};

}  // namespace loa
