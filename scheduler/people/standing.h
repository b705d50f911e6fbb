#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "scheduler/people/right.h"

namespace loa {

/// Each area with the one it lies in.
using AreaParents = std::map<AreaId, std::optional<AreaId>>;

/// What one caller may do, and where. A place is an area, or, empty, the whole office. What lies in sight is what lies
/// in or below an area of a grant; what does not is not there for the caller.
class Standing {
public:
    /// Nothing, nowhere.
    Standing() = default;
    /// What the grants give, as far as it is among `allowed`: a token's rights, or those left without a second factor.
    Standing(std::vector<Grant> grants, std::set<Right> allowed, AreaParents parents);
    /// Loa's own: all, everywhere.
    static Standing ofProgram();
    /// The same grants over another tree: the areas may have moved since.
    Standing over(AreaParents parents) const;

    const std::vector<Grant>& grants() const { return grants_; }
    bool holds(Right right) const;  ///< at some place
    bool holdsAt(Right right, const std::optional<AreaId>& place) const;
    /// The places it is held at, each with all below it; an empty one is the whole office.
    std::set<std::optional<AreaId>> placesOf(Right right) const;

    bool seesAll() const;
    bool sees(const std::optional<AreaId>& place) const;
    /// Whether anything in or below the area is in sight: it is seen itself, or lies above what is.
    bool reaches(const AreaId& area) const;

private:
    bool lies(const AreaId& area, const std::optional<AreaId>& within) const;
    bool gives(const Grant& grant, Right right) const;

    bool isProgram_ = false;
    std::vector<Grant> grants_;
    std::set<Right> allowed_;
    std::shared_ptr<const AreaParents> parents_;  ///< owned by all copies of this standing together
};

}  // namespace loa
