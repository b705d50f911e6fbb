// Media on disk: temporary name, hash, fsync, rename, fsync of the directory, in this order, so that no cut of the
// power can leave a file that looks whole and is not. Never touches a file in use: what sounds is a copy in memory.
#include "player/spool/media_cache.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "scheduler/domain/error.h"
#include "scheduler/domain/kill_point.h"

namespace loa {
namespace {

constexpr std::string_view partSuffix = ".part";
constexpr std::size_t hashDigits = 64;

[[noreturn]] void failed(const std::string& what, const std::filesystem::path& path) {
    const std::string why = what + " " + path.string() + ": " + std::strerror(errno);
    throw Error(Fault::unavailable, "media-disk",
                {"Không ghi được tệp âm thanh (" + why + "). Kiểm tra thẻ nhớ còn chỗ không.", "media cache: " + why});
}

bool isHash(std::string_view text) {
    return text.size() == hashDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void syncDirectory(const std::filesystem::path& directory) {
    const Descriptor opened{open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!opened.valid() || fsync(opened.get()) != 0) failed("sync", directory);
}

std::string hashOf(int descriptor, const std::filesystem::path& path) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::array<unsigned char, 64 * 1024> buffer{};
    for (off_t offset = 0;;) {
        const auto length = pread(descriptor, buffer.data(), buffer.size(), offset);
        if (length < 0) failed("read", path);
        if (length == 0) break;
        crypto_hash_sha256_update(&state, buffer.data(), static_cast<unsigned long long>(length));
        offset += length;
    }
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256_final(&state, hash.data());
    std::array<char, hashDigits + 1> text{};
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    return text.data();
}

}  // namespace

MediaCache::MediaCache(const std::filesystem::path& directory) : directory_{directory} {
    std::error_code fault;
    std::filesystem::create_directories(directory_, fault);
    if (!std::filesystem::is_directory(directory_)) failed("make", directory_);
}

std::filesystem::path MediaCache::fileOf(const MediaId& media) const {
    return directory_ / media.text();
}

std::filesystem::path MediaCache::partOf(const MediaId& media) const {
    return directory_ / (media.text() + std::string{partSuffix});
}

std::set<MediaId> MediaCache::ready() const {
    std::set<MediaId> found;
    for (const auto& entry : std::filesystem::directory_iterator{directory_})
        if (isHash(entry.path().filename().string())) found.insert(MediaId{entry.path().filename().string()});
    return found;
}

void MediaCache::remove(const MediaId& media) const {
    std::error_code ignored;
    std::filesystem::remove(fileOf(media), ignored);
}

void MediaCache::keepOnly(const std::set<MediaId>& wanted) const {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator{directory_, ignored}) {
        auto name = entry.path().filename().string();
        if (name.ends_with(partSuffix)) name.resize(name.size() - partSuffix.size());
        if (isHash(name) && !wanted.contains(MediaId{name})) std::filesystem::remove(entry.path(), ignored);
    }
}

MediaPart::MediaPart(const MediaCache& cache, const MediaId& media, std::int64_t bytes)
    : part_{cache.partOf(media)},
      file_{cache.fileOf(media)},
      hash_{media.text()},
      bytes_{bytes},
      descriptor_{open(part_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
    struct stat found {};
    if (!descriptor_.valid() || fstat(descriptor_.get(), &found) != 0) failed("open", part_);
    have_ = found.st_size;
    if (have_ > bytes_) restart();
}

void MediaPart::append(std::string_view bytes) {
    if (have_ + static_cast<std::int64_t>(bytes.size()) > bytes_)
        throw Error(
            Fault::invalid, "media-too-long",
            {"Máy chủ gửi tệp " + hash_ + " dài hơn đã báo. Trạm sẽ tải lại.", "more bytes than announced: " + hash_});
    while (!bytes.empty()) {
        const auto written = pwrite(descriptor_.get(), bytes.data(), bytes.size(), have_);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) failed("write", part_);
        bytes.remove_prefix(static_cast<std::size_t>(written));
        have_ += written;
    }
    killPoint("player.mediaPart");
}

void MediaPart::restart() {
    if (ftruncate(descriptor_.get(), 0) != 0) failed("truncate", part_);
    have_ = 0;
}

void MediaPart::finish() {
    if (have_ != bytes_ || hashOf(descriptor_.get(), part_) != hash_) {
        restart();
        std::error_code ignored;
        std::filesystem::remove(part_, ignored);
        throw Error(
            Fault::invalid, "media-wrong-hash",
            {"Tệp " + hash_ + " tải về không đúng nội dung. Trạm sẽ tải lại.", "the bytes that came are not " + hash_});
    }
    if (fsync(descriptor_.get()) != 0) failed("sync", part_);
    if (std::rename(part_.c_str(), file_.c_str()) != 0) failed("rename", part_);
    syncDirectory(file_.parent_path());
    killPoint("player.mediaRenamed");
}

}  // namespace loa
