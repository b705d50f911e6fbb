// Edits as people make them. The edit itself is pure (scheduler/calendar); here it is done on what is stored, and saved
// only if that is still what was edited.
#include "scheduler/operations/edit_event.h"

#include "scheduler/operations/not_found.h"
#include "scheduler/operations/review_events.h"
#include "scheduler/storage/event_repository.h"

namespace loa {
namespace {

constexpr std::size_t idBytes = 16;

EventId newEventId() {
    return EventId{randomHex(idBytes) + "@loa"};
}

/// What an edit makes of an event: itself, and perhaps one that follows it.
struct Made {
    std::vector<Event> events;
    std::vector<Instant> lost;
};

struct Apply {
    const Event& event;

    Made operator()(const EditAll& edit) const {
        auto edited = changeAll(event, edit.change);
        return {{std::move(edited.event)}, std::move(edited.lost)};
    }
    Made operator()(const EditFollowing& edit) const {
        auto split = splitFrom(event, edit.original, edit.change, newEventId());
        Made made{{std::move(split.before)}, std::move(split.lost)};
        if (split.following) made.events.push_back(*std::move(split.following));
        return made;
    }
    Made operator()(const EditOccurrence& edit) const {
        return {{changeOccurrence(event, edit.original, edit.change)}, {}};
    }
    Made operator()(const EditAtStation& edit) const { return {{changeAtStation(event, edit.change)}, {}}; }
    Made operator()(const DropOccurrence& edit) const { return {{dropOccurrence(event, edit.original)}, {}}; }
    Made operator()(const RestoreOccurrence& edit) const {
        if (edit.station) return {{restoreAtStation(event, edit.original, *edit.station)}, {}};
        return {{restoreOccurrence(event, edit.original)}, {}};
    }
};

std::optional<Event> storedEvent(ReadTransaction& transaction, const EventId& id) {
    const auto stored = EventRepository::find(transaction, id);
    return stored ? std::optional{stored->event} : std::nullopt;
}

}  // namespace

EditedEvents editEvent(Scheduler& scheduler, const EventId& id, const EventEdit& edit,
                       const std::optional<std::string>& expectedTag, Keep keep) {
    const auto event =
        scheduler.database.read([&](ReadTransaction& transaction) { return storedEvent(transaction, id); });
    if (!event) throw noSuchEvent(id);
    requireTag(event, expectedTag);
    auto made = std::visit(Apply{*event}, edit);
    const auto tag = eventTag(*event);
    std::set<std::string> writers;
    auto saved = saveEvents(
        scheduler, made.events, keep,
        [&](ReadTransaction& transaction) {
            requireTag(storedEvent(transaction, id), tag);
            writers = unapprovedWriters(transaction, {*event});
        },
        [&](WriteTransaction& transaction) { addWriters(transaction, writers, made.events); });
    return {std::move(saved), std::move(made.lost)};
}

SavedEvent createEvent(Scheduler& scheduler, EventDraft draft, Keep keep) {
    if (draft.id.text().empty()) draft.id = newEventId();
    draft.stamp = scheduler.clock.now();
    const auto event = makeEvent(draft);
    auto saved = saveEvents(scheduler, {event}, keep, [&](ReadTransaction& transaction) {
        if (!storedEvent(transaction, event.id)) return;
        throw Error{Fault::conflict,
                    "event-exists",
                    {"Đã có lịch mang mã này. Sửa lịch đó hoặc bỏ mã đi.",
                     "there is an event with this id already; edit it, or leave the id out"}};
    });
    return std::move(saved.front());
}

}  // namespace loa
