// The few calls by which files become durable. Every failure becomes one Error; nothing here decides a name.
#include "scheduler/media/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace loa {

Error diskError() {
    if (errno == ENOSPC || errno == EDQUOT) {
        return {Fault::unavailable,
                "media-disk-full",
                {"Đĩa máy chủ đã đầy. Báo quản trị dọn đĩa rồi tải lại.",
                 "The server's disk is full. Ask its keeper to make room, then upload again."}};
    }
    return {Fault::unavailable,
            "media-disk",
            {"Máy chủ không ghi hoặc đọc được đĩa. Báo quản trị rồi thử lại.",
             "The server cannot read or write its disk. Tell its keeper and try again."}};
}

Descriptor openRegular(const std::filesystem::path& path, int flags) {
    Descriptor file{open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600)};
    struct stat about {};
    if (!file.valid() || fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) return Descriptor{};
    return file;
}

std::optional<std::int64_t> regularFileSize(const std::filesystem::path& path) {
    struct stat about {};
    if (lstat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
    return about.st_size;
}

void writeAllAt(int descriptor, std::string_view bytes, std::int64_t offset) {
    while (!bytes.empty()) {
        const auto written = pwrite(descriptor, bytes.data(), bytes.size(), offset);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) throw diskError();
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += written;
    }
}

void requireRoom(int descriptor) {
    constexpr std::size_t some = 64 * 1024;
    struct stat about {};
    if (fstat(descriptor, &about) != 0) throw diskError();
    writeAllAt(descriptor, std::string(some, '\0'), about.st_size);
    syncFile(descriptor);
}

void syncFile(int descriptor) {
    if (fsync(descriptor) != 0) throw diskError();
}

void syncDirectory(const std::filesystem::path& directory) {
    const Descriptor opened{open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!opened.valid()) throw diskError();
    syncFile(opened.get());
}

}  // namespace loa
