#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/words.h"
#include "scheduler/operations/save_events.h"

namespace loa {

struct ImportOptions {
    std::optional<MediaId> media = std::nullopt;  ///< of events that name none
    std::optional<Target> target = std::nullopt;  ///< likewise
    std::optional<std::string> origin =
        std::nullopt;         ///< what the importer calls this calendar; empty: nothing is gone
    bool removeGone = false;  ///< needs an origin
};

/// Something the planner should know; line 0 where it belongs to no line.
struct EventNotice {
    int line = 0;
    std::string code;  ///< kebab-case, stays the same for ever
    Words words;
};

/// What an import makes of an event. UID and SEQUENCE decide.
enum class Verdict { new_, changed, unchanged, gone, refused };
template <>
inline constexpr auto choiceWords<Verdict> = wordsFor<Verdict>({{Verdict::new_, "new"},
                                                                {Verdict::changed, "changed"},
                                                                {Verdict::unchanged, "unchanged"},
                                                                {Verdict::gone, "gone"},
                                                                {Verdict::refused, "refused"}});

struct EventVerdict {
    EventId event;  ///< empty where the file gives it none
    std::string title;
    int line = 0;  ///< of the file, from 1; 0 where it is gone, or belongs to no line
    Verdict verdict = Verdict::new_;
    std::string code;  ///< kebab-case, stays the same for ever
    Words reason;
};

struct SavedEvents {
    std::vector<SavedEvent> events;
    std::vector<EventNotice> notices;
};

struct ImportedEvents {
    std::vector<EventVerdict> verdicts;  ///< of the file, in its order, then of what is gone, by id
    std::vector<SavedEvent> events;      ///< what is new or changed
    std::vector<EventNotice> notices;
};

/// Reads, checks and saves all events of an iCalendar text, or none; what says the same as the stored one is not
/// written, so that importing again changes nothing. Only an event that is a campaign's already names that campaign;
/// what else names one loses it, with the notice "campaign-left-out". With Keep::no an event that is refused stops no
/// other. An event is gone when it was last imported from the same origin and the text no longer has it. Throws Error:
/// what scheduler/calendar refuses and as saveEvents; invalid "no-origin", "nothing-left" where all would be removed;
/// changed where another changed meanwhile what the verdicts stand on.
ImportedEvents importEvents(Scheduler& scheduler, const std::string& icalendar, const ImportOptions& options,
                            Keep keep = Keep::yes);

/// Saves the one event `id`, whether or not it says the same. `expectedTag`, where given, must be eventTag() of what is
/// stored: else Error(changed). Campaigns as importEvents.
SavedEvents replaceEvent(Scheduler& scheduler, const EventId& id, const std::string& icalendar,
                         const std::optional<std::string>& expectedTag, Keep keep = Keep::yes);

}  // namespace loa
