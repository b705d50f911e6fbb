// Lines are appended under a lock, in one write, and never touched again; what a power cut left of one is cut off by
// the next. An append reads no more of the file than its end, since it may come every few seconds, for years.
#include "scheduler/operations/audit_heads.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "api/wire/json.h"
#include "scheduler/domain/descriptor.h"
#include "scheduler/operations/audit.h"
#include "scheduler/storage/audit_repository.h"

namespace loa {
namespace {

constexpr std::string_view headKind = "audit-head";
constexpr std::size_t hashDigits = 64;

Error headsError(const std::filesystem::path& file) {
    return {Fault::unavailable,
            "audit-heads-unavailable",
            {"Không đọc hoặc ghi được tệp " + file.string() + ". Kiểm tra ổ đĩa và quyền ghi.",
             "cannot read or write " + file.string() + "; check the disk and its permissions"}};
}

std::string contentOf(const std::filesystem::path& path) {
    std::error_code fault;
    if (!std::filesystem::exists(path, fault) && !fault) return "";
    std::ifstream file{path};
    std::string content{std::istreambuf_iterator<char>{file}, {}};
    if (!file) throw headsError(path);
    return content;
}

std::string payloadOf(const AuditHead& head) {
    Json json{{"day", formatDay(head.day)}, {"number", head.number}, {"hash", head.hash}};
    if (head.restored) json["restored"] = true;
    return dump(json);
}

std::optional<AuditHead> headFrom(const std::string& line, const std::vector<VerifyingKey>& trusted) {
    try {
        const Json json = parseJson(verify(headKind, line, trusted));
        ObjectReader reader{json, ""};
        AuditHead head;
        head.day = reader.day("day");
        head.number = reader.integer("number", 0, INT64_MAX);
        head.hash = reader.text("hash", hashDigits);
        head.restored = reader.has("restored") && reader.boolean("restored");
        reader.end();
        return head;
    } catch (const Error&) {
        return std::nullopt;  // its place in the file is all that is to be said of it
    }
}

AuditHead headOf(Database& database, Instant now) {
    const auto last = database.read([](ReadTransaction& transaction) { return AuditRepository::last(transaction); });
    const Day today{std::chrono::floor<std::chrono::days>(now)};
    return last ? AuditHead{today, last->number, last->hash, false} : AuditHead{today, 0, auditBeginning, false};
}

/// The last whole line, and where the next one begins: behind it.
struct LastLine {
    std::string text;
    off_t end = 0;
};

LastLine lastLineOf(int file, const std::filesystem::path& path) {
    constexpr off_t longestLines = 64 * 1024;  // many times a line and what was left of another
    struct stat about {};
    if (fstat(file, &about) != 0) throw headsError(path);
    const auto start = std::max<off_t>(about.st_size - longestLines, 0);
    std::string tail(static_cast<std::size_t>(about.st_size - start), '\0');
    if (pread(file, tail.data(), tail.size(), start) != static_cast<ssize_t>(tail.size())) throw headsError(path);
    const auto end = tail.rfind('\n');
    if (end == std::string::npos && start > 0) throw headsError(path);  // no file of ours: nothing of it is cut off
    if (end == std::string::npos) return {};
    const auto before = end == 0 ? std::string::npos : tail.rfind('\n', end - 1);
    const auto begin = before == std::string::npos ? 0 : before + 1;
    return {tail.substr(begin, end - begin), start + static_cast<off_t>(end) + 1};
}

void append(const std::filesystem::path& path, const std::string& line) {
    const bool isNew = !std::filesystem::exists(path);
    const Descriptor file{open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP)};
    const bool locked = file.valid() && flock(file.get(), LOCK_EX) == 0;
    if (!locked || ftruncate(file.get(), lastLineOf(file.get(), path).end) != 0 ||
        write(file.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size()) || fsync(file.get()) != 0)
        throw headsError(path);
    if (!isNew) return;
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."};
    const Descriptor directory{open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!directory.valid() || fsync(directory.get()) != 0) throw headsError(path);
}

std::optional<AuditHead> newestHead(const std::filesystem::path& path, const SigningKey& key) {
    const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.valid()) return std::nullopt;  // none yet; what is wrong with it besides, the first append says
    return headFrom(lastLineOf(file.get(), path).text, {VerifyingKey::fromText(key.publicText())});
}

/// Whether somebody may want it undone without a trace: what may sound, and who may do what.
bool weighs(const AuditEntry& entry) {
    constexpr std::array<std::string_view, 8> verbs{"approve-event",  "reject-event",    "withdraw-event",
                                                    "add-person",     "change-person",   "reset-person",
                                                    "disable-person", "vouch-for-person"};
    return std::ranges::find(verbs, entry.verb) != verbs.end();
}

}  // namespace

std::vector<AuditHeadLine> readAuditHeads(const std::filesystem::path& file, const std::vector<VerifyingKey>& trusted) {
    const auto content = contentOf(file);
    std::vector<AuditHeadLine> lines;
    for (std::size_t start = 0, end = 0; (end = content.find('\n', start)) != std::string::npos; start = end + 1)
        lines.push_back({static_cast<int>(lines.size()) + 1, content.substr(start, end - start), std::nullopt});
    for (auto& line : lines) line.head = headFrom(line.text, trusted);
    return lines;
}

AuditHead writeAuditHead(const std::filesystem::path& file, Database& database, const Clock& clock,
                         const SigningKey& key) {
    const auto head = headOf(database, clock.now());
    append(file, sign(headKind, payloadOf(head), key) + '\n');
    return head;
}

void startAuditHeads(const std::filesystem::path& file, std::span<const AuditHeadLine> lines, Database& restored,
                     const Clock& clock, const SigningKey& key) {
    std::string all;
    for (const auto& line : lines) all += line.text + '\n';
    auto head = headOf(restored, clock.now());
    head.restored = true;
    append(file, all + sign(headKind, payloadOf(head), key) + '\n');
}

AuditHeadUpkeep::AuditHeadUpkeep(std::filesystem::path file, Database& database, const Clock& clock,
                                 const SigningKey& key)
    : file_{std::move(file)},
      database_{database},
      clock_{clock},
      key_{key},
      last_{newestHead(file_, key)},
      lastAt_{clock.sinceBoot()},
      seen_{last_ ? last_->number : 0} {}

void AuditHeadUpkeep::keep() {
    if (isDue(Day{std::chrono::floor<std::chrono::days>(clock_.now())})) write();
    isFirst_ = false;
}

void AuditHeadUpkeep::finish() {
    const auto head = headOf(database_, clock_.now());
    if (!last_ || head.number != last_->number || head.hash != last_->hash) write();
}

bool AuditHeadUpkeep::isDue(Day today) {
    constexpr int pieceSize = 1000;
    if (!last_ || last_->day != today) return true;
    std::vector<AuditEntry> news;
    do {
        news = database_.read(
            [&](ReadTransaction& transaction) { return AuditRepository::after(transaction, seen_, pieceSize); });
        isPressing_ = isPressing_ || std::ranges::any_of(news, weighs);
        if (!news.empty()) seen_ = news.back().number;
    } while (!news.empty());
    return seen_ != last_->number && (isPressing_ || isFirst_ || clock_.sinceBoot() - lastAt_ >= longest);
}

void AuditHeadUpkeep::write() {
    last_ = writeAuditHead(file_, database_, clock_, key_);
    lastAt_ = clock_.sinceBoot();
    seen_ = last_->number;
    isPressing_ = false;
}

}  // namespace loa
