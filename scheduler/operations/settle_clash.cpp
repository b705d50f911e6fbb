#include "scheduler/operations/settle_clash.h"

#include <algorithm>

#include "scheduler/domain/error.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/plan_changes.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/storage/settlement_repository.h"

namespace loa {
namespace {

bool isAbout(const Settlement& settlement, const ClashToSettle& clash) {
    return settlement.upperEvent == clash.upper.event && settlement.upperOriginal == clash.upper.original &&
           settlement.ownEvent == clash.own.event && settlement.ownOriginal == clash.own.original;
}

std::optional<Settlement> decisionOn(ReadTransaction& transaction, const ClashToSettle& clash) {
    for (auto& settlement : SettlementRepository::of(transaction, clash.station))
        if (isAbout(settlement, clash)) return std::move(settlement);
    return std::nullopt;
}

Error noSuchClash() {
    return {Fault::notFound,
            "no-such-clash",
            {"Hai tin này không còn trùng nhau ở trạm. Tải lại danh sách.",
             "these two do not meet at the station (any more); read the list again"}};
}

Error tooLate() {
    return {Fault::conflict,
            "settle-too-late",
            {"Đã quá hạn chọn, tin cấp trên được phát. Dời tin của xã sang giờ khác.",
             "the deadline has passed and what was decided stands; move the commune's own message"}};
}

}  // namespace

std::vector<SettledClash> clashesToSettle(Scheduler& scheduler, const StationId& station) {
    const auto plan = planFor(scheduler, station);
    const auto now = scheduler.clock.now();
    const auto settlements = scheduler.database.read(
        [&](ReadTransaction& transaction) { return SettlementRepository::of(transaction, station); });
    std::vector<SettledClash> all;
    for (const auto& clash : plan.toSettle) {
        SettledClash settled{clash, std::nullopt, now >= clash.deadline};
        for (const auto& settlement : settlements)
            if (isAbout(settlement, clash)) settled.settlement = settlement;
        all.push_back(std::move(settled));
    }
    return all;
}

SettledClash settleClash(Scheduler& scheduler, const Settlement& decision) {
    const auto open = clashesToSettle(scheduler, decision.station);
    const auto found =
        std::find_if(open.begin(), open.end(), [&](const SettledClash& each) { return isAbout(decision, each.clash); });
    if (found == open.end()) throw noSuchClash();
    if (found->isFinal) throw tooLate();
    auto settlement = decision;
    settlement.decided = scheduler.clock.now();
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto before = decisionOn(transaction, found->clash);
        SettlementRepository::save(transaction, settlement);
        audit(transaction, scheduler, "settle-clash", auditObject(settlement.station), auditFacts(before),
              auditFacts(settlement));
    });
    scheduler.planChanges.note();
    return {found->clash, settlement, false};
}

}  // namespace loa
