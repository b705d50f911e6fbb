#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "scheduler/domain/airtime.h"
#include "scheduler/domain/area.h"
#include "scheduler/domain/station.h"
#include "scheduler/planning/places.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// What the plans of all stations share: who there is, and when they may air. Never changes once read.
struct OfficeRules {
    std::int64_t version = 0;  ///< PlanVersion::rules at which it was read
    std::vector<Station> stations;
    std::vector<Area> areas;
    std::vector<Airtime> airtimes;
    Places places{stations, areas};

    explicit OfficeRules(ReadTransaction& transaction);
    OfficeRules(const OfficeRules&) = delete;
    OfficeRules& operator=(const OfficeRules&) = delete;

    /// Throws Error(notFound).
    const Station& station(const StationId& id) const;
};

/// Keeps the newest, so that a plan for each of a thousand stations reads it once. From any thread.
class OfficeRulesShelf {
public:
    /// As the transaction sees it. Shared by the shelf and by all who still work with it while a newer one is read.
    std::shared_ptr<const OfficeRules> at(ReadTransaction& transaction);

private:
    std::mutex mutex_;  // guards what follows
    std::shared_ptr<const OfficeRules> newest_;
};

}  // namespace loa
