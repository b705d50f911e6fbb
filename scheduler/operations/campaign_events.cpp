// From a campaign's placements to ordinary VEVENTs. Their ids are made of what they say: planned anew, a series that
// stays the same stays the same event. Nothing is read or written here.
#include "scheduler/operations/campaign_events.h"

#include <algorithm>
#include <map>
#include <set>

#include "api/signing/signing.h"
#include "scheduler/calendar/write_events.h"
#include "scheduler/calendar/zones.h"
#include "scheduler/planning/campaign_series.h"

namespace loa {
namespace {

constexpr std::size_t targetsOfOne = 500;  // what one VEVENT takes (scheduler/calendar)
constexpr std::size_t overridesOfOne = 2000;
constexpr std::size_t idDigits = 16;

/// The part of a series that one VEVENT can say.
struct Part {
    std::vector<Target> targets;
    std::vector<StationOverride> dropped;
};

std::vector<Part> partsOf(const CampaignSeries& series) {
    std::map<StationId, std::vector<StationOverride>> dropped;
    for (const auto& each : series.notAt)
        dropped[each.station].push_back({each.start, each.station, true, std::nullopt, std::nullopt});
    std::vector<Part> parts(1);
    for (const auto& station : series.stations) {
        const auto& own = dropped[station];
        const bool full =
            parts.back().targets.size() == targetsOfOne || parts.back().dropped.size() + own.size() > overridesOfOne;
        if (full) parts.emplace_back();
        parts.back().targets.emplace_back(station);
        parts.back().dropped.insert(parts.back().dropped.end(), own.begin(), own.end());
    }
    for (auto& part : parts)
        std::sort(part.dropped.begin(), part.dropped.end(), [](const auto& left, const auto& right) {
            return std::tie(left.original, left.station) < std::tie(right.original, right.station);
        });
    return parts;
}

std::vector<LocalTime> excludedStarts(const CampaignSeries& series) {
    const auto timeOfDay = series.start - std::chrono::floor<std::chrono::days>(series.start);
    std::vector<LocalTime> starts;
    for (const auto& day : series.excluded) starts.push_back(std::chrono::local_days{day} + timeOfDay);
    return starts;
}

Event eventOf(const Campaign& campaign, const CampaignSeries& series, Part part, Instant now) {
    const auto announcement = std::find_if(campaign.announcements.begin(), campaign.announcements.end(),
                                           [&](const MediaItem& item) { return item.id == series.announcement; });
    EventDraft draft;
    draft.title = announcement->title;
    draft.facts = {campaign.messageClass,
                   MediaSource{series.announcement},
                   std::move(part.targets),
                   defaultPolicy(campaign.messageClass),
                   campaign.owner,
                   std::move(part.dropped),
                   campaign.id};
    draft.start = series.start;
    draft.zone = series.zone;
    draft.duration = announcement->length();
    draft.rule = series.rule;
    draft.excluded = excludedStarts(series);
    draft.description = campaign.title;
    draft.id = EventId{campaign.id.text()};
    const auto content = sha256Hex(makeEvent(draft).icalendar);
    draft.id = EventId{campaign.id.text() + '-' + content.substr(0, idDigits) + "@loa"};
    draft.stamp = now;
    return makeEvent(draft);
}

}  // namespace

std::vector<Event> campaignEvents(const Campaign& campaign, const std::vector<Placement>& placements,
                                  const OfficeRules& office, Instant now) {
    const auto zoneOf = [&](const StationId& station) { return office.station(station).zone; };
    std::vector<Event> events;
    for (const auto& series : campaignSeries(placements, zoneOf, toLocal))
        for (auto& part : partsOf(series)) events.push_back(eventOf(campaign, series, std::move(part), now));
    return events;
}

}  // namespace loa
