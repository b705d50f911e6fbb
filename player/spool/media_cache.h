#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string_view>

#include "scheduler/domain/descriptor.h"
#include "scheduler/domain/id.h"

namespace loa {

/// Media files of a station, each named by its SHA-256. A file under its own name was whole when it got it.
class MediaCache {
public:
    /// Makes the directory. Throws Error(unavailable).
    explicit MediaCache(const std::filesystem::path& directory);

    std::filesystem::path fileOf(const MediaId& media) const;
    /// Where an unfinished download is kept.
    std::filesystem::path partOf(const MediaId& media) const;
    std::set<MediaId> ready() const;
    /// For a file whose bytes turned out wrong. Not there: nothing happens.
    void remove(const MediaId& media) const;
    /// Removes every file and every unfinished download that is not of these.
    void keepOnly(const std::set<MediaId>& wanted) const;

private:
    std::filesystem::path directory_;
};

/// One unfinished download: bytes are added at its end, and it survives a power cut. One thread at a time.
class MediaPart {
public:
    /// `bytes`: how long it is when whole. Throws Error(unavailable) here and below when the disk refuses.
    MediaPart(const MediaCache& cache, const MediaId& media, std::int64_t bytes);

    std::int64_t have() const noexcept { return have_; }
    /// Throws Error(invalid, "media-too-long") when more comes than was announced.
    void append(std::string_view bytes);
    /// Begins again from nothing.
    void restart();
    /// Hashes it, syncs it, gives it its name. Throws Error(invalid, "media-wrong-hash") after removing it.
    void finish();

private:
    std::filesystem::path part_;
    std::filesystem::path file_;
    std::string hash_;
    std::int64_t bytes_;
    std::int64_t have_ = 0;
    Descriptor descriptor_;
};

}  // namespace loa
