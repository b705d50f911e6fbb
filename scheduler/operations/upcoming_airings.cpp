#include "scheduler/operations/upcoming_airings.h"

#include <map>
#include <utility>

#include "scheduler/operations/compose_plan.h"

namespace loa {

std::vector<UpcomingAiring> upcomingAirings(Database& database, Instant now, Milliseconds length) {
    std::map<std::pair<Instant, EventId>, UpcomingAiring> upcoming;
    database.read([&](ReadTransaction& transaction) {
        EventShelf events;
        const OfficeRules office{transaction};
        for (const auto& station : office.stations) {
            const auto plan = composePlan(transaction, events, office, station, {now, now + length}, now);
            for (const auto& slot : plan.manifest.slots)
                ++upcoming.try_emplace({slot.at.start, slot.event}, slot.at.start, slot.event, slot.title, 0)
                      .first->second.stations;
        }
    });
    std::vector<UpcomingAiring> all;
    for (auto& [_, airing] : upcoming) all.push_back(std::move(airing));
    return all;
}

}  // namespace loa
