#pragma once
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "scheduler/planning/campaign/arrange.h"

namespace loa {

/// Up to `count` announcements more, the shortest first, within the day's limits and besides those already taken. Of
/// all choices of so many this fits where any other does: a shorter one takes its place.
std::vector<int> shortest(const CampaignDay& day, const std::vector<Milliseconds>& lengths, std::vector<int> taken,
                          std::size_t count);

/// Whether these airings, ordered by time, may air so, at least the campaign's gap apart. Limits are not asked.
bool mayAir(const CampaignDay& day, const CampaignTerms& terms, const std::vector<Place>& places);

/// The gap of the day as CampaignScore judges it; 0 with fewer than two.
int gapLevelOf(const std::vector<Place>& places);

/// The widest gap, in whole quarters of an hour and no less than `gap`, at which `count` of one length fit; they do at
/// `gap`.
int widestGap(const CampaignDay& day, Milliseconds length, int gap, int count);

/// What is known of a day once it was looked into.
struct DayRoom {
    CampaignDay day;
    int most = 0;      ///< airings that fit, whatever the announcements
    bool any = false;  ///< so many fit whichever announcements they are
    int anyGap = 0;    ///< in minutes, at which they do: the shortest of the best gapLevel, or the campaign's
    int bestGap = 0;   ///< likewise, with the shortest announcements
};

DayRoom lookInto(CampaignDay day, const CampaignTerms& terms, Effort& effort);

/// Days that were looked into, each kind once: most stations and dates are alike.
class DayRooms {
public:
    explicit DayRooms(const CampaignTerms& terms) : terms_{terms} {}
    /// Stays where it is.
    const DayRoom& of(const CampaignDay& day);
    /// Whether the announcements, in any order, may air together on that day; not where the effort ends.
    bool fit(const DayRoom& room, std::vector<int> items);
    /// The last start of `count` airings when all are as early as they can be; none when they do not fit.
    std::optional<int> soonestLastStart(const CampaignDay& day, int count);
    const CampaignTerms& terms() const { return terms_; }
    Effort& effort() { return effort_; }

private:
    const CampaignTerms& terms_;
    std::unordered_map<CampaignDay, DayRoom, CampaignDayHash> rooms_;
    std::map<std::pair<const DayRoom*, std::vector<int>>, bool> fits_;
    std::map<std::pair<const DayRoom*, int>, std::optional<int>> lastStarts_;
    Effort effort_;
};

}  // namespace loa
