#pragma once
#include "api/http/event_hub.h"
#include "scheduler/operations/station_lines.h"

namespace loa {

/// The lines of stations as streams of the hub: a station's id is its topic.
class EventLines final : public StationLines {
public:
    explicit EventLines(EventHub& hub) : hub_{hub} {}
    void tellOrder(const StationId& station, std::int64_t number, const std::string& document) override {
        hub_.post(station.text(), {number, "order", document});
    }
    void tellPlan(const StationId& station, std::int64_t revision) override {
        hub_.post(station.text(), {0, "plan", std::to_string(revision)});
    }
    bool isOpen(const StationId& station) const override { return hub_.isOpen(station.text()); }

private:
    EventHub& hub_;
};

}  // namespace loa
