#include "scheduler/backup/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "scheduler/media/disk.h"
#include "scheduler/media/sha256.h"

namespace loa {
namespace {

Descriptor newFile(const std::filesystem::path& path) {
    std::filesystem::create_directories(path.parent_path());
    Descriptor file{open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!file.valid()) throw diskError();
    return file;
}

}  // namespace

std::string hashOf(const std::filesystem::path& file) {
    const auto opened = openRegular(file, O_RDONLY);
    return opened.valid() ? sha256OfFile(opened.get()) : "";
}

std::string copyHashed(const std::filesystem::path& from, const std::filesystem::path& to) {
    const auto source = openRegular(from, O_RDONLY);
    if (!source.valid()) return "";
    const auto target = newFile(to);
    std::array<char, 65536> block;
    for (std::int64_t at = 0;;) {
        const auto count = pread(source.get(), block.data(), block.size(), at);
        if (count < 0) return "";
        if (count == 0) break;
        writeAllAt(target.get(), {block.data(), static_cast<std::size_t>(count)}, at);
        at += count;
    }
    return sha256OfFile(target.get());
}

void writeDurably(const std::filesystem::path& file, std::string_view content) {
    const auto opened = newFile(file);
    writeAllAt(opened.get(), content, 0);
    syncFile(opened.get());
    syncDirectory(file.parent_path());
}

void syncFileSystem(const std::filesystem::path& folder) {
    const Descriptor opened{open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!opened.valid() || syncfs(opened.get()) != 0) throw diskError();
}

void requireRoomFor(std::int64_t bytes, const std::filesystem::path& folder) {
    constexpr std::int64_t margin = 16 * 1024 * 1024;  // folders, the inventory, and what is written beside it
    const auto free = static_cast<std::int64_t>(std::filesystem::space(folder).available);
    if (free >= bytes + margin) return;
    const auto megabytes = [](std::int64_t count) { return std::to_string(count / 1'000'000 + 1); };
    throw Error{Fault::unavailable,
                "no-room",
                {"Ổ đĩa của " + folder.string() + " không đủ chỗ: cần " + megabytes(bytes + margin) + " MB, còn " +
                     megabytes(free) + " MB. Dọn bớt, hoặc chọn ổ khác.",
                 "not enough room in " + folder.string() + ": " + megabytes(bytes + margin) + " MB are needed, " +
                     megabytes(free) + " MB are free"}};
}

}  // namespace loa
