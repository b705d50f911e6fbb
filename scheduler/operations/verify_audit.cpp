// One walk along the trail, a piece at a time: entries are only ever added, so that no transaction need stay open. The
// heads were read before, so that they know no entry which the walk does not meet.
#include "scheduler/operations/verify_audit.h"

#include <algorithm>
#include <map>

#include "scheduler/operations/audit.h"
#include "scheduler/operations/note_restore.h"
#include "scheduler/storage/audit_repository.h"

namespace loa {
namespace {

constexpr int pieceSize = 1000;

Words changedWords(std::int64_t number) {
    const auto n = std::to_string(number);
    return {"Dòng " + n + " không nối tiếp dòng trước: một trong hai dòng đã bị sửa sau khi ghi.",
            "entry " + n + " does not follow from the one before it: one of the two was changed after it was written"};
}

Words missingWords(std::int64_t first, std::int64_t last) {
    const auto range = std::to_string(first) + (first == last ? "" : "–" + std::to_string(last));
    return {"Dòng " + range + " đã bị xóa hoặc bị đổi số.", "entry " + range + " was removed, or given another number"};
}

Words unnumberedWords(std::int64_t number) {
    const auto n = std::to_string(number);
    return {"Có dòng mang số " + n + ", mà nhật ký bắt đầu từ 1: dòng này không do Loa ghi.",
            "there is an entry numbered " + n + ", and the trail begins at 1: Loa did not write it"};
}

AuditBreak unguarded() {
    return {
        "trail-unguarded",
        0,
        0,
        {"Các chốt của cơ sở dữ liệu chặn sửa, xóa và chèn nhật ký đã bị bỏ hoặc bị đổi. Giữ nguyên tệp này và tìm "
         "xem ai đã ghi vào đó.",
         "what refuses changes of the trail in the database was taken away or altered; keep this file as it is, and "
         "find out who wrote into it"}};
}

Words cutOffWords(const AuditHead& head, std::int64_t last) {
    const auto day = formatDay(head.day);
    const auto known = std::to_string(head.number);
    const auto there = std::to_string(last);
    return {"Ngày " + day + " nhật ký có " + known + " dòng, nay cơ sở dữ liệu chỉ còn đến dòng " + there + ".",
            "on " + day + " the trail had " + known + " entries; the database now ends at " + there};
}

Words differsWords(const AuditHead& head) {
    const auto n = std::to_string(head.number);
    const auto day = formatDay(head.day);
    return {"Dòng " + n + " không còn là dòng đã ký ngày " + day + ": nhật ký đã bị viết lại từ dòng này trở về trước.",
            "entry " + n + " is not the one that was signed on " + day +
                ": the trail was written anew, there or before it"};
}

class Walk {
public:
    explicit Walk(const std::vector<AuditHeadLine>& heads) {
        for (const auto& line : heads) {
            if (!line.head) {
                found_.breaks.push_back({"head-unsigned",
                                         0,
                                         line.line,
                                         {"Dòng này của tệp đầu nhật ký đã bị sửa: chữ ký không đúng.",
                                          "this line of the heads was changed: its signature is not right"}});
                continue;
            }
            heads_.emplace(line.head->number, line);
            if (!found_.newest || line.head->number >= found_.newest->number) found_.newest = line.head;
        }
        compareHeads();
    }

    /// What is to be said before the first entry.
    void begin(bool isGuarded, const std::vector<AuditEntry>& unnumbered) {
        if (!isGuarded) report(unguarded());
        for (const auto& entry : unnumbered) report({"entry-unnumbered", 0, 0, unnumberedWords(entry.number)});
    }

    /// False where no order can be made out any more.
    bool take(const AuditEntry& entry) {
        ++found_.entries;
        if (entry.number <= number_) {
            report({"entry-changed", entry.number, 0, changedWords(entry.number)});
            return false;
        }
        const bool isNext = entry.number == number_ + 1;
        if (!isNext)
            report({"entries-missing", number_ + 1, 0, missingWords(number_ + 1, entry.number - 1)});
        else if (!follows(entry))
            report({"entry-changed", entry.number, 0, changedWords(entry.number)});
        if (auto words = restoreWords(entry)) found_.restores.push_back({entry.number, *std::move(words)});
        computed_ = auditHash(hash_, entry);
        number_ = entry.number;
        hash_ = entry.hash;
        compareHeads();
        return found_.breaks.size() < auditBreaksLimit;
    }

    AuditVerification soFar() { return std::move(found_); }

    AuditVerification end() {
        for (auto head = heads_.upper_bound(number_); head != heads_.end(); ++head)
            report({"trail-cut-off", number_ + 1, head->second.line, cutOffWords(*head->second.head, number_)});
        if (number_ > 0 && !found_.newest)
            report({"heads-missing",
                    0,
                    0,
                    {"Không có đầu nhật ký nào ngoài cơ sở dữ liệu nên không biết nhật ký có bị cắt bớt hay không.",
                     "no head outside the database vouches for the trail; nobody knows whether it was cut off"}});
        return std::move(found_);
    }

private:
    /// From the hash that stands in the entry before, or from the one it should have.
    bool follows(const AuditEntry& entry) const {
        return entry.hash == auditHash(hash_, entry) || entry.hash == auditHash(computed_, entry);
    }

    void compareHeads() {
        const auto [first, last] = heads_.equal_range(number_);
        for (auto head = first; head != last; ++head)
            if (head->second.head->hash != hash_)
                report({"head-differs", number_, head->second.line, differsWords(*head->second.head)});
    }

    void report(AuditBreak what) {
        if (found_.breaks.size() < auditBreaksLimit) found_.breaks.push_back(std::move(what));
    }

    std::multimap<std::int64_t, AuditHeadLine> heads_;
    AuditVerification found_;
    std::int64_t number_ = 0;  ///< of the entry walked last
    std::string hash_ = auditBeginning;
    std::string computed_ = auditBeginning;
};

}  // namespace

AuditVerification verifyAudit(Database& database, const std::vector<AuditHeadLine>& heads) {
    Walk walk{heads};
    database.read([&](ReadTransaction& transaction) {
        walk.begin(AuditRepository::isGuarded(transaction), AuditRepository::unnumbered(transaction, pieceSize));
    });
    std::vector<AuditEntry> piece;
    do {
        const auto from = piece.empty() ? 0 : piece.back().number;
        piece = database.read(
            [&](ReadTransaction& transaction) { return AuditRepository::after(transaction, from, pieceSize); });
        for (const auto& entry : piece)
            if (!walk.take(entry)) return walk.soFar();
    } while (!piece.empty());
    return walk.end();
}

AuditVerification verifyAudit(const Scheduler& scheduler) {
    const std::vector<VerifyingKey> trusted{VerifyingKey::fromText(scheduler.signingKey.publicText())};
    return verifyAudit(scheduler.database, readAuditHeads(scheduler.auditHeads, trusted));
}

}  // namespace loa
