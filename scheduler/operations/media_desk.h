#pragma once
#include <memory>
#include <set>
#include <string>

#include "scheduler/domain/actor.h"
#include "scheduler/operations/media_worker.h"

namespace loa {

constexpr std::size_t maximumPieceBytes = 8UL * 1024 * 1024;

/// Where sound comes in: pieces of an upload, or a text to be spoken; a worker takes them in. May be used from any
/// thread.
class MediaDesk {
public:
    MediaDesk(Database& database, const Clock& clock, MediaDeskOptions options);
    ~MediaDesk();  ///< ends what is under way: it goes on with the next start

    // What brings new bytes throws Error(noRoom, "disk-nearly-full"), too: disk_room.h.
    // `by`, in what follows: who asks, for the audit trail; the program itself where nobody does.

    /// Throws Error: tooLarge over IngestLimits::bytes, invalid for no bytes and for a title that cleanName refuses.
    /// `places`: for which areas it is; none: the whole office.
    Upload begin(const std::string& name, const std::string& title, std::int64_t bytes, std::set<AreaId> places = {},
                 const Actor& by = {});
    /// Throws Error: notFound; conflict "upload-offset" unless `offset` is what was received so far; tooLarge past the
    /// announced size. The last piece starts the ingest; so does an empty one behind it.
    Upload append(const UploadId& id, std::int64_t offset, const std::string& piece, const Actor& by = {});
    Upload find(const UploadId& id);
    /// Throws Error(conflict) while it is being taken in.
    void remove(const UploadId& id, const Actor& by = {});
    /// Throws Error for a title that cleanName refuses and for a text that requireSpeakable refuses.
    Upload speak(const std::string& title, const std::string& text, std::set<AreaId> places = {}, const Actor& by = {});

    /// The upkeep: forgets uploads that are older than uploadLife and not under way, with their bytes, and starts the
    /// ingest of those that are whole without knowing it.
    void tend();

    /// The canonical file. Throws Error(notFound).
    std::filesystem::path file(const MediaId& media);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace loa
