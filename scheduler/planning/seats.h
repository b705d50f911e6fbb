#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/event.h"
#include "scheduler/planning/civil_time.h"
#include "scheduler/planning/refusal.h"
#include "scheduler/planning/station_airtime.h"

namespace loa {

/// Something that sounds at a station, as far as others must make room for it.
struct Seat {
    Interval at;
    MediaId media;  ///< "one announcement" of the daily limit
    std::string title;
    MessageClass messageClass = MessageClass::normal;
};

/// One station's airtime as it fills up. What is seated stays; none overlaps another.
class Seats {
public:
    Seats(StationAirtime airtime, std::string zone, TimeText timeText);

    /// Why it cannot be seated as things stand; empty when it can. Codes, in this order: "announcement-too-long",
    /// "quiet-hours", "special-day", "outside-dayparts", "overlap", "too-many-airings", "over-ceiling". On days the
    /// airtime does not cover, every hour is open.
    std::optional<Refusal> refusal(const Seat& wanted) const;
    /// The one in the way, if any.
    const Seat* inTheWayOf(Interval at) const;
    /// Seats it, whatever refusal() says: what sounded or was promised takes its room.
    void take(Seat seat);
    /// Gives the room back; nothing when nobody sits there.
    void free(Instant start);

    /// The day an instant falls on; nullptr when the airtime does not cover it.
    const AirtimeDay* dayOf(Instant at) const;
    /// The daypart that holds all of it, from the day it begins on or the one before; nullptr when there is none.
    const OpenDaypart* daypartOf(Interval at) const;
    /// How much of the daypart is taken.
    Milliseconds used(const OpenDaypart& daypart) const;
    /// How often the announcement is seated on that day.
    int airings(const AirtimeDay& day, const MediaId& media) const;
    const StationAirtime& airtime() const { return airtime_; }

private:
    std::optional<Refusal> quiet(const Seat& wanted, const AirtimeDay& day) const;
    std::optional<Refusal> closed(const Seat& wanted, const AirtimeDay& day) const;
    std::string span(Interval at) const;

    StationAirtime airtime_;
    std::string zone_;
    TimeText timeText_;
    std::map<Instant, Seat> taken_;
};

}  // namespace loa
