#pragma once
#include <map>
#include <span>
#include <vector>

#include "scheduler/domain/campaign.h"
#include "scheduler/planning/seats.h"

namespace loa {

/// A campaign in the planner's numbers. An announcement is its place in the turn, from 0.
struct CampaignTerms {
    explicit CampaignTerms(const Campaign& campaign);
    std::vector<Milliseconds> lengths;  ///< of each announcement
    std::map<MediaId, int> places;      ///< in the turn
    int gap = 0;                        ///< in minutes, start to start
};

/// A stretch in which nothing is in the way, in milliseconds since midnight as CampaignDay counts.
struct FreeStretch {
    Milliseconds from;
    Milliseconds to;
    int daypart;  ///< which of `rooms`
    bool operator==(const FreeStretch&) const = default;
};

/// What a campaign finds on one day at one station. Starts are whole minutes since midnight, counted back from the
/// day's end as if it had 24 hours, so that after a clock change they still read as the wall clock does: a day of 25
/// hours begins at -60. Equal values have equal plans, whatever station and date they belong to.
struct CampaignDay {
    std::vector<FreeStretch> stretches;  ///< ordered, each within one daypart
    std::vector<Milliseconds> rooms;     ///< what the campaign may fill of each daypart
    std::vector<int> limits;             ///< how often each announcement may air; 0: it fits nowhere
    int asked = 0;                       ///< airings
    int earliest = -1440;                ///< first and last minute to start at
    int latest = 2880;
    bool operator==(const CampaignDay&) const = default;
};

struct CampaignDayHash {
    std::size_t operator()(const CampaignDay& day) const;
};

/// Rules to pass over, for finding out which of them is in the way.
struct Passing {
    bool planned = false;
    bool quiet = false;
    bool share = false;
    bool ceiling = false;
    bool limit = false;
};

/// The day `index` of the station's airtime. Of two dayparts that overlap the later counts from the end of the earlier
/// one; of a daypart over midnight only the part before midnight is used.
CampaignDay campaignDay(const Campaign& campaign, const CampaignTerms& terms, const Seats& seats, std::size_t index,
                        const Passing& passing = {});

/// The same day with starts only from `earliest` to `latest`; announcements that then fit nowhere have the limit 0.
CampaignDay narrowed(CampaignDay day, const std::vector<Milliseconds>& lengths, int earliest, int latest);

/// The instant from which the day's minutes count.
inline Instant minuteZero(const AirtimeDay& day) {
    return day.at.end - std::chrono::hours{24};
}
inline int minuteOf(const AirtimeDay& day, Instant at) {
    return static_cast<int>(std::chrono::floor<std::chrono::minutes>(at - minuteZero(day)).count());
}

/// The first and last minute at which something this long may start in the stretch; none when first > last.
struct StartRange {
    int first;
    int last;
};
StartRange startsIn(const FreeStretch& stretch, Milliseconds length, const CampaignDay& day);

/// How many minutes later than something this long the next may start.
int minutesFrom(Milliseconds length, int gap);

}  // namespace loa
