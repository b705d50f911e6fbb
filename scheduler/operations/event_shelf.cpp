#include "scheduler/operations/event_shelf.h"

#include "scheduler/operations/review_events.h"
#include "scheduler/planning/review_steps.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/review_repository.h"

namespace loa {
namespace {

/// The stations of an approval that was given for just this content; none of any other.
std::set<StationId> approvedStations(ReadTransaction& transaction, const Event& event, const Review& review) {
    if (review.state != DraftState::approved) return {};
    auto stations = ReviewRepository::approvedStations(transaction, event.id);
    return approvedContent(event, stations) == review.content ? stations : std::set<StationId>{};
}

}  // namespace

std::optional<Refusal> AimedEvent::refusalAt(const StationId& station) const {
    if (approvedAt.contains(station)) return std::nullopt;
    return approvedAt.empty() ? notApproved(review) : notApprovedHere();
}

std::shared_ptr<const AimedEvent> EventShelf::at(ReadTransaction& transaction, const OfficeRules& office,
                                                 const EventId& id) {
    const auto version = EventRepository::planVersion(transaction, id);
    if (!version) return nullptr;
    const State state{*version, office.version};
    {
        const std::lock_guard lock{mutex_};
        const auto kept = kept_.find(id);
        if (kept != kept_.end() && kept->second.state == state) return kept->second.event;
    }
    auto stored = EventRepository::find(transaction, id);
    if (!stored) return nullptr;
    const auto review = ReviewRepository::find(transaction, id);
    const auto read =
        std::make_shared<const AimedEvent>(AimedEvent{stored->event, office.places.aimOf(stored->event), review,
                                                      approvedStations(transaction, stored->event, review)});
    const std::lock_guard lock{mutex_};
    if (kept_.size() >= capacity) kept_.clear();
    kept_.insert_or_assign(id, Kept{state, read});
    return read;
}

}  // namespace loa
