#pragma once
#include <set>
#include <string>
#include <vector>

#include "scheduler/operations/station_lines.h"

namespace loa::test {

/// The lines of stations that listen, as far as a test says so, and what each was told. From the test's thread.
struct ToldLines final : StationLines {
    struct Order {
        StationId station;
        std::int64_t number = 0;
        std::string document;
    };
    std::set<StationId> open;
    std::vector<Order> orders;
    std::vector<std::pair<StationId, std::int64_t>> plans;

    void tellOrder(const StationId& station, std::int64_t number, const std::string& document) override {
        orders.push_back({station, number, document});
    }
    void tellPlan(const StationId& station, std::int64_t revision) override { plans.emplace_back(station, revision); }
    bool isOpen(const StationId& station) const override { return open.contains(station); }
};

}  // namespace loa::test
