#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

#include "scheduler/domain/descriptor.h"
#include "scheduler/domain/id.h"

namespace loa {

/// A file in the store, for serving ranges of it.
struct StoredFile {
    std::filesystem::path path;
    std::int64_t bytes = 0;
};

/// Where a file with that hash lies under the root of a store.
std::filesystem::path canonicalPath(const MediaId& id);
std::filesystem::path originalPath(const MediaId& id);

/// A file on its way into the store: deleted with this object unless it was kept.
class IncomingFile {
public:
    IncomingFile(std::filesystem::path path, Descriptor file) : path_{std::move(path)}, file_{std::move(file)} {}
    IncomingFile(IncomingFile&& other) noexcept;
    IncomingFile& operator=(IncomingFile&&) = delete;
    ~IncomingFile();

    const std::filesystem::path& path() const { return path_; }
    int descriptor() const { return file_.get(); }
    std::int64_t bytes() const;  ///< as it is now
    /// Gives up deleting it: it has another name now.
    void keep() { path_.clear(); }

private:
    std::filesystem::path path_;
    Descriptor file_;
};

/// Files by the SHA-256 of their content, in one directory: canonical/ab/ab….opus, original/ab/ab…, and incoming/ for
/// what is not whole yet. Names are made here from hashes only. What has its name is complete and durable. Safe to use
/// from several threads; one process owns the directory.
class MediaStore {
public:
    /// Makes the directories and clears incoming/ of what an earlier run left. Throws Error "media-disk".
    explicit MediaStore(std::filesystem::path root);

    IncomingFile receive();  ///< a new empty file in incoming/

    /// Makes it durable under its hash and returns that. What is there already is the same bytes.
    MediaId keepCanonical(IncomingFile file);
    /// The same for a file of this file system, which keeps its own name, too: the caller's to remove.
    MediaId keepOriginal(const std::filesystem::path& file);

    /// Empty when there is no such file, or the id is no hash.
    std::optional<StoredFile> findCanonical(const MediaId& id) const;
    std::optional<StoredFile> findOriginal(const MediaId& id) const;

    const std::filesystem::path& root() const { return root_; }

private:
    enum class Shelf { canonical, original };
    std::filesystem::path pathOf(Shelf shelf, const MediaId& id) const;
    std::optional<StoredFile> find(Shelf shelf, const MediaId& id) const;
    /// The file's hash, once its bytes and the folder for its name are on disk.
    MediaId hashed(Shelf shelf, int descriptor) const;

    std::filesystem::path root_;
};

}  // namespace loa
