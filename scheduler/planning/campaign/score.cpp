// The objective, counted from the placements alone: nothing of how they were found. Pure.
#include "scheduler/planning/campaign/score.h"

#include <algorithm>
#include <map>
#include <optional>

namespace loa {
namespace {

using Placements = std::span<const Placement>;

Placements ofStation(Placements placements, const StationId& station) {
    const auto byStation = [](const auto& left, const auto& right) {
        if constexpr (std::is_same_v<std::decay_t<decltype(left)>, StationId>)
            return left < right.station;
        else
            return left.station < right;
    };
    const auto first = std::lower_bound(placements.begin(), placements.end(), station, byStation);
    const auto last = std::upper_bound(first, placements.end(), station, byStation);
    return {first, last};
}

template <class Counts>
std::int64_t spreadOf(const Counts& counts) {
    const auto ends = std::minmax_element(counts.begin(), counts.end());
    return counts.empty() ? 0 : *ends.second - *ends.first;
}

/// The gap of a day; none with fewer than two airings.
std::optional<std::int64_t> gapOf(Placements day) {
    std::optional<Milliseconds> smallest;
    for (std::size_t i = 1; i < day.size(); ++i) {
        const Milliseconds gap = day[i].start - day[i - 1].start;
        if (!smallest || gap < *smallest) smallest = gap;
    }
    if (!smallest) return std::nullopt;
    return gapLevel(std::chrono::floor<std::chrono::minutes>(*smallest));
}

void addGap(CampaignScore& score, std::optional<std::int64_t>& smallest, Placements day) {
    const auto gap = gapOf(day);
    if (!gap) return;
    if (!smallest || *gap < *smallest) smallest = gap;
    score.gapSum += *gap;
}

/// Adds the station's days and what airs on them.
void addDays(CampaignScore& score, std::optional<std::int64_t>& smallest, const Campaign& campaign,
             const StationAirtime& airtime, Placements own) {
    std::vector<std::int64_t> days;
    auto from = own.begin();
    for (const AirtimeDay& day : airtime.days) {
        if (day.day < campaign.first || campaign.last < day.day) continue;
        from = std::find_if(from, own.end(), [&](const Placement& each) { return each.start >= day.at.start; });
        const auto to = std::find_if(from, own.end(), [&](const Placement& each) { return each.start >= day.at.end; });
        days.push_back(to - from);
        addGap(score, smallest, {from, to});
        from = to;
    }
    score.daySpread += spreadOf(days);
}

std::int64_t announcementSpread(const Campaign& campaign, Placements own) {
    std::map<MediaId, std::int64_t> places;
    for (const MediaItem& each : campaign.announcements) places.emplace(each.id, 0);
    std::vector<std::int64_t> counts;
    for (const Placement& each : own) ++places[each.announcement];
    for (const auto& [id, count] : places) counts.push_back(count);
    return spreadOf(counts);
}

std::int64_t countMoves(Placements earlier, Placements now) {
    const auto before = [](const Placement& left, const Placement& right) {
        return std::tie(left.station, left.start, left.announcement) <
               std::tie(right.station, right.start, right.announcement);
    };
    return std::count_if(earlier.begin(), earlier.end(), [&](const Placement& each) {
        return !std::binary_search(now.begin(), now.end(), each, before);
    });
}

}  // namespace

CampaignScore campaignScore(const Campaign& campaign, std::span<const StationRoom> stations, Placements placements,
                            Placements earlier) {
    CampaignScore score;
    std::optional<std::int64_t> smallest;
    std::vector<std::int64_t> airings;
    for (const StationRoom& station : stations) {
        const auto own = ofStation(placements, station.station);
        airings.push_back(static_cast<std::int64_t>(own.size()));
        score.airings += airings.back();
        addDays(score, smallest, campaign, station.seats->airtime(), own);
        score.announcementSpread += announcementSpread(campaign, own);
    }
    score.stationSpread = spreadOf(airings);
    score.smallestGap = smallest.value_or(0);
    score.moves = countMoves(earlier, placements);
    return score;
}

}  // namespace loa
