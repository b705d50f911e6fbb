// The directory of sound files by hash. A file gets its name in one step after its bytes are on disk, so a name is
// never seen with half a file behind it, whenever the machine stops. Never takes a name from outside.
#include "scheduler/media/media_store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

#include "scheduler/media/disk.h"
#include "scheduler/media/sha256.h"

namespace loa {
namespace {

namespace fs = std::filesystem;

void makeDirectory(const fs::path& directory) {
    std::error_code failed;
    if (fs::create_directories(directory, failed)) syncDirectory(directory.parent_path());
    if (failed) {
        errno = failed.value();
        throw diskError();
    }
}

}  // namespace

fs::path canonicalPath(const MediaId& id) {
    return fs::path{"canonical"} / id.text().substr(0, 2) / (id.text() + ".opus");
}

fs::path originalPath(const MediaId& id) {
    return fs::path{"original"} / id.text().substr(0, 2) / id.text();
}

IncomingFile::IncomingFile(IncomingFile&& other) noexcept
    : path_{std::move(other.path_)}, file_{std::move(other.file_)} {
    other.path_.clear();
}

IncomingFile::~IncomingFile() {
    std::error_code ignored;  // what cannot be deleted now goes when the store is opened again
    if (!path_.empty()) fs::remove(path_, ignored);
}

std::int64_t IncomingFile::bytes() const {
    struct stat about {};
    if (fstat(file_.get(), &about) != 0) throw diskError();
    return about.st_size;
}

MediaStore::MediaStore(fs::path root) : root_{std::move(root)} {
    makeDirectory(root_);
    for (const auto* name : {"canonical", "original", "incoming"}) makeDirectory(root_ / name);
    for (const auto& left : fs::directory_iterator{root_ / "incoming"}) fs::remove_all(left.path());
}

IncomingFile MediaStore::receive() {
    std::string path = (root_ / "incoming" / "XXXXXX").string();
    Descriptor file{mkostemp(path.data(), O_CLOEXEC)};
    if (!file.valid()) throw diskError();
    return {path, std::move(file)};
}

MediaId MediaStore::keepCanonical(IncomingFile file) {
    auto id = hashed(Shelf::canonical, file.descriptor());
    const auto path = pathOf(Shelf::canonical, id);
    if (rename(file.path().c_str(), path.c_str()) != 0) throw diskError();
    file.keep();
    syncDirectory(path.parent_path());
    return id;
}

MediaId MediaStore::keepOriginal(const fs::path& file) {
    const auto opened = openRegular(file, O_RDONLY);
    if (!opened.valid()) throw diskError();
    auto id = hashed(Shelf::original, opened.get());
    const auto path = pathOf(Shelf::original, id);
    if (link(file.c_str(), path.c_str()) != 0 && errno != EEXIST) throw diskError();
    syncDirectory(path.parent_path());
    return id;
}

MediaId MediaStore::hashed(Shelf shelf, int descriptor) const {
    syncFile(descriptor);
    MediaId id{sha256OfFile(descriptor)};
    makeDirectory(pathOf(shelf, id).parent_path());
    return id;
}

std::optional<StoredFile> MediaStore::findCanonical(const MediaId& id) const {
    return find(Shelf::canonical, id);
}
std::optional<StoredFile> MediaStore::findOriginal(const MediaId& id) const {
    return find(Shelf::original, id);
}

std::optional<StoredFile> MediaStore::find(Shelf shelf, const MediaId& id) const {
    if (!isSha256(id.text())) return std::nullopt;
    const auto path = pathOf(shelf, id);
    const auto bytes = regularFileSize(path);
    if (!bytes) return std::nullopt;
    return StoredFile{path, *bytes};
}

fs::path MediaStore::pathOf(Shelf shelf, const MediaId& id) const {
    return root_ / (shelf == Shelf::canonical ? canonicalPath(id) : originalPath(id));
}

}  // namespace loa
