// Lines are appended under a lock, in one write, and never touched again; what a power cut left of one is cut off by
// the next.
#include "scheduler/operations/audit_heads.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

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
    return dump({{"day", formatDay(head.day)}, {"number", head.number}, {"hash", head.hash}});
}

std::optional<AuditHead> headFrom(const std::string& line, const std::vector<VerifyingKey>& trusted) {
    try {
        const Json json = parseJson(verify(headKind, line, trusted));
        ObjectReader reader{json, ""};
        AuditHead head;
        head.day = reader.day("day");
        head.number = reader.integer("number", 0, INT64_MAX);
        head.hash = reader.text("hash", hashDigits);
        reader.end();
        return head;
    } catch (const Error&) {
        return std::nullopt;  // its place in the file is all that is to be said of it
    }
}

AuditHead headOf(Database& database, Instant now) {
    const auto last = database.read([](ReadTransaction& transaction) { return AuditRepository::last(transaction); });
    const Day today{std::chrono::floor<std::chrono::days>(now)};
    return last ? AuditHead{today, last->number, last->hash} : AuditHead{today, 0, auditBeginning};
}

/// Where the next line begins: behind the last whole one.
off_t endOfLines(const std::string& content) {
    const auto last = content.rfind('\n');
    return last == std::string::npos ? 0 : static_cast<off_t>(last + 1);
}

void append(const std::filesystem::path& path, const std::string& line) {
    const bool isNew = !std::filesystem::exists(path);
    const Descriptor file{open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP)};
    const bool locked = file.valid() && flock(file.get(), LOCK_EX) == 0;
    if (!locked || ftruncate(file.get(), endOfLines(contentOf(path))) != 0 ||
        write(file.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size()) || fsync(file.get()) != 0)
        throw headsError(path);
    if (!isNew) return;
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."};
    const Descriptor directory{open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!directory.valid() || fsync(directory.get()) != 0) throw headsError(path);
}

}  // namespace

std::vector<AuditHeadLine> readAuditHeads(const std::filesystem::path& file, const std::vector<VerifyingKey>& trusted) {
    const auto content = contentOf(file);
    std::vector<AuditHeadLine> lines;
    for (std::size_t start = 0, end = 0; (end = content.find('\n', start)) != std::string::npos; start = end + 1)
        lines.push_back({static_cast<int>(lines.size()) + 1, headFrom(content.substr(start, end - start), trusted)});
    return lines;
}

AuditHead writeAuditHead(const std::filesystem::path& file, Database& database, const Clock& clock,
                         const SigningKey& key) {
    const auto head = headOf(database, clock.now());
    append(file, sign(headKind, payloadOf(head), key) + '\n');
    return head;
}

void keepAuditHead(const std::filesystem::path& file, Database& database, const Clock& clock, const SigningKey& key) {
    const Day today{std::chrono::floor<std::chrono::days>(clock.now())};
    const auto lines = readAuditHeads(file, {VerifyingKey::fromText(key.publicText())});
    for (const auto& line : lines)
        if (line.head && line.head->day == today) return;
    writeAuditHead(file, database, clock, key);
}

}  // namespace loa
