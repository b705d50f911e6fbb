#include "scheduler/people/right.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace loa {
namespace {

struct Row {
    Right right;
    std::array<bool, choiceWords<Role>.size()> roles;  ///< in the order of Role
};

constexpr bool o = false;
constexpr bool x = true;

// clang-format off
constexpr std::array<Row, choiceWords<Right>.size()> matrix{{
    //                       author approver operator dutyOfficer auditor admin
    {Right::ownAccount,     {  x,      x,       x,        x,         x,     x  }},
    {Right::ownTokens,      {  x,      x,       x,        x,         x,     x  }},
    {Right::seePlaces,      {  x,      x,       x,        x,         x,     x  }},
    {Right::seePlan,        {  x,      x,       x,        x,         x,     x  }},
    {Right::draft,          {  x,      o,       o,        o,         o,     o  }},
    {Right::planCampaigns,  {  x,      o,       o,        o,         o,     o  }},
    {Right::addMedia,       {  x,      o,       o,        x,         o,     o  }},
    {Right::removeMedia,    {  x,      o,       o,        o,         o,     o  }},
    {Right::approve,        {  o,      x,       o,        o,         o,     o  }},
    {Right::withdraw,       {  x,      x,       o,        o,         o,     o  }},
    {Right::settleClashes,  {  o,      x,       o,        o,         o,     o  }},
    {Right::setAirtime,     {  o,      x,       o,        o,         o,     o  }},
    {Right::shareFeeds,     {  x,      x,       o,        o,         o,     o  }},
    {Right::draftTemplates, {  x,      o,       o,        x,         o,     o  }},
    {Right::giveOrders,     {  o,      o,       o,        x,         o,     o  }},
    {Right::confirmOrders,  {  o,      x,       o,        x,         o,     o  }},
    {Right::mute,           {  o,      x,       x,        x,         o,     x  }},
    {Right::checkStations,  {  o,      o,       x,        o,         o,     x  }},
    {Right::keepPlaces,     {  o,      o,       o,        o,         o,     x  }},
    {Right::enrolStations,  {  o,      o,       o,        o,         o,     x  }},
    {Right::managePeople,   {  o,      o,       o,        o,         o,     x  }},
    {Right::seeAsRun,       {  x,      x,       x,        x,         x,     x  }},
    {Right::seeAudit,       {  o,      o,       o,        o,         x,     x  }},
    {Right::backUp,         {  o,      o,       o,        o,         o,     x  }},
}};
// clang-format on

/// A right's row stands where its enumerator does.
constexpr bool isOrdered() {
    for (std::size_t i = 0; i < matrix.size(); ++i)
        if (static_cast<std::size_t>(matrix[i].right) != i) return false;
    return true;
}
static_assert(isOrdered());

}  // namespace

bool has(Role role, Right right) {
    return matrix.at(static_cast<std::size_t>(right)).roles.at(static_cast<std::size_t>(role));
}

bool isSeeing(Right right) {
    return right == Right::seePlaces || right == Right::seePlan || right == Right::seeAsRun || right == Right::seeAudit;
}

bool isDangerous(Right right) {
    return right == Right::approve || right == Right::giveOrders || right == Right::confirmOrders ||
           right == Right::enrolStations || right == Right::managePeople;
}

bool isDangerous(std::span<const Grant> grants) {
    return std::ranges::any_of(grants, [](const Grant& grant) {
        return std::ranges::any_of(
            matrix, [&](const Row& row) { return isDangerous(row.right) && has(grant.role, row.right); });
    });
}

bool isForTokens(Right right) {
    // Silence takes one click, so it asks for no password; but a person's click.
    return !isDangerous(right) && right != Right::mute && right != Right::ownAccount && right != Right::ownTokens;
}

}  // namespace loa
