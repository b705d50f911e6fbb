#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/media_item.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// A place that a media item was uploaded for.
struct MediaPlace {
    AreaId area;
    std::string title;                              ///< what it is called there
    std::string originalName;                       ///< of the file that was uploaded there
    std::optional<Instant> removed = std::nullopt;  ///< from the list there
};

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
    /// By area; none: it is for the whole office.
    static std::vector<MediaPlace> placesOf(ReadTransaction& transaction, const MediaId& id);
    /// Adds or replaces.
    static void savePlace(WriteTransaction& transaction, const MediaId& id, const MediaPlace& place);
    /// It is for the whole office from now on.
    static void forgetPlaces(WriteTransaction& transaction, const MediaId& id);
};

}  // namespace loa
