// From a campaign's placements to ordinary VEVENTs. Planned anew, what goes on goes on under its id, since slots are
// named by their event: a station must not take what it holds for something else. Nothing is read or written here.
#include "scheduler/operations/campaign_events.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "api/signing/signing.h"
#include "scheduler/calendar/edit_event.h"
#include "scheduler/calendar/same_content.h"
#include "scheduler/calendar/zones.h"
#include "scheduler/planning/campaign/series.h"

namespace loa {
namespace {

constexpr std::size_t targetsOfOne = 500;  // what one VEVENT takes (scheduler/calendar)
constexpr std::size_t overridesOfOne = 2000;
constexpr std::size_t idBytes = 8;

/// The part of a series that one VEVENT can say.
struct Part {
    std::vector<StationId> stations;
    std::vector<StationOverride> dropped;
};

std::vector<Part> partsOf(const CampaignSeries& series, std::size_t allStations) {
    std::map<StationId, std::vector<StationOverride>> dropped;
    for (const auto& each : series.notAt)
        dropped[each.station].push_back({each.start, each.station, true, std::nullopt, std::nullopt});
    const auto mostStations = series.stations.size() == allStations ? allStations : targetsOfOne;
    std::vector<Part> parts(1);
    for (const auto& station : series.stations) {
        const auto& own = dropped[station];
        const bool full =
            parts.back().stations.size() == mostStations || parts.back().dropped.size() + own.size() > overridesOfOne;
        if (full) parts.emplace_back();
        parts.back().stations.push_back(station);
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

/// A campaign's events as they come, each with what it continues.
class Making {
public:
    Making(const Campaign& campaign, const OfficeRules& office, const std::vector<Event>& stored, Instant now)
        : campaign_{campaign}, office_{office}, all_{stationsOf(campaign.targets)}, now_{now} {
        if (const auto owner = office.places.ownerOf(campaign.owner, campaign.targets); !owner.text().empty())
            owner_ = owner;
        for (const auto& event : stored) left_.push_back({event, draftOf(event), stationsOf(event.targets)});
    }

    void add(const CampaignSeries& series) {
        for (auto& part : partsOf(series, all_.size())) drafts_.push_back({draftFor(series, part), part.stations});
    }

    /// Those with the most stations choose first what they continue.
    std::vector<Event> finish() {
        std::stable_sort(drafts_.begin(), drafts_.end(),
                         [](const auto& left, const auto& right) { return left.second.size() > right.second.size(); });
        std::vector<Event> events;
        for (auto& [draft, stations] : drafts_) events.push_back(made(draft, stations));
        return events;
    }

private:
    struct Stored {
        Event event;
        EventDraft draft;
        std::vector<StationId> stations;
    };

    std::vector<StationId> stationsOf(std::span<const Target> targets) const {
        std::vector<StationId> ids;
        for (const auto& reached : office_.places.reach(targets).stations) ids.push_back(reached.station->id);
        return ids;
    }

    EventDraft draftFor(const CampaignSeries& series, const Part& part) const {
        const auto announcement = std::find_if(campaign_.announcements.begin(), campaign_.announcements.end(),
                                               [&](const MediaItem& item) { return item.id == series.announcement; });
        EventDraft draft;
        draft.title = announcement->title;
        draft.facts.messageClass = campaign_.messageClass;
        draft.facts.source = MediaSource{series.announcement};
        if (part.stations == all_)
            draft.facts.targets = campaign_.targets;
        else
            draft.facts.targets.assign(part.stations.begin(), part.stations.end());
        draft.facts.policy = defaultPolicy(campaign_.messageClass);
        draft.facts.owner = owner_;
        draft.facts.stationOverrides = part.dropped;
        draft.facts.campaign = campaign_.id;
        draft.start = series.start;
        draft.zone = series.zone;
        draft.duration = announcement->length();
        draft.rule = series.rule;
        draft.excluded = excludedStarts(series);
        draft.description = campaign_.title;
        return draft;
    }

    static LocalTime::duration timeOfDay(LocalTime time) { return time - std::chrono::floor<std::chrono::days>(time); }

    /// What the draft goes on with; its stored ones are then no longer to be had.
    std::optional<Event> takeContinued(const EventDraft& draft, const std::vector<StationId>& stations) {
        auto best = left_.end();
        std::tuple<std::size_t, bool, bool> most{0, false, false};
        for (auto stored = left_.begin(); stored != left_.end(); ++stored) {
            if (stored->event.source != draft.facts.source || stored->draft.zone != draft.zone ||
                timeOfDay(stored->draft.start) != timeOfDay(draft.start))
                continue;
            std::vector<StationId> common;
            std::set_intersection(stations.begin(), stations.end(), stored->stations.begin(), stored->stations.end(),
                                  std::back_inserter(common));
            const std::tuple found{common.size(), stored->draft.start == draft.start, stored->draft.rule == draft.rule};
            if (common.empty() || found <= most) continue;
            best = stored;
            most = found;
        }
        if (best == left_.end()) return std::nullopt;
        auto event = std::move(best->event);
        left_.erase(best);
        return event;
    }

    Event made(EventDraft& draft, const std::vector<StationId>& stations) {
        draft.stamp = now_;
        if (const auto continued = takeContinued(draft, stations)) {
            draft.id = continued->id;
            draft.sequence = continued->sequence;
            if (const auto same = makeEvent(draft); sameContent(same, *continued)) return *continued;
            ++draft.sequence;
            return makeEvent(draft);
        }
        draft.id = EventId{campaign_.id.text() + '-' + randomHex(idBytes) + "@loa"};
        return makeEvent(draft);
    }

    const Campaign& campaign_;
    const OfficeRules& office_;
    const std::vector<StationId> all_;
    const Instant now_;
    std::optional<AreaId> owner_;
    std::vector<Stored> left_;  ///< that nothing continues yet
    std::vector<std::pair<EventDraft, std::vector<StationId>>> drafts_;
};

}  // namespace

std::vector<Event> campaignEvents(const Campaign& campaign, const std::vector<Placement>& placements,
                                  const OfficeRules& office, const std::vector<Event>& stored, Instant now) {
    const auto zoneOf = [&](const StationId& station) { return office.station(station).zone; };
    Making making{campaign, office, stored, now};
    for (const auto& series : campaignSeries(placements, zoneOf, toLocal)) making.add(series);
    return making.finish();
}

}  // namespace loa
