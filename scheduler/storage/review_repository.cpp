#include "scheduler/storage/review_repository.h"

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

template <class Value>
std::set<Value> asSet(std::vector<std::tuple<Value>> rows) {
    std::set<Value> values;
    for (auto& [value] : rows) values.insert(std::move(value));
    return values;
}

void forgetApproval(WriteTransaction& transaction, const EventId& event) {
    execute(transaction, "DELETE FROM approved_station WHERE event = $1", event);
}

void saveRow(WriteTransaction& transaction, const EventId& event, const Review& review) {
    execute(transaction,
            "INSERT INTO review (event, state, content, decided_by, decided, reason) VALUES ($1, $2, $3, $4, $5, $6) "
            "ON CONFLICT (event) DO UPDATE SET state = excluded.state, content = excluded.content, "
            "decided_by = excluded.decided_by, decided = excluded.decided, reason = excluded.reason",
            event, review.state, review.content, review.by, review.at, review.reason);
    EventRepository::noteChange(transaction, event);
}

}  // namespace

Review ReviewRepository::find(ReadTransaction& transaction, const EventId& event) {
    auto found = first(select<DraftState, std::string, std::string, Instant, std::string>(
        transaction, "SELECT state, content, decided_by, decided, reason FROM review WHERE event = $1", event));
    return found ? std::make_from_tuple<Review>(*std::move(found)) : Review{};
}

std::vector<EventId> ReviewRepository::inState(ReadTransaction& transaction, DraftState state) {
    return each<EventId>(select<EventId>(transaction,
                                         "SELECT event.id FROM event LEFT JOIN review ON review.event = event.id "
                                         "WHERE COALESCE(review.state, $1) = $2 ORDER BY review.decided, event.id",
                                         DraftState::draft, state),
                         [](auto event) { return event; });
}

void ReviewRepository::save(WriteTransaction& transaction, const EventId& event, const Review& review) {
    forgetApproval(transaction, event);
    saveRow(transaction, event, review);
}

std::set<StationId> ReviewRepository::approvedStations(ReadTransaction& transaction, const EventId& event) {
    return asSet(select<StationId>(transaction, "SELECT station FROM approved_station WHERE event = $1", event));
}

void ReviewRepository::approve(WriteTransaction& transaction, const EventId& event, const Review& review,
                               const std::set<StationId>& stations, const std::string& icalendar) {
    forgetApproval(transaction, event);
    saveRow(transaction, event, review);
    for (const auto& station : stations)
        execute(transaction, "INSERT INTO approved_station (event, station) VALUES ($1, $2)", event, station);
    execute(transaction,
            "INSERT INTO approved_event (event, icalendar, approved_by, approved) VALUES ($1, $2, $3, $4) "
            "ON CONFLICT (event) DO UPDATE SET icalendar = excluded.icalendar, approved_by = excluded.approved_by, "
            "approved = excluded.approved",
            event, icalendar, review.by, review.at);
}

std::optional<ApprovedText> ReviewRepository::lastApproved(ReadTransaction& transaction, const EventId& event) {
    auto found = first(select<std::string, std::string, Instant>(
        transaction, "SELECT icalendar, approved_by, approved FROM approved_event WHERE event = $1", event));
    return found ? std::optional{std::make_from_tuple<ApprovedText>(*std::move(found))} : std::nullopt;
}

std::set<std::string> ReviewRepository::writers(ReadTransaction& transaction, const EventId& event) {
    return asSet(select<std::string>(transaction, "SELECT writer FROM event_writer WHERE event = $1", event));
}

void ReviewRepository::forgetWriters(WriteTransaction& transaction, const EventId& event) {
    execute(transaction, "DELETE FROM event_writer WHERE event = $1", event);
}

void ReviewRepository::addWriter(WriteTransaction& transaction, const EventId& event, const std::string& writer) {
    execute(transaction, "INSERT INTO event_writer (event, writer) VALUES ($1, $2) ON CONFLICT DO NOTHING", event,
            writer);
}

Hearing ReviewRepository::hearing(ReadTransaction& transaction, const std::string& person, const MediaId& media) {
    auto found = first(select<std::optional<Instant>, std::optional<Instant>>(
        transaction, "SELECT served, reported FROM hearing WHERE person = $1 AND media = $2", person, media));
    return found ? std::make_from_tuple<Hearing>(*std::move(found)) : Hearing{};
}

void ReviewRepository::noteServed(WriteTransaction& transaction, const std::string& person, const MediaId& media,
                                  Instant at) {
    execute(transaction,
            "INSERT INTO hearing (person, media, served) VALUES ($1, $2, $3) "
            "ON CONFLICT (person, media) DO UPDATE SET served = excluded.served",
            person, media, at);
}

void ReviewRepository::noteReported(WriteTransaction& transaction, const std::string& person, const MediaId& media,
                                    Instant at) {
    execute(transaction,
            "INSERT INTO hearing (person, media, reported) VALUES ($1, $2, $3) "
            "ON CONFLICT (person, media) DO UPDATE SET reported = excluded.reported",
            person, media, at);
}

}  // namespace loa
