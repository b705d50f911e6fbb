// Finds occurrences by time. What reaches into a window may have begun before it: the longest occurrence there is tells
// how long before, so that the index by start serves and nothing is missed.
#include "scheduler/storage/occurrence_repository.h"

#include <algorithm>

#include "scheduler/storage/source_column.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

Occurrence occurrenceOf(EventId event, Instant original, Instant starts, Instant ends, std::string title,
                        std::optional<MediaId> media) {
    return {std::move(event), original, {starts, ends}, std::move(title), sourceOf(media)};
}

template <class... Values>
std::vector<Occurrence> occurrences(ReadTransaction& transaction, const std::string& rest, Interval window,
                                    const Values&... values) {
    const auto longest = std::get<0>(
        select<std::optional<Milliseconds>>(transaction, "SELECT MAX(ends - starts) FROM occurrence").at(0));
    const Instant earliest = window.start - longest.value_or(Milliseconds{0});
    return each<Occurrence>(select<EventId, Instant, Instant, Instant, std::string, std::optional<MediaId>>(
                                transaction,
                                "SELECT event, original, starts, ends, title, media FROM occurrence "
                                "WHERE starts >= $1 AND starts < $2 AND (starts >= $3 OR ends > $4) " +
                                    rest + " ORDER BY starts, event, original",
                                earliest, window.end, window.start, window.start, values...),
                            occurrenceOf);
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
    auto found = occurrences(transaction,
                             "AND event IN (SELECT event FROM event_target WHERE station = $5 OR area IN ("
                             "WITH RECURSIVE above (id, parent) AS ("
                             "SELECT area.id, area.parent FROM area JOIN station ON area.id = station.area "
                             "WHERE station.id = $6 "
                             "UNION SELECT area.id, area.parent FROM area JOIN above ON area.id = above.parent) "
                             "SELECT id FROM above))",
                             window, station, station);
    // What this station moved into the window stands elsewhere for the others.
    for (auto& moved : each<Occurrence>(
             select<EventId, Instant, Instant, Instant, std::string, std::optional<MediaId>>(
                 transaction,
                 "SELECT occurrence.event, occurrence.original, occurrence.starts, ends, title, occurrence.media "
                 "FROM station_override JOIN occurrence ON occurrence.event = station_override.event "
                 "AND occurrence.original = station_override.original "
                 "WHERE station = $1 AND station_override.starts >= $2 AND station_override.starts < $3 "
                 "AND (occurrence.starts < $4 OR occurrence.starts >= $5) ORDER BY occurrence.starts, occurrence.event",
                 station, window.start, window.end, window.start, window.end),
             occurrenceOf))
        if (std::find(found.begin(), found.end(), moved) == found.end()) found.push_back(std::move(moved));
    return found;
}

std::vector<MetOccurrence> OccurrenceRepository::meeting(ReadTransaction& transaction, const EventId& event,
                                                         Instant since, Milliseconds longest) {
    // Media that were removed from the store sound no more.
    return each<MetOccurrence>(
        select<Instant, Instant, Instant, EventId, Instant, Instant, Instant>(
            transaction,
            "SELECT mine.original, mine.starts, mine.sounds_until, "
            "other.event, other.original, other.starts, other.sounds_until FROM occurrence mine "
            "JOIN occurrence other ON other.starts > mine.starts - $1 AND other.starts < mine.sounds_until "
            "AND other.sounds_until > mine.starts "
            "JOIN media ON media.id = mine.media AND media.removed IS NULL "
            "JOIN media heard ON heard.id = other.media AND heard.removed IS NULL "
            "WHERE mine.event = $2 AND mine.starts >= $3 AND other.event <> mine.event "
            "ORDER BY mine.starts, other.starts, other.event",
            longest, event, since),
        [](auto original, auto starts, auto ends, auto other, auto otherOriginal, auto otherStarts, auto otherEnds) {
            return MetOccurrence{original, {starts, ends}, std::move(other), otherOriginal, {otherStarts, otherEnds}};
        });
}

}  // namespace loa
