#pragma once
#include <set>

#include "scheduler/domain/choice.h"
#include "scheduler/people/role.h"

namespace loa {

/// What there is to do at the office: one for every kind of thing the API has. Who may, says the matrix in right.cpp.
enum class Right {
    ownAccount,     ///< one's own password and second factor; what is left of all rights until they are in order
    ownTokens,      ///< personal tokens
    seePlaces,      ///< areas, stations and how they are
    seePlan,        ///< events, campaigns, media, plans
    draft,          ///< events: make, change, import, take out
    planCampaigns,  ///< likewise for campaigns
    addMedia,       ///< uploads and speech
    removeMedia,
    approve,         ///< let a draft sound, or say why not
    withdraw,        ///< take back what was submitted or approved
    settleClashes,   ///< decide which of two priority messages sounds
    setAirtime,      ///< when stations may sound
    shareFeeds,      ///< calendars at a secret address
    draftTemplates,  ///< of orders: write and remove them
    giveOrders,      ///< make an order that sounds at once
    confirmOrders,   ///< let one sound that somebody else made
    mute,            ///< silence at once: mute stations, and cancel orders
    checkStations,   ///< try out that a station works
    keepPlaces,      ///< areas and stations: make, change, retire
    enrolStations,   ///< make the secret with which a player is a station
    managePeople,
    seeAsRun,  ///< what sounded
    seeAudit,  ///< who did what
    backUp
};
template <>
inline constexpr auto choiceWords<Right> = wordsFor<Right>({{Right::ownAccount, "ownAccount"},
                                                            {Right::ownTokens, "ownTokens"},
                                                            {Right::seePlaces, "seePlaces"},
                                                            {Right::seePlan, "seePlan"},
                                                            {Right::draft, "draft"},
                                                            {Right::planCampaigns, "planCampaigns"},
                                                            {Right::addMedia, "addMedia"},
                                                            {Right::removeMedia, "removeMedia"},
                                                            {Right::approve, "approve"},
                                                            {Right::withdraw, "withdraw"},
                                                            {Right::settleClashes, "settleClashes"},
                                                            {Right::setAirtime, "setAirtime"},
                                                            {Right::shareFeeds, "shareFeeds"},
                                                            {Right::draftTemplates, "draftTemplates"},
                                                            {Right::giveOrders, "giveOrders"},
                                                            {Right::confirmOrders, "confirmOrders"},
                                                            {Right::mute, "mute"},
                                                            {Right::checkStations, "checkStations"},
                                                            {Right::keepPlaces, "keepPlaces"},
                                                            {Right::enrolStations, "enrolStations"},
                                                            {Right::managePeople, "managePeople"},
                                                            {Right::seeAsRun, "seeAsRun"},
                                                            {Right::seeAudit, "seeAudit"},
                                                            {Right::backUp, "backUp"}});

/// The matrix of roles and rights.
bool has(Role role, Right right);

/// Whether it changes nothing: whoever has it may see all that lies in their sight.
bool isSeeing(Right right);

/// Whether it asks for the password again where that was given longer ago than confirmationLife, and is nothing for a
/// token.
bool isDangerous(Right right);
constexpr std::chrono::minutes confirmationLife{15};
/// Whether one of these roles holds such a right.
bool isDangerous(std::span<const Grant> grants);

/// Whether a personal token may be good for it.
bool isForTokens(Right right);

}  // namespace loa
