// What two exports of one event have in common. Pure; any thread.
#include "scheduler/calendar/same_content.h"

#include <algorithm>
#include <tuple>

#include "scheduler/calendar/canonical.h"

namespace loa {
namespace {

/// Each VEVENT as text without its stamps, lines and VEVENTs in one order.
std::vector<std::string> contentOf(const Event& event) {
    std::vector<std::string> content;
    for (auto& component : readCalendar(event.icalendar)) {
        for (const auto* stamp : {"DTSTAMP", "CREATED", "LAST-MODIFIED"}) component.remove(stamp);
        std::stable_sort(component.lines.begin(), component.lines.end(), [](const auto& one, const auto& other) {
            return std::tie(one.name, one.value) < std::tie(other.name, other.value);
        });
        content.push_back(writeComponent(component));
    }
    std::sort(content.begin(), content.end());
    return content;
}

}  // namespace

bool sameContent(const Event& one, const Event& other) {
    if (one == other) return true;
    return one.id == other.id && one.sequence == other.sequence && contentOf(one) == contentOf(other);
}

}  // namespace loa
