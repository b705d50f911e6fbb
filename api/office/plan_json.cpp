#include "api/office/plan_json.h"

#include "api/wire/event_json.h"

namespace loa {
namespace {

Json dayJson(const PlannedDay& day) {
    Json dayparts = Json::array();
    for (const auto& [daypart, used] : day.dayparts) {
        dayparts.push_back({{"name", daypart.name},
                            {"at", toJson(daypart.at)},
                            {"ceilingSeconds", secondsOf(daypart.ceiling)},
                            {"usedSeconds", secondsOf(used)}});
        if (daypart.volumeCeilingDb) dayparts.back()["volumeCeilingDb"] = *daypart.volumeCeilingDb;
    }
    Json quiet = Json::array();
    for (const auto& each : day.airtime.quiet) quiet.push_back({{"name", each.name}, {"at", toJson(each.at)}});
    Json json{{"day", formatDay(day.airtime.day)},
              {"restricted", day.airtime.restricted},
              {"dayparts", std::move(dayparts)},
              {"quietHours", std::move(quiet)}};
    if (!day.airtime.special.empty()) json["special"] = day.airtime.special;
    if (day.airtime.longest) json["longestSeconds"] = secondsOf(*day.airtime.longest);
    if (day.airtime.airingsPerDay) json["airingsPerDay"] = *day.airtime.airingsPerDay;
    return json;
}

}  // namespace

Json toJson(const Plan& plan) {
    Json slots = Json::array();
    for (const auto& slot : plan.manifest.slots) slots.push_back(toJson(slot));
    Json rejections = Json::array();
    for (const auto& rejection : plan.rejected) rejections.push_back(toJson(rejection));
    return {{"revision", plan.manifest.revision},
            {"window", toJson(plan.manifest.window)},
            {"slots", std::move(slots)},
            {"rejections", std::move(rejections)}};
}

Json toJson(const PlannedDays& days) {
    auto json = toJson(days.plan);
    auto& airtime = json["airtime"] = Json::array();
    for (const auto& day : days.days) airtime.push_back(dayJson(day));
    return json;
}

Json toJson(const AreaPlannedDays& days) {
    Json stations = Json::array();
    for (const auto& each : days.stations) {
        Json json{{"station", each.station.id.text()}, {"name", each.station.name}};
        json.update(toJson(each));
        stations.push_back(std::move(json));
    }
    Json json{{"stations", std::move(stations)}};
    if (days.next) json["next"] = days.next->text();
    return json;
}

}  // namespace loa
