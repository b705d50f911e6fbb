// What communes decided; it bumps the plan's version, since it changes what airs.
#include "scheduler/storage/settlement_repository.h"

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/statement.h"

namespace loa {

std::vector<Settlement> SettlementRepository::of(ReadTransaction& transaction, const StationId& station) {
    return each<Settlement>(
        select<StationId, EventId, Instant, EventId, Instant, SettlementWinner, Instant, std::string>(
            transaction,
            "SELECT station, upper_event, upper_original, own_event, own_original, winner, decided, decided_by "
            "FROM settlement WHERE station = $1 ORDER BY decided, upper_event, upper_original",
            station),
        [](auto at, auto upper, auto upperOriginal, auto own, auto ownOriginal, auto winner, auto decided, auto by) {
            return Settlement{std::move(at), std::move(upper), upperOriginal, std::move(own),
                              ownOriginal,   winner,           decided,       std::move(by)};
        });
}

void SettlementRepository::save(WriteTransaction& transaction, const Settlement& settlement) {
    execute(transaction,
            "INSERT INTO settlement (station, upper_event, upper_original, own_event, own_original, winner, decided, "
            "decided_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
            "ON CONFLICT (station, upper_event, upper_original, own_event, own_original) DO UPDATE SET "
            "winner = excluded.winner, decided = excluded.decided, decided_by = excluded.decided_by",
            settlement.station, settlement.upperEvent, settlement.upperOriginal, settlement.ownEvent,
            settlement.ownOriginal, settlement.winner, settlement.decided, settlement.decidedBy);
    PlanVersion::bump(transaction);
}

}  // namespace loa
