#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "scheduler/domain/clock.h"
#include "scheduler/domain/media_item.h"
#include "scheduler/storage/database.h"
#include "scheduler/storage/upload_repository.h"

namespace loa {

constexpr std::int64_t maximumUploadBytes = 200'000'000;
constexpr std::size_t maximumPieceBytes = 8UL * 1024 * 1024;
constexpr std::size_t longestSpeechText = 8000;  ///< bytes

struct MediaDeskOptions {
    std::filesystem::path directory;      ///< of the media store
    std::filesystem::path ingestProgram;  ///< loa-ingest
    std::filesystem::path speechProgram = "/usr/bin/espeak-ng";
    std::string speechVoice = "vi-vn-x-south";
    Milliseconds longest{std::chrono::minutes{30}};  ///< of one announcement
};

/// Where sound comes in: pieces of an upload, or a text to be spoken; one worker thread takes them in, one after the
/// other, through the caged loa-ingest. What was under way when the program ended is refused at the next start, with
/// the sentence to send it again. May be used from any thread.
class MediaDesk {
public:
    MediaDesk(Database& database, const Clock& clock, MediaDeskOptions options);
    ~MediaDesk();  ///< waits for the work under way

    /// Throws Error(tooLarge) over maximumUploadBytes, invalid for no bytes.
    Upload begin(const std::string& name, const std::string& title, std::int64_t bytes);
    /// Throws Error: notFound; conflict "wrong-offset" unless `offset` is what was received so far; tooLarge past the
    /// announced size. The last piece starts the ingest.
    Upload append(const UploadId& id, std::int64_t offset, const std::string& piece);
    Upload find(const UploadId& id);
    /// Throws Error(conflict) while it is being taken in.
    void remove(const UploadId& id);
    /// Throws Error(invalid) for an empty text, tooLarge for one over longestSpeechText.
    Upload speak(const std::string& title, const std::string& text);

    /// The canonical file. Throws Error(notFound).
    std::filesystem::path file(const MediaId& media);
    /// Takes the media out of the list; its file stays for the stations that still hold a plan with it. Throws Error:
    /// notFound; conflict while an event uses it.
    void removeMedia(const MediaId& media);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace loa
