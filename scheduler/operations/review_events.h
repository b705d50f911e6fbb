#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scheduler/domain/review.h"
#include "scheduler/operations/office_rules.h"
#include "scheduler/operations/scheduler.h"
#include "scheduler/planning/review_steps.h"

namespace loa {

/// What an approval is bound to: text, media, times and policy, which all stand in the calendar's text, and the
/// stations.
std::string approvedContent(const Event& event, const std::set<StationId>& stations);

/// An event on its way to the air, as a reviewer sees it.
struct ReviewedEvent {
    EventId event;
    std::string title;
    Review review;
    std::set<std::string> writers;  ///< of what waits, or was approved
    std::set<MediaId> unheard;      ///< by the actor
    std::set<StationId> stations;   ///< it reaches, of those the actor sees
    std::set<StationId> awaiting;   ///< of these, of an approved one: added since, and silent until approved as well
};

/// Some of them, as of one moment.
struct Reviews {
    std::vector<ReviewedEvent> events;
    std::string tag;  ///< changes exactly when the text, the state or the reached stations of one of them does
};

/// How those of the events stand that the actor sees; the tag is of all. Throws Error(notFound).
Reviews reviewsOf(Scheduler& scheduler, const std::vector<EventId>& events);
/// All in one state that the actor sees.
std::vector<ReviewedEvent> reviewsIn(Scheduler& scheduler, DraftState state);

/// Takes the step, as scheduler.actor, for those of the events whose next step it is: for all of them or none. Says how
/// they stand then. `reason` is needed to reject, and may be given to withdraw. `expectedTag`, Reviews::tag of what the
/// actor has seen, is needed to approve. Throws Error: notFound; forbidden where the actor does not hold the step's
/// right at an event's owner, or does not approve at all its targets; changed; conflict with the codes of
/// planning/review_steps.h; invalid "no-reason", "no-tag".
Reviews takeReviewStep(Scheduler& scheduler, ReviewStep step, const std::vector<EventId>& events,
                       const std::string& reason, const std::optional<std::string>& expectedTag);

/// The events of a campaign. Throws Error(notFound).
std::vector<EventId> eventsOf(Scheduler& scheduler, const CampaignId& campaign);

/// What the actor wrote voids the approval there was. Who wrote before stays a writer, unless it was approved: also
/// where it was taken back since. For operations that change an event, behind the writer's guard.
void noteWritten(WriteTransaction& transaction, const Scheduler& scheduler, const EventId& event);
/// Who wrote those of the events that are not approved: what is made of them is theirs, too, under whatever id.
std::set<std::string> unapprovedWriters(ReadTransaction& transaction, const std::vector<Event>& events);
void addWriters(WriteTransaction& transaction, const std::set<std::string>& writers, const std::vector<Event>& events);

/// The actor's player says that it was heard to its end. Throws Error: notFound; conflict "not-served" where not all of
/// it was sent to them.
Hearing reportHeard(Scheduler& scheduler, const MediaId& media);
/// A part of its file was sent to the actor; once all of it was, this is kept. Throws nothing: what cannot be kept is
/// listened to again.
void noteServed(Scheduler& scheduler, const MediaId& media, std::uint64_t offset, std::uint64_t length,
                std::uint64_t size);

}  // namespace loa
