#include "scheduler/operations/office_rules.h"

#include <algorithm>

#include "scheduler/operations/not_found.h"
#include "scheduler/storage/airtime_repository.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/station_repository.h"

namespace loa {

OfficeRules::OfficeRules(ReadTransaction& transaction)
    : version{PlanVersion::rules(transaction)},
      stations{StationRepository::all(transaction)},
      areas{AreaRepository::all(transaction)},
      airtimes{AirtimeRepository::all(transaction)} {}

const Station& OfficeRules::station(const StationId& id) const {
    const auto found =
        std::find_if(stations.begin(), stations.end(), [&](const Station& station) { return station.id == id; });
    if (found == stations.end()) throw noSuchStation(id);
    return *found;
}

std::shared_ptr<const OfficeRules> OfficeRulesShelf::at(ReadTransaction& transaction) {
    const auto version = PlanVersion::rules(transaction);
    {
        const std::lock_guard lock{mutex_};
        if (newest_ && newest_->version == version) return newest_;
    }
    auto read = std::make_shared<const OfficeRules>(transaction);
    const std::lock_guard lock{mutex_};
    if (!newest_ || newest_->version < version) newest_ = read;
    return read;
}

}  // namespace loa
