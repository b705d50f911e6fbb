#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "scheduler/domain/id.h"

namespace loa {

/// How many of how many bytes are done.
using CopyProgress = std::function<void(std::int64_t done, std::int64_t all)>;

/// Bytes of the database at `file`, with what its log still holds. Throws Error(unavailable) when it cannot be read.
std::int64_t databaseBytes(const std::filesystem::path& file);

/// Copies the database at `from` to the new file `to`, its owner's alone, as it is at one instant; it may be read and
/// written meanwhile, by this process or another. The copy is one file without a log, on disk when this returns. Throws
/// Error(unavailable) when either cannot be read or written; what there is of the copy is then to be removed.
void copyDatabase(const std::filesystem::path& from, const std::filesystem::path& to, const CopyProgress& tell);

/// What a copy holds.
struct DatabaseContents {
    int version = 0;                           ///< of its last migration
    std::map<std::string, std::int64_t> rows;  ///< of each table
    bool operator==(const DatabaseContents&) const = default;
};

/// Reads all of a database that nobody writes, and changes nothing beside it. Throws Error(invalid,
/// "database-damaged") when its pages or its references do not fit together, Error(conflict, "database-newer") when a
/// newer program wrote it.
DatabaseContents examineDatabase(const std::filesystem::path& file);

/// The two files of a media item: what the database says that the store has.
struct MediaFiles {
    MediaId canonical;
    MediaId original;
    std::string title;
};

/// Of all media that a copy knows of, removed ones too, by id. Throws Error(invalid, "database-damaged").
std::vector<MediaFiles> mediaFilesIn(const std::filesystem::path& file);

}  // namespace loa
