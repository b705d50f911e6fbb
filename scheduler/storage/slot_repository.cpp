// What stations were told, slot by slot, so that a report years later still knows.
#include "scheduler/storage/slot_repository.h"

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

template <class... Values>
std::vector<PublishedSlot> slots(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    return each<PublishedSlot>(
        select<StationId, SlotId, EventId, Instant, int, std::string, MessageClass, StartMode, PreemptPolicy,
               OverrunPolicy, LateJoinPolicy, Milliseconds, Instant, Instant, MediaId, std::int64_t, std::int64_t, int,
               std::int64_t, std::int64_t, std::optional<Instant>>(
            transaction,
            "SELECT station, id, event, original, repeat_number, title, message_class, start_mode, preempt, "
            "overrun, late_join, grace, starts, ends, media, bytes, frames, gain_db, first_revision, last_revision, "
            "withdrawn FROM slot " +
                rest,
            values...),
        [](auto station, auto id, auto event, auto original, auto repeat, auto title, auto messageClass, auto start,
           auto preempt, auto overrun, auto lateJoin, auto grace, auto starts, auto ends, auto media, auto bytes,
           auto frames, auto gain, auto firstRevision, auto lastRevision, auto withdrawn) {
            return PublishedSlot{std::move(station),
                                 Slot{std::move(id), std::move(event), original, repeat, std::move(title), messageClass,
                                      AirPolicy{start, preempt, overrun, lateJoin, grace}, Interval{starts, ends},
                                      std::move(media), bytes, frames, gain},
                                 firstRevision, lastRevision, withdrawn};
        });
}

void save(WriteTransaction& transaction, const StationId& station, std::int64_t revision, const Slot& slot) {
    execute(transaction,
            "INSERT INTO slot (station, id, event, original, repeat_number, title, message_class, start_mode, preempt, "
            "overrun, late_join, grace, starts, ends, media, bytes, frames, gain_db, first_revision, last_revision) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) "
            "ON CONFLICT (station, id) DO UPDATE SET title = excluded.title, message_class = excluded.message_class, "
            "start_mode = excluded.start_mode, preempt = excluded.preempt, overrun = excluded.overrun, late_join = "
            "excluded.late_join, "
            "grace = excluded.grace, starts = excluded.starts, ends = excluded.ends, media = excluded.media, "
            "bytes = excluded.bytes, frames = excluded.frames, gain_db = excluded.gain_db, last_revision = "
            "excluded.last_revision, "
            "withdrawn = NULL",
            station, slot.id, slot.event, slot.original, slot.repeat, slot.title, slot.messageClass, slot.policy.start,
            slot.policy.preempt, slot.policy.overrun, slot.policy.lateJoin, slot.policy.grace, slot.at.start,
            slot.at.end, slot.media, slot.bytes, slot.frames, slot.gainDb, revision, revision);
}

}  // namespace

std::optional<PublishedSlot> SlotRepository::find(ReadTransaction& transaction, const StationId& station,
                                                  const SlotId& id) {
    return first(slots(transaction, "WHERE station = $1 AND id = $2", station, id));
}

std::vector<PublishedSlot> SlotRepository::startingIn(ReadTransaction& transaction, const StationId& station,
                                                      Interval window) {
    return slots(transaction, "WHERE station = $1 AND starts >= $2 AND starts < $3 ORDER BY starts, id", station,
                 window.start, window.end);
}

std::vector<PublishedSlot> SlotRepository::startingIn(ReadTransaction& transaction, Interval window) {
    return slots(transaction, "WHERE starts >= $1 AND starts < $2 ORDER BY station, starts, id", window.start,
                 window.end);
}

void SlotRepository::publish(WriteTransaction& transaction, const Manifest& manifest) {
    for (const Slot& slot : manifest.slots) save(transaction, manifest.station, manifest.revision, slot);
    execute(transaction,
            "UPDATE slot SET withdrawn = $1 WHERE station = $2 AND starts >= $3 AND starts < $4 "
            "AND last_revision < $5 AND withdrawn IS NULL",
            manifest.issued, manifest.station, manifest.window.start, manifest.window.end, manifest.revision);
}

}  // namespace loa
