#include "scheduler/people/standing.h"

#include <algorithm>

namespace loa {

Standing::Standing(std::vector<Grant> grants, std::set<Right> allowed, AreaParents parents)
    : grants_{std::move(grants)},
      allowed_{std::move(allowed)},
      parents_{std::make_shared<const AreaParents>(std::move(parents))} {}

Standing Standing::ofProgram() {
    Standing program;
    program.isProgram_ = true;
    return program;
}

Standing Standing::over(AreaParents parents) const {
    auto moved = *this;
    moved.parents_ = std::make_shared<const AreaParents>(std::move(parents));
    return moved;
}

bool Standing::lies(const AreaId& area, const std::optional<AreaId>& within) const {
    if (!within) return true;
    std::optional<AreaId> at = area;
    for (std::size_t steps = 0; at && steps <= parents_->size(); ++steps) {
        if (at == within) return true;
        const auto found = parents_->find(*at);
        at = found == parents_->end() ? std::nullopt : found->second;
    }
    return false;
}

bool Standing::gives(const Grant& grant, Right right) const {
    return has(grant.role, right) && allowed_.contains(right);
}

bool Standing::holds(Right right) const {
    return isProgram_ || std::ranges::any_of(grants_, [&](const Grant& grant) { return gives(grant, right); });
}

bool Standing::holdsAt(Right right, const std::optional<AreaId>& place) const {
    return isProgram_ || std::ranges::any_of(grants_, [&](const Grant& grant) {
               return gives(grant, right) && (!grant.area || (place && lies(*place, grant.area)));
           });
}

std::set<std::optional<AreaId>> Standing::placesOf(Right right) const {
    std::set<std::optional<AreaId>> places;
    if (isProgram_) places.insert(std::nullopt);
    for (const auto& grant : grants_)
        if (gives(grant, right)) places.insert(grant.area);
    return places;
}

bool Standing::seesAll() const {
    return isProgram_ || std::ranges::any_of(grants_, [](const Grant& grant) { return !grant.area; });
}

bool Standing::sees(const std::optional<AreaId>& place) const {
    return seesAll() ||
           (place && std::ranges::any_of(grants_, [&](const Grant& grant) { return lies(*place, grant.area); }));
}

bool Standing::reaches(const AreaId& area) const {
    return sees(area) || std::ranges::any_of(grants_, [&](const Grant& grant) { return lies(*grant.area, area); });
}

}  // namespace loa
