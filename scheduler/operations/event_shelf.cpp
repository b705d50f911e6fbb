#include "scheduler/operations/event_shelf.h"

#include "scheduler/storage/event_repository.h"

namespace loa {

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
    auto aim = office.places.aimOf(stored->event);
    auto read = std::make_shared<const AimedEvent>(AimedEvent{std::move(stored->event), std::move(aim)});
    const std::lock_guard lock{mutex_};
    if (kept_.size() >= capacity) kept_.clear();
    kept_.insert_or_assign(id, Kept{state, read});
    return read;
}

}  // namespace loa
