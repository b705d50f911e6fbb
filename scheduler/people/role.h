#pragma once
#include <optional>
#include <span>
#include <vector>

#include "scheduler/domain/area.h"
#include "scheduler/domain/choice.h"

namespace loa {

/// What a person is at the office. A person may have several.
enum class Role {
    author,       ///< drafts what shall sound
    approver,     ///< listens, and lets it sound
    operator_,    ///< keeps the stations of a place running
    dutyOfficer,  ///< acts in an emergency
    auditor,      ///< sees all that was done and what sounded
    admin         ///< keeps places and people; never makes a sound
};
template <>
inline constexpr auto choiceWords<Role> = wordsFor<Role>({{Role::author, "author"},
                                                          {Role::approver, "approver"},
                                                          {Role::operator_, "operator"},
                                                          {Role::dutyOfficer, "dutyOfficer"},
                                                          {Role::auditor, "auditor"},
                                                          {Role::admin, "admin"}});

/// A role at a place: in the area and all below it.
struct Grant {
    Role role = Role::auditor;
    std::optional<AreaId> area;  ///< empty: the whole office
    auto operator<=>(const Grant&) const = default;
};

/// Whether who has this role may do nothing without a second factor.
bool needsSecondFactor(Role role);
bool needsSecondFactor(std::span<const Grant> grants);

/// Whether the role can make a sound or let one be made.
bool mayMakeSound(Role role);

/// Throws Error(invalid): "no-role" for none, "role-twice" for the same one twice at one place, "admin-makes-no-sound"
/// where an admin would have a role that may make a sound.
void checkGrants(std::span<const Grant> grants);

}  // namespace loa
