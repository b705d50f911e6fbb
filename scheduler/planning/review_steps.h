#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "scheduler/domain/actor.h"
#include "scheduler/domain/event.h"
#include "scheduler/domain/review.h"
#include "scheduler/planning/refusal.h"

namespace loa {

/// What a person wants to do with an event on its way to the air.
enum class ReviewStep { submit, approve, reject, withdraw };

/// All that decides whether they may.
struct ReviewCase {
    std::string title;  ///< the event's
    Review review;      ///< as it stands
    std::string actor;  ///< an Actor's name
    std::set<std::string> writers;
    std::set<MediaId> media;                               ///< all that it may sound
    std::function<bool(const MediaId& media)> wasHeardBy;  ///< by the actor, to the end
    bool awaits = false;                                   ///< of an approved one: it reaches stations added since
};

/// Why the step is not the next one from where the event stands; empty when it is. Codes: "submitted-already",
/// "not-submitted", "nothing-to-withdraw".
std::optional<Refusal> outOfTurn(ReviewStep step, const ReviewCase& reviewed);
/// Why the step cannot be taken; empty when it can. Codes besides: "own-event" (who wrote it does not approve it),
/// "nothing-to-hear" (there is no sound to approve), "not-heard".
std::optional<Refusal> refusalOf(ReviewStep step, const ReviewCase& reviewed);

/// Why an event that is not approved does not sound, with the code "not-approved".
Refusal notApproved(const Review& review);
/// The same where it is, but not for this station: it was added since.
Refusal notApprovedHere();

}  // namespace loa
