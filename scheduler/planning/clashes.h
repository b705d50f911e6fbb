#pragma once
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/event.h"
#include "scheduler/domain/occurrence.h"
#include "scheduler/domain/words.h"
#include "scheduler/planning/places.h"

namespace loa {

/// What becomes of an event where it meets another.
enum class ClashOutcome {
    stays,     ///< the other gives way
    givesWay,  ///< it does not sound there
    moves,     ///< it starts a little later, within its grace time
    settle     ///< the commune decides; until then the one from above airs
};
template <>
inline constexpr auto choiceWords<ClashOutcome> = wordsFor<ClashOutcome>({{ClashOutcome::stays, "stays"},
                                                                          {ClashOutcome::givesWay, "givesWay"},
                                                                          {ClashOutcome::moves, "moves"},
                                                                          {ClashOutcome::settle, "settle"}});

/// One occurrence of the event beside one of another whose sound it meets; intervals are those of the sound.
struct Meeting {
    Instant original;
    Interval at;
    EventId other;
    Instant otherOriginal;
    Interval otherAt;
    std::optional<StationId> only = {};  ///< there alone, by an override; empty: wherever there is none
};

/// All meetings with one other event that end alike at the same stations.
struct Clash {
    EventId other;
    std::string title;  ///< the other's
    ClashOutcome outcome = ClashOutcome::stays;
    int meetings = 0;                 ///< at each of the stations
    Meeting first;                    ///< the earliest
    Instant last;                     ///< start of the latest
    std::vector<StationId> stations;  ///< ordered by id
    Words words;                      ///< what happens, for people
};

/// What an event collides with, and what gives way under which policy, in the order composeManifest seats. `meetings`
/// are ordered by start; `others` has every event they name. Looks at two events at a time: what dayparts, ceilings and
/// third parties do besides, the plan of a station tells.
std::vector<Clash> findClashes(const Event& event, std::span<const Meeting> meetings,
                               const std::map<EventId, Event>& others, const Places& places);

}  // namespace loa
