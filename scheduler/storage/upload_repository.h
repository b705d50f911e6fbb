#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"
#include "scheduler/domain/words.h"
#include "scheduler/storage/transaction.h"

namespace loa {

enum class UploadState { receiving, ingesting, done, refused };
template <>
inline constexpr auto choiceWords<UploadState> = wordsFor<UploadState>({{UploadState::receiving, "receiving"},
                                                                        {UploadState::ingesting, "ingesting"},
                                                                        {UploadState::done, "done"},
                                                                        {UploadState::refused, "refused"}});

/// What people are told of an upload: why it was refused, what it waits for, or what to know of its sound.
struct UploadNote {
    std::string code;  ///< as of Error
    Words words;
    bool operator==(const UploadNote&) const = default;
};

/// One file, or text to be spoken, on its way in, from its first byte to a MediaItem or a refusal.
struct Upload {
    UploadId id;
    std::string name;           ///< of the file, as the sender called it
    std::string title;          ///< what the announcement will be called
    std::int64_t size = 0;      ///< bytes announced
    std::int64_t received = 0;  ///< bytes durable so far: where the sender goes on
    UploadState state = UploadState::receiving;
    std::string step;                ///< of the ingest: "decoding", "encoding"; empty before
    int progress = 0;                ///< 0 to 100, of the step
    std::optional<MediaId> media;    ///< when done
    std::optional<UploadNote> note;  ///< when refused: why
    Instant created{};
    std::string text;              ///< what is to be spoken; empty for a file
    std::set<AreaId> places = {};  ///< for which it is; empty: the whole office
    bool operator==(const Upload&) const = default;
};

struct UploadRepository {
    static std::optional<Upload> find(ReadTransaction& transaction, const UploadId& id);
    /// Oldest first, then by id.
    static std::vector<Upload> all(ReadTransaction& transaction);
    static std::vector<Upload> inState(ReadTransaction& transaction, UploadState state);
    static void save(WriteTransaction& transaction, const Upload& upload);
    static void remove(WriteTransaction& transaction, const UploadId& id);
};

}  // namespace loa
