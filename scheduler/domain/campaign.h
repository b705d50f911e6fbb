#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "scheduler/domain/event.h"
#include "scheduler/domain/media_item.h"
#include "scheduler/domain/time.h"

namespace loa {

/// Announcements aired in turn, so many times a day, for a time (đợt tuyên truyền): what the office asks of the
/// planner.
struct Campaign {
    CampaignId id;
    std::string title;
    MessageClass messageClass = MessageClass::normal;
    std::vector<Target> targets;           ///< at whose stations
    std::optional<AreaId> owner;           ///< as in Event
    std::vector<MediaItem> announcements;  ///< in the order of their turn; 1 to 1,000, each once, none without sound
    Day first;
    Day last;                             ///< inclusive; at most 400 days
    int airingsPerDay = 1;                ///< of all announcements together, at each station on a civil day; 1 to 48
    std::chrono::minutes smallestGap{0};  ///< from start to start of two airings at one station; 0 to 24 hours
    double share = 1;                     ///< of each daypart's ceiling, at most; more than 0, at most 1
    std::vector<std::string> dayparts;    ///< names of those to use; empty: all
    bool operator==(const Campaign&) const = default;
};

/// One airing of a campaign at one station, as proposed.
struct Placement {
    StationId station;
    MediaId announcement;
    Instant start;
    auto operator<=>(const Placement&) const = default;
};

/// How far apart two airings are, as people hear it: 0 is under a quarter of an hour, 1 under half an hour, and each
/// doubling is one more, up to 7: 16 hours or more. (Judged by the minute, one busy minute in the morning would shift
/// the whole day.)
constexpr int gapLevel(std::chrono::minutes gap) {
    int level = 0;
    for (std::chrono::minutes least{15}; level < 7 && gap >= least; least *= 2) ++level;
    return level;
}
/// The shortest gap of that level.
constexpr std::chrono::minutes shortestGap(int level) {
    return std::chrono::minutes{level == 0 ? 0 : 15 << (level - 1)};
}

/// How good a plan is, the weightiest first. Each spread is largest minus smallest. A listener hears one station, so
/// fairness over days and over announcements is judged at each station and summed: that no day and no announcement
/// comes short there, and all stations may still sound the same at the same time.
struct CampaignScore {
    std::int64_t airings = 0;             ///< that fit; more is better
    std::int64_t stationSpread = 0;       ///< of the stations' airings
    std::int64_t daySpread = 0;           ///< sum over stations: of its days' airings, closed days among them
    std::int64_t announcementSpread = 0;  ///< sum over stations: of its announcements' airings, all announcements
    /// The gap of a day at a station is the gapLevel of the shortest time from start to start of two airings on it.
    /// Days with two airings or more have one.
    std::int64_t smallestGap = 0;  ///< of all days; 0 where none has one; more is better
    std::int64_t gapSum = 0;       ///< sum over all such days; more is better
    std::int64_t moves = 0;        ///< placements of the earlier plan that are not in this one
    bool operator==(const CampaignScore&) const = default;
    /// Less is better.
    friend auto operator<=>(const CampaignScore& left, const CampaignScore& right) {
        const auto rank = [](const CampaignScore& score) {
            return std::tuple{-score.airings,     score.stationSpread, score.daySpread, score.announcementSpread,
                              -score.smallestGap, -score.gapSum,       score.moves};
        };
        return rank(left) <=> rank(right);
    }
};

}  // namespace loa
