// What single stations do differently, as lines of a master: RFC 5545 has no place for it, and an override for all
// stations is a RECURRENCE-ID. Pure; any thread. Never knows whether the series has such an occurrence.
#include "scheduler/calendar/station_overrides.h"

#include <algorithm>
#include <tuple>

#include "scheduler/calendar/ids.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/values.h"

namespace loa {
namespace {

[[noreturn]] void badOverride(int line) {
    refuse(line, "bad-station-override",
           "Dòng X-LOA-OVERRIDE phải là drop, hoặc change có X-START hay X-MEDIA. Ghi lại dòng này.",
           "An X-LOA-OVERRIDE is drop, or change with X-START or X-MEDIA. Write the line again.");
}

Instant instantOf(const std::string& text, int line) {
    const auto time = readTime(text, line);
    if (time.zone != "UTC") badOverride(line);
    return time.instant();
}

std::string textOf(Instant at) {
    return writeTime({toLocal(at, "UTC"), false, "UTC", 0});
}

StationOverride readOne(const ContentLine& line) {
    const auto start = line.parameter("X-START");
    const auto media = line.parameter("X-MEDIA");
    const auto what = upperCase(line.value);
    const bool changes = !start.empty() || !media.empty();
    if (what != (changes ? "CHANGE" : "DROP")) badOverride(line.line);
    StationOverride change;
    change.original = instantOf(line.parameter("X-ORIGINAL"), line.line);
    change.station = stationIdFrom(line.parameter("X-STATION"), line.line);
    change.dropped = !changes;
    if (!start.empty()) change.start = instantOf(start, line.line);
    if (!media.empty()) change.source = MediaSource{mediaIdFrom(media, line.line)};
    return change;
}

ContentLine lineOf(const StationOverride& change) {
    const bool nothing = !change.start && !change.source;
    if (change.dropped != nothing) badOverride(0);
    ContentLine line{"X-LOA-OVERRIDE", {}, change.dropped ? "drop" : "change", 0};
    line.parameters.push_back({"X-STATION", stationIdFrom(change.station.text(), 0).text()});
    line.parameters.push_back({"X-ORIGINAL", textOf(change.original)});
    if (change.start) line.parameters.push_back({"X-START", textOf(*change.start)});
    if (change.source)
        line.parameters.push_back(
            {"X-MEDIA", mediaIdFrom(std::get<MediaSource>(*change.source).media.text(), 0).text()});
    return line;
}

auto placeOf(const LinedStationOverride& one) {
    return std::tie(one.change.original, one.change.station);
}

}  // namespace

std::vector<LinedStationOverride> readStationOverrides(const Component& master) {
    std::vector<LinedStationOverride> all;
    for (const auto& line : master.lines) {
        if (line.name != "X-LOA-OVERRIDE") continue;
        if (all.size() == stationOverridesLimit)
            refuse(line.line, "too-many-overrides",
                   "Sự kiện có hơn 2.000 lần sửa riêng ở trạm. Tách thành sự kiện khác.",
                   "The event has over 2,000 overrides at stations. Make it several events.");
        all.push_back({readOne(line), line.line});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& one, const auto& other) { return placeOf(one) < placeOf(other); });
    const auto twice = std::adjacent_find(
        all.begin(), all.end(), [](const auto& one, const auto& other) { return placeOf(one) == placeOf(other); });
    if (twice != all.end())
        refuse(std::next(twice)->line, "double-override", "Một lần phát bị sửa riêng hai lần. Giữ lại một.",
               "One occurrence is overridden twice. Keep one of them.");
    return all;
}

void writeStationOverrides(Component& master, const std::vector<StationOverride>& changes) {
    master.remove("X-LOA-OVERRIDE");
    for (const auto& change : changes) master.lines.push_back(lineOf(change));
}

}  // namespace loa
