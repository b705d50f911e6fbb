#include "scheduler/people/role.h"

#include <algorithm>

#include "scheduler/domain/error.h"

namespace loa {

bool needsSecondFactor(Role role) {
    return role == Role::approver || role == Role::dutyOfficer || role == Role::admin;
}

bool needsSecondFactor(std::span<const Grant> grants) {
    return std::ranges::any_of(grants, [](const Grant& grant) { return needsSecondFactor(grant.role); });
}

bool mayMakeSound(Role role) {
    return role == Role::author || role == Role::approver || role == Role::dutyOfficer;
}

void checkGrants(std::span<const Grant> grants) {
    if (grants.empty())
        throw Error{Fault::invalid,
                    "no-role",
                    {"Chưa chọn vai trò. Chọn ít nhất một vai trò.", "a person needs at least one role"}};
    for (const auto& grant : grants)
        if (std::ranges::count(grants, grant) > 1)
            throw Error{Fault::invalid,
                        "role-twice",
                        {"Một vai trò được ghi hai lần ở cùng một nơi. Bỏ bớt một lần.",
                         "a role stands twice at the same place"}};
    const auto has = [&](const auto& holds) {
        return std::ranges::any_of(grants, [&](const Grant& grant) { return holds(grant.role); });
    };
    if (has([](Role role) { return role == Role::admin; }) && has([](Role role) { return mayMakeSound(role); }))
        throw Error{Fault::invalid,
                    "admin-makes-no-sound",
                    {"Quản trị không được soạn, duyệt hay phát tin. Giao các việc đó cho người khác.",
                     "an admin never drafts, approves or makes a sound; give those roles to somebody else"}};
}

}  // namespace loa
