#include "scheduler/operations/save_airtime.h"

#include <algorithm>

#include "scheduler/calendar/read_airtime.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/clean_name.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/plan_changes.h"
#include "scheduler/storage/airtime_repository.h"
#include "scheduler/storage/area_repository.h"

namespace loa {
namespace {

void cleanNames(std::vector<Daypart>& dayparts) {
    for (Daypart& daypart : dayparts) daypart.window.name = cleanName(daypart.window.name);
}

void cleanNames(Airtime& rules) {
    if (rules.dayparts) cleanNames(*rules.dayparts);
    for (DailyWindow& quiet : rules.quietHours) quiet.name = cleanName(quiet.name);
    for (SpecialDays& special : rules.specialDays) {
        special.name = cleanName(special.name);
        cleanNames(special.dayparts);
    }
}

}  // namespace

std::vector<Airtime> saveAirtime(Scheduler& scheduler, const AreaId& area, std::vector<Airtime> rules) {
    for (Airtime& each : rules) {
        cleanNames(each);
        std::sort(each.specialDays.begin(), each.specialDays.end(),
                  [](const SpecialDays& left, const SpecialDays& right) { return left.first < right.first; });
    }
    checkAirtime(rules);
    scheduler.database.write([&](WriteTransaction& transaction) {
        if (!AreaRepository::find(transaction, area)) throw noSuchArea(area);
        const auto before = AirtimeRepository::of(transaction, area);
        AirtimeRepository::save(transaction, area, rules);
        audit(transaction, scheduler, "save-airtime", auditObject(area), auditFacts(before), auditFacts(rules));
    });
    scheduler.planChanges.note();
    return rules;
}

std::vector<Airtime> readAirtimeOf(Scheduler& scheduler, const AreaId& area) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        if (!AreaRepository::find(transaction, area)) throw noSuchArea(area);
        return AirtimeRepository::of(transaction, area);
    });
}

}  // namespace loa
