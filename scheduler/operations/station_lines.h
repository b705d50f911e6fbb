#pragma once
#include <cstdint>
#include <mutex>
#include <string>

#include "scheduler/domain/id.h"

namespace loa {

/// The lines of stations that listen (GET /v1/stations/{station}/stream). What is told here goes out at once; a station
/// that does not listen, or is slow, is waited for by nobody. From any thread.
class StationLines {
public:
    virtual ~StationLines() = default;
    virtual void tellOrder(const StationId& station, std::int64_t number, const std::string& document) = 0;
    virtual void tellPlan(const StationId& station, std::int64_t revision) = 0;
    /// Whether it listens, or is about to.
    virtual bool isOpen(const StationId& station) const = 0;

    /// Who sends an order holds the turn from where it gets its number until all are told: a station that was told a
    /// number takes none below it any more.
    std::unique_lock<std::mutex> turn() { return std::unique_lock{turn_}; }

private:
    std::mutex turn_;
};

}  // namespace loa
