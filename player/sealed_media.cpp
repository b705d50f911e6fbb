// File to sealed memfd. The copy is hashed, not the file: between two looks at a file it may change.
#include "player/sealed_media.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "api/signing/signing.h"
#include "scheduler/domain/error.h"

namespace loa {
namespace {

[[noreturn]] void failed(const std::string& what, const std::filesystem::path& file) {
    const std::string why = what + " " + file.string() + ": " + std::strerror(errno);
    throw Error(Fault::unavailable, "media-unreadable",
                {"Không đọc được tệp âm thanh (" + why + "). Trạm sẽ thử lại.", "media: " + why});
}

std::string hashOf(int descriptor, std::size_t bytes, const std::filesystem::path& file) {
    if (bytes == 0) return sha256Hex({});
    void* mapped = mmap(nullptr, bytes, PROT_READ, MAP_SHARED, descriptor, 0);
    if (mapped == MAP_FAILED) failed("map", file);
    auto hash = sha256Hex({static_cast<const char*>(mapped), bytes});
    munmap(mapped, bytes);
    return hash;
}

}  // namespace

Descriptor sealedMedia(const std::filesystem::path& file, const MediaId& media) {
    const Descriptor source{open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    struct stat found {};
    if (!source.valid() || fstat(source.get(), &found) != 0) failed("open", file);
    Descriptor copy{memfd_create("loa-media", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    if (!copy.valid()) failed("memory for", file);
    for (off_t done = 0; done < found.st_size;) {
        const auto count = sendfile(copy.get(), source.get(), nullptr, static_cast<std::size_t>(found.st_size - done));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) failed("read", file);
        done += count;
    }
    if (fcntl(copy.get(), F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0)
        failed("seal", file);
    if (hashOf(copy.get(), static_cast<std::size_t>(found.st_size), file) != media.text())
        throw Error(
            Fault::invalid, "media-wrong-hash",
            {"Tệp " + media.text() + " trên trạm đã hỏng. Trạm tải lại.", "the bytes on disk are not " + media.text()});
    lseek(copy.get(), 0, SEEK_SET);
    return copy;
}

}  // namespace loa
