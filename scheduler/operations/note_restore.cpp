#include "scheduler/operations/note_restore.h"

#include <utility>
#include <vector>

#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_heads.h"
#include "scheduler/storage/audit_repository.h"
#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/session_repository.h"

namespace loa {
namespace {

constexpr std::string_view restoreVerb = "restore-backup";
// More orders than were ever sent after a back-up: a station takes no number below one that it was told.
constexpr std::int64_t numbersLeftOut = 1'000'000;

struct Heads {
    std::vector<AuditHeadLine> kept;
    std::optional<AuditHead> leftBehind;  // the farthest
};

bool knows(ReadTransaction& transaction, const AuditHead& head) {
    const auto found = AuditRepository::after(transaction, head.number - 1, 1);
    return !found.empty() && found.front().number == head.number && found.front().hash == head.hash;
}

Heads divided(ReadTransaction& transaction, std::vector<AuditHeadLine> lines) {
    Heads heads;
    const auto last = AuditRepository::last(transaction);
    const auto end = last ? last->number : 0;
    bool isOfOther = false;  // behind a restore that this trail does not know: of one that is left whole
    for (auto& line : lines) {
        const auto& head = line.head;
        isOfOther = isOfOther || (head && head->restored && !knows(transaction, *head));
        if (!head || (!isOfOther && head->number <= end))
            heads.kept.push_back(std::move(line));
        else if (!heads.leftBehind || head->number >= heads.leftBehind->number)
            heads.leftBehind = head;
    }
    return heads;
}

/// Number of the farthest head that was left behind; 0 where none was.
std::int64_t leftBehindOf(const AuditEntry& entry) {
    constexpr auto noCallback = nullptr;
    constexpr bool throws = false;
    const auto before = Json::parse(entry.before, noCallback, throws);
    const auto number = before.is_object() ? before.find("number") : before.end();
    return number != before.end() && number->is_number_integer() ? number->get<std::int64_t>() : 0;
}

}  // namespace

void noteRestore(Database& copy, const Clock& clock, const SigningKey& key, const RestoredBackup& backup) {
    auto lines = readAuditHeads(backup.heads, {VerifyingKey::fromText(key.publicText())});
    const auto heads = copy.read([&](ReadTransaction& transaction) { return divided(transaction, std::move(lines)); });
    Json before;
    if (const auto& left = heads.leftBehind)
        before = {{"day", formatDay(left->day)}, {"number", left->number}, {"hash", left->hash}};
    copy.write([&](WriteTransaction& transaction) {
        SessionRepository::endAll(transaction, clock.now());
        OrderRepository::skipNumbers(transaction, numbersLeftOut);
        OrderRepository::endAll(transaction);
        audit(transaction, Actor{}, clock.now(), restoreVerb, "backup:" + backup.name, before,
              {{"made", formatInstant(backup.made)}});
    });
    startAuditHeads(backup.newHeads, heads.kept, copy, clock, key);
}

std::optional<Words> restoreWords(const AuditEntry& entry) {
    if (entry.verb != restoreVerb) return std::nullopt;
    const auto name = entry.object.substr(entry.object.find(':') + 1);
    const auto day = formatDay(Day{std::chrono::floor<std::chrono::days>(entry.at)});
    const auto last = std::to_string(entry.number - 1);
    Words words{"Ngày " + day + ", dữ liệu được khôi phục từ bản sao lưu " + name +
                    ": nhật ký khi đó bị bỏ lại từ sau dòng " + last,
                "on " + day + " the office was restored from " + name + ": what its trail had after entry " + last +
                    " was left behind"};
    if (const auto farthest = leftBehindOf(entry)) {
        words.vi += ", theo các đầu nhật ký đã ký là đến dòng " + std::to_string(farthest);
        words.en += ", up to entry " + std::to_string(farthest) + " by the heads signed until then";
    }
    return Words{words.vi + '.', words.en};
}

}  // namespace loa
