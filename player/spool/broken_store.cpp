// A store that SQLite cannot make sense of must not silence a station: it is put aside and a new one is begun. Runs on
// the spool's owner thread, under the store's lock, with the store closed.
#include "player/spool/broken_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <Poco/Data/Session.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "player/spool/spool_database.h"
#include "scheduler/domain/descriptor.h"

namespace loa {
namespace {

using namespace Poco::Data::Keywords;

constexpr std::size_t kept = 2;
constexpr std::array<const char*, 3> parts{"", "-wal", "-shm"};

std::string nameFor(const std::filesystem::path& file, std::int64_t milliseconds) {
    return file.string() + ".broken-" + std::to_string(milliseconds);
}

/// When stores were put aside, newest first.
std::vector<std::int64_t> putAsideAt(const std::filesystem::path& file) {
    const auto prefix = file.filename().string() + ".broken-";
    std::vector<std::int64_t> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator{file.parent_path(), ignored}) {
        const auto name = entry.path().filename().string();
        std::int64_t at = 0;
        const auto* end = name.data() + name.size();
        if (name.starts_with(prefix) && std::from_chars(name.data() + prefix.size(), end, at).ptr == end)
            found.push_back(at);
    }
    std::sort(found.rbegin(), found.rend());
    return found;
}

}  // namespace

/// The store itself goes first: a write-ahead log without its store is nothing, but a store without its log would look
/// whole and be an older one.
void putAside(const std::filesystem::path& file, Instant now) {
    const auto name = nameFor(file, epochMilliseconds(now));
    std::error_code fault;
    for (const auto* part : parts) {
        std::filesystem::rename(file.string() + part, name + part, fault);
        if (fault && fault != std::errc::no_such_file_or_directory) spoolFailed("cannot put aside " + file.string());
    }
    const auto all = putAsideAt(file);
    for (std::size_t i = kept; i < all.size(); ++i)
        for (const auto* part : parts) std::filesystem::remove(nameFor(file, all[i]) + part, fault);
    const Descriptor folder{open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!folder.valid() || fsync(folder.get()) != 0) spoolFailed("cannot sync " + file.parent_path().string());
}

std::optional<Instant> lastPutAside(const std::filesystem::path& file) {
    const auto all = putAsideAt(file);
    if (all.empty()) return std::nullopt;
    return fromEpochMilliseconds(all.front());
}

std::optional<HeldManifest> planPutAside(const std::filesystem::path& file) try {
    const auto last = lastPutAside(file);
    if (!last) return std::nullopt;
    Poco::Data::Session session{"SQLite", nameFor(file, epochMilliseconds(*last))};
    HeldManifest held;
    session << "SELECT document, etag FROM manifest", into(held.document), into(held.etag), now;
    if (held.document.empty()) return std::nullopt;
    return held;
} catch (const Poco::Exception&) {
    return std::nullopt;  // the office will send another
}

}  // namespace loa
