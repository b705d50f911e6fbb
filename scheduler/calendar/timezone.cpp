// VTIMEZONEs of our own: short, without the history libical would write into them. Nobody should need them, since the
// names are IANA's; RFC 5545 3.6.5 wants them all the same. Pure but for the zone tables; any thread.
#include "scheduler/calendar/timezone.h"

#include <algorithm>
#include <utility>

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/values.h"
#include "scheduler/calendar/zones.h"

namespace loa {
namespace {

using namespace std::chrono;

constexpr auto described = years{20};

std::string offsetText(seconds offset) {
    const hh_mm_ss parts{abs(offset)};
    const auto twoDigits = [](auto count) {
        return std::string{static_cast<char>('0' + count / 10), static_cast<char>('0' + count % 10)};
    };
    std::string text =
        (offset < 0s ? "-" : "+") + twoDigits(parts.hours().count()) + twoDigits(parts.minutes().count());
    if (parts.seconds() != 0s) text += twoDigits(parts.seconds().count());
    return text;
}

/// The wall clock just as an offset ends.
std::string onset(Instant at, seconds offset) {
    return writeTime({LocalTime{(floor<seconds>(at) + offset).time_since_epoch()}, false, {}, 0});
}

Component observance(const std::string& kind, const std::string& start, seconds before, seconds after) {
    Component part{kind, 0, {}, {}};
    part.set("DTSTART", start);
    part.set("TZOFFSETFROM", offsetText(before));
    part.set("TZOFFSETTO", offsetText(after));
    return part;
}

}  // namespace

std::map<std::string, Instant> zonesUsed(const std::vector<Component>& events) {
    std::map<std::string, Instant> zones;
    for (const auto& event : events)
        for (const auto& line : event.lines) {
            const auto zone = line.parameter("TZID");
            if (zone.empty() || !isZonedTime(line)) continue;
            const auto first = split(split(line.value, ',').front(), '/').front();
            const auto at = toInstant(readTime(first, line.line).local, zone);
            const auto known = zones.emplace(zone, at).first;
            known->second = std::min(known->second, at);
        }
    return zones;
}

Component timezone(const std::string& zone, Instant from) {
    const auto changes = offsetChanges(zone, {from, from + described});
    const auto byOffset = [](const OffsetChange& one, const OffsetChange& other) { return one.offset < other.offset; };
    const auto standard = std::min_element(changes.begin(), changes.end(), byOffset)->offset;
    const auto kind = [&](seconds offset) { return offset == standard ? "STANDARD" : "DAYLIGHT"; };

    Component component{"VTIMEZONE", 0, {}, {}};
    component.set("TZID", zone);
    const auto base = changes.front().offset;
    component.children.push_back(observance(kind(base), "19700101T000000", base, base));
    std::map<std::pair<seconds, seconds>, std::size_t> known;  // from, to: which child
    for (std::size_t change = 1; change < changes.size(); ++change) {
        const auto before = changes[change - 1].offset;
        const auto after = changes[change].offset;
        const auto start = onset(changes[change].since, before);
        const auto [entry, isNew] = known.emplace(std::pair{before, after}, component.children.size());
        if (isNew) {
            component.children.push_back(observance(kind(after), start, before, after));
            continue;
        }
        auto& part = component.children[entry->second];
        // Thunderbird reads one date of each line, and passes DTSTART over once there is an RDATE.
        if (part.find("RDATE") == nullptr) part.set("RDATE", part.value("DTSTART"));
        part.lines.push_back({"RDATE", {}, start, 0});
    }
    return component;
}

}  // namespace loa
