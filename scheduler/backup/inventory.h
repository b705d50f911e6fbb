#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"
#include "scheduler/storage/database_copy.h"

namespace loa {

enum class MediaShelf { canonical, original };
template <>
inline constexpr auto choiceWords<MediaShelf> = wordsFor<MediaShelf>({{MediaShelf::canonical, "canonical"},
                                                                      {MediaShelf::original, "original"}});

/// A file of the media store, in a back-up.
struct KeptFile {
    MediaShelf shelf = MediaShelf::canonical;
    MediaId id;  ///< the SHA-256 of its bytes
    std::int64_t bytes = 0;
    bool operator==(const KeptFile&) const = default;
};
/// Where it lies under the media folder.
std::filesystem::path pathOf(const KeptFile& file);

/// What a back-up holds, inventory.json: written last, so that a folder with one is whole.
struct Inventory {
    Instant made{};
    std::string databaseSha256;
    std::int64_t databaseBytes = 0;
    DatabaseContents database;
    std::vector<KeptFile> media;
    /// Files that the media store should have had, in order, and that were missing, damaged or unreadable there:
    /// "canonical/ab/ab….opus".
    std::vector<std::string> leftOut;
    bool operator==(const Inventory&) const = default;
};

std::string toJson(const Inventory& inventory);
/// Throws Error(malformed). Names are hashes, so that none can lead out of the folder.
Inventory inventoryFromJson(std::string_view text);

}  // namespace loa
