// Which meetings of sounds are clashes, station by station, told in few lines: stations at which two events stand to
// each other in the same way are looked at once. Pure.
#include "scheduler/planning/clashes.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace loa {
namespace {

/// How two events stand to each other at some stations: who is from above.
struct Standing {
    bool fromAbove = false;
    bool otherFromAbove = false;
    auto operator<=>(const Standing&) const = default;
};

using Groups = std::map<Standing, std::vector<StationId>>;

Groups sharedStations(const Event& event, const Reach& reach, const Event& other, const Places& places) {
    const AreaId owner = places.ownerOf(event);
    const AreaId otherOwner = places.ownerOf(other);
    const Reach otherReach = places.reach(other.targets);
    Groups groups;
    auto at = otherReach.stations.begin();
    for (const ReachedStation& reached : reach.stations) {
        const Station& station = *reached.station;
        while (at != otherReach.stations.end() && at->station->id < station.id) ++at;
        if (at == otherReach.stations.end() || at->station->id != station.id) continue;
        groups[{places.isAbove(owner, station.area), places.isAbove(otherOwner, station.area)}].push_back(station.id);
    }
    return groups;
}

/// As composeManifest ranks: the smaller is seated first.
auto rank(const Event& event, bool fromAbove, Instant original) {
    const bool priority = event.messageClass == MessageClass::priority;
    return std::tuple<bool, bool, Instant, const EventId&>{!priority, fromAbove != priority, original, event.id};
}

ClashOutcome outcomeOf(const Event& event, const Event& other, const Meeting& meeting, const Standing& standing) {
    const bool bothPriority =
        event.messageClass == MessageClass::priority && other.messageClass == MessageClass::priority;
    if (bothPriority && standing.fromAbove != standing.otherFromAbove) return ClashOutcome::settle;
    if (rank(event, standing.fromAbove, meeting.original) < rank(other, standing.otherFromAbove, meeting.otherOriginal))
        return ClashOutcome::stays;
    const bool reachesFreeSecond = meeting.otherAt.end - meeting.at.start <= event.policy.grace;
    return event.policy.start == StartMode::soft && reachesFreeSecond ? ClashOutcome::moves : ClashOutcome::givesWay;
}

Words wordsFor(ClashOutcome outcome, const std::string& title) {
    switch (outcome) {
        case ClashOutcome::stays:
            return {"“" + title + "” phải nhường. Dời một trong hai nếu muốn phát cả hai.",
                    "“" + title + "” gives way. Move one of the two to air both."};
        case ClashOutcome::givesWay:
            return {"Tin này phải nhường “" + title + "” nên không phát. Dời sang giờ khác.",
                    "This gives way to “" + title + "” and does not air. Move it to another time."};
        case ClashOutcome::moves:
            return {"Tin này lùi lại, phát ngay sau “" + title + "”.",
                    "This moves back and airs right after “" + title + "”."};
        case ClashOutcome::settle:
            return {"Hai tin ưu tiên gặp nhau: xã chọn tin nào phát. Nếu xã không chọn, tin cấp trên được phát.",
                    "Two priority messages meet: the commune chooses. If it does not, the one from above airs."};
    }
    return {};
}

/// The stations that do something else with that occurrence, ordered by id.
std::vector<StationId> overriding(const Event& event, Instant original) {
    const auto& overrides = event.stationOverrides;
    auto own = std::lower_bound(overrides.begin(), overrides.end(), original,
                                [](const StationOverride& each, Instant at) { return each.original < at; });
    std::vector<StationId> stations;
    for (; own != overrides.end() && own->original == original; ++own) stations.push_back(own->station);
    return stations;
}

/// At which of the stations the meeting takes place; ordered by id, as they are.
std::vector<StationId> meetingAt(const std::vector<StationId>& stations, const std::optional<StationId>& only,
                                 const std::vector<StationId>& elsewhere) {
    std::vector<StationId> there;
    std::copy_if(stations.begin(), stations.end(), std::back_inserter(there), [&](const StationId& station) {
        return only ? station == *only : !std::binary_search(elsewhere.begin(), elsewhere.end(), station);
    });
    return there;
}

/// Where it ends alike for the same meetings, how the two stand to each other is of no interest.
void addOrMerge(std::vector<Clash>& clashes, Clash clash) {
    for (Clash& known : clashes) {
        const bool alike = known.other == clash.other && known.outcome == clash.outcome &&
                           known.meetings == clash.meetings && known.first.original == clash.first.original &&
                           known.last == clash.last;
        if (!alike) continue;
        const auto middle = known.stations.insert(known.stations.end(), clash.stations.begin(), clash.stations.end());
        std::inplace_merge(known.stations.begin(), middle, known.stations.end());
        return;
    }
    clashes.push_back(std::move(clash));
}

}  // namespace

std::vector<Clash> findClashes(const Event& event, std::span<const Meeting> meetings,
                               const std::map<EventId, Event>& others, const Places& places) {
    const Reach reach = places.reach(event.targets);
    std::map<EventId, Groups> shared;
    using Key = std::tuple<EventId, Standing, ClashOutcome, std::optional<StationId>, std::vector<StationId>>;
    std::map<Key, Clash> found;
    for (const Meeting& meeting : meetings) {
        const auto other = others.find(meeting.other);
        if (other == others.end() || !meeting.at.overlaps(meeting.otherAt)) continue;
        auto groups = shared.find(meeting.other);
        if (groups == shared.end())
            groups = shared.emplace(meeting.other, sharedStations(event, reach, other->second, places)).first;
        const auto elsewhere = meeting.only ? std::vector<StationId>{} : overriding(event, meeting.original);
        for (const auto& [standing, stations] : groups->second) {
            const auto outcome = outcomeOf(event, other->second, meeting, standing);
            auto& clash = found[{meeting.other, standing, outcome, meeting.only, elsewhere}];
            if (clash.meetings++ == 0) {
                const auto& title = other->second.title;
                clash = {meeting.other,
                         title,
                         outcome,
                         1,
                         meeting,
                         meeting.at.start,
                         meetingAt(stations, meeting.only, elsewhere),
                         wordsFor(outcome, title)};
            }
            clash.last = meeting.at.start;
        }
    }
    std::vector<Clash> clashes;
    for (auto& [key, clash] : found)
        if (!clash.stations.empty()) addOrMerge(clashes, std::move(clash));
    std::stable_sort(clashes.begin(), clashes.end(),
                     [](const Clash& left, const Clash& right) { return left.first.at.start < right.first.at.start; });
    return clashes;
}

}  // namespace loa
