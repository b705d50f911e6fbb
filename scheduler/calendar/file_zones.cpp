// TZIDs of a file to IANA names. A TZID nobody knows is refused: read as UTC it would air seven hours late.
// Pure but for the zone tables; any thread.
#include "scheduler/calendar/file_zones.h"

#include <optional>
#include <set>

#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/zones.h"

namespace loa {
namespace {

/// "Etc/GMT-7" for "+0700": the signs of these names are turned round.
std::optional<std::string> zoneOfOffset(const std::string& offset) {
    const bool wholeHours =
        (offset.size() == 5 || offset.size() == 7) && offset.find_first_not_of('0', 3) == std::string::npos;
    if (!wholeHours || (offset[0] != '+' && offset[0] != '-')) return std::nullopt;
    const auto hours = offset[1] == '0' ? offset.substr(2, 1) : offset.substr(1, 2);
    const std::string name = hours == "0" ? "Etc/UTC" : std::string{"Etc/GMT"} + (offset[0] == '+' ? "-" : "+") + hours;
    return knownZone(name) ? std::optional{name} : std::nullopt;
}

std::optional<std::string> zoneOf(const Component& timezone) {
    const auto location = canonicalZone(timezone.value("X-LIC-LOCATION"));
    if (location) return location;
    std::set<std::string> offsets;
    for (const auto& observance : timezone.children) offsets.insert(observance.value("TZOFFSETTO"));
    return offsets.size() == 1 ? zoneOfOffset(*offsets.begin()) : std::nullopt;
}

}  // namespace

FileZones::FileZones(const std::vector<Component>& calendars) {
    for (const auto& calendar : calendars)
        for (const auto& child : calendar.children)
            if (child.name == "VTIMEZONE") own_.emplace(child.value("TZID"), &child);
}

std::string FileZones::resolve(const std::string& name, int line) const {
    if (auto known = canonicalZone(name)) return *known;
    const auto own = own_.find(name);
    if (own != own_.end())
        if (auto zone = zoneOf(*own->second)) return *zone;
    unknownZone(name, line);
}

}  // namespace loa
