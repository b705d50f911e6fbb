// The one way by which what Loa makes becomes an event: through the reader, so that there is one set of checks. Pure
// but for the zone tables; any thread.
#include "scheduler/calendar/made_event.h"

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/read_events.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/unicode.h"

namespace loa {

Event madeEvent(const std::vector<Component>& components) {
    try {
        return std::move(readEvents(writeCalendar(components)).events.front());
    } catch (const Error& error) {
        throw Error(error.fault(), error.code(), error.words());
    }
}

std::string titleFrom(const std::string& text) {
    auto title = cleanTitle(text);
    if (title.empty())
        refuse(0, "no-title", "Sự kiện chưa có tiêu đề. Đặt tiêu đề.", "The event has no title. Give it one.");
    return title;
}

Length lengthFrom(Milliseconds duration, bool ofDays) {
    if (duration <= Milliseconds{0}) noDuration(0);
    const auto whole = std::chrono::floor<std::chrono::days>(duration);
    if (ofDays && whole == duration) return {static_cast<int>(whole.count()), Milliseconds{0}};
    return {0, std::chrono::ceil<std::chrono::seconds>(duration)};
}

}  // namespace loa
