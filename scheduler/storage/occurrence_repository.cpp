// Finds occurrences by time. What reaches into a window may have begun before it: the longest occurrence there is tells
// how long before, so that the index by start serves and nothing is missed.
#include "scheduler/storage/occurrence_repository.h"

#include "scheduler/storage/source_column.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

template <class... Values>
std::vector<Occurrence> occurrences(ReadTransaction& transaction, const std::string& rest, Interval window,
                                    const Values&... values) {
    const auto longest = std::get<0>(
        select<std::optional<Milliseconds>>(transaction, "SELECT MAX(ends - starts) FROM occurrence").at(0));
    const Instant earliest = window.start - longest.value_or(Milliseconds{0});
    return each<Occurrence>(
        select<EventId, Instant, Instant, Instant, std::string, std::optional<MediaId>>(
            transaction,
            "SELECT event, original, starts, ends, title, media FROM occurrence "
            "WHERE starts >= $1 AND starts < $2 AND (starts >= $3 OR ends > $4) " +
                rest + " ORDER BY starts, event, original",
            earliest, window.end, window.start, window.start, values...),
        [](auto event, auto original, auto starts, auto ends, auto title, auto media) {
            return Occurrence{std::move(event), original, Interval{starts, ends}, std::move(title), sourceOf(media)};
        });
}

}  // namespace

std::vector<Occurrence> OccurrenceRepository::between(ReadTransaction& transaction, Interval window) {
    return occurrences(transaction, "", window);
}

std::vector<Occurrence> OccurrenceRepository::ofEvent(ReadTransaction& transaction, const EventId& event,
                                                      Interval window) {
    return occurrences(transaction, "AND event = $5", window, event);
}

std::vector<Occurrence> OccurrenceRepository::forStation(ReadTransaction& transaction, const StationId& station,
                                                         Interval window) {
    return occurrences(transaction,
                       "AND event IN (SELECT event FROM event_target WHERE station = $5 OR area IN ("
                       "WITH RECURSIVE above (id, parent) AS ("
                       "SELECT area.id, area.parent FROM area JOIN station ON area.id = station.area "
                       "WHERE station.id = $6 "
                       "UNION SELECT area.id, area.parent FROM area JOIN above ON area.id = above.parent) "
                       "SELECT id FROM above))",
                       window, station, station);
}

}  // namespace loa
