#include "scheduler/operations/may.h"

#include <algorithm>

#include "scheduler/domain/error.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {

std::optional<AreaId> areaOf(ReadTransaction& transaction, const Target& target) {
    if (const auto* area = std::get_if<AreaId>(&target)) return *area;
    const auto station = StationRepository::find(transaction, std::get<StationId>(target));
    return station ? std::optional{station->area} : std::nullopt;
}

bool mayAt(ReadTransaction& transaction, const Scheduler& scheduler, Right right, std::span<const Target> targets) {
    if (targets.empty()) return scheduler.standing.holdsAt(right, std::nullopt);
    return std::ranges::all_of(
        targets, [&](const Target& target) { return scheduler.standing.holdsAt(right, areaOf(transaction, target)); });
}

AreaParents areaParents(ReadTransaction& transaction) {
    AreaParents parents;
    for (auto& area : AreaRepository::all(transaction)) parents.emplace(area.id, std::move(area.parent));
    return parents;
}

Standing standingNow(ReadTransaction& transaction, const Standing& standing) {
    return standing.over(areaParents(transaction));
}

void requireRight(const Scheduler& scheduler, Right right, const std::optional<AreaId>& place) {
    if (!scheduler.standing.holdsAt(right, place)) throw forbidden();
}

Error forbidden() {
    return {Fault::forbidden,
            "forbidden",
            {"Anh/chị không có quyền làm việc này ở đây. Hỏi người quản trị.",
             "this is not yours to do here; ask the administrator"}};
}

}  // namespace loa
