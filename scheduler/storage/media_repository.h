#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scheduler/domain/media_item.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// What is known of each canonical file; the files themselves lie in scheduler/media's store. Removing is soft: what
/// was aired keeps its name in reports for ever.
struct MediaRepository {
    /// Also finds removed ones.
    static std::optional<MediaItem> find(ReadTransaction& transaction, const MediaId& id);
    /// Without the removed ones, newest first, then by id.
    static std::vector<MediaItem> all(ReadTransaction& transaction);
    /// Adds or replaces; one that was removed is back.
    static void save(WriteTransaction& transaction, const MediaItem& item);
    /// False when it is not there or was removed already.
    static bool remove(WriteTransaction& transaction, const MediaId& id, Instant now);
    /// Of the longest there is; 0 where there is none.
    static Milliseconds longest(ReadTransaction& transaction);
    static bool removed(ReadTransaction& transaction, const MediaId& id);
    /// Events that use it: as a whole, in one occurrence, or in a station's own change of one. By id.
    static std::vector<EventId> users(ReadTransaction& transaction, const MediaId& id);
    /// For which areas it was uploaded; empty: the whole office.
    static std::set<AreaId> placesOf(ReadTransaction& transaction, const MediaId& id);
    static void savePlaces(WriteTransaction& transaction, const MediaId& id, const std::set<AreaId>& places);
    /// The title of one that uses it.
    static std::optional<std::string> user(ReadTransaction& transaction, const MediaId& id);
};

}  // namespace loa
