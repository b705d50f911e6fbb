#include "scheduler/operations/civil_time.h"

#include "scheduler/calendar/zones.h"

namespace loa {
namespace {

std::string timeText(Instant at, const std::string& zone) {
    const auto local = formatLocalTime(toLocal(at, zone));
    constexpr std::size_t timeAt = 11;
    const auto time = local.substr(timeAt);
    return time.ends_with(":00") ? time.substr(0, time.size() - 3) : time;
}

}  // namespace

const CivilTime& civilTime() {
    static const CivilTime functions{
        [](Instant at, const std::string& zone) { return dayOf(at, zone); },
        [](std::chrono::local_seconds time, const std::string& zone) { return toInstant(time, zone); }, timeText};
    return functions;
}

}  // namespace loa
