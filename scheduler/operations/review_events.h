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
    std::set<std::string> writers;  ///< since it was last approved
    std::set<MediaId> unheard;      ///< by the actor
};

/// How one event stands, or all in one state that the actor sees. Throws Error(notFound).
ReviewedEvent reviewOf(Scheduler& scheduler, const EventId& event);
std::vector<ReviewedEvent> reviewsIn(Scheduler& scheduler, DraftState state);

/// Changes exactly when one of the events does; of one event, eventTag(). Throws Error(notFound).
std::string tagOf(Scheduler& scheduler, const std::vector<EventId>& events);

/// Takes the step for all events, or for none, as scheduler.actor, and says how they stand then. `reason` is needed to
/// reject, and may be given to withdraw. `expectedTag`, tagOf() what the actor has seen, is needed to approve. Throws
/// Error: notFound; forbidden where the actor does not approve at all its targets; changed; conflict with the codes of
/// planning/review_steps.h; invalid "no-reason", "no-tag".
std::vector<ReviewedEvent> takeReviewStep(Scheduler& scheduler, ReviewStep step, const std::vector<EventId>& events,
                                          const std::string& reason, const std::optional<std::string>& expectedTag);

/// The events of a campaign. Throws Error(notFound).
std::vector<EventId> eventsOf(Scheduler& scheduler, const CampaignId& campaign);

/// What the actor wrote voids the approval there was. For operations that change an event, behind the writer's guard.
void noteWritten(WriteTransaction& transaction, const Scheduler& scheduler, const EventId& event);

/// The actor's player says that it was heard to its end. Throws Error: notFound; conflict "not-served" where not all of
/// it was sent to them.
Hearing reportHeard(Scheduler& scheduler, const MediaId& media);
/// A part of its file was sent to the actor; once all of it was, this is kept. Throws nothing: what cannot be kept is
/// listened to again.
void noteServed(Scheduler& scheduler, const MediaId& media, std::uint64_t offset, std::uint64_t length,
                std::uint64_t size);

}  // namespace loa
