// The one way by which what Loa makes becomes an event: through the reader, so that there is one set of checks. Pure
// but for the zone tables; any thread.
#include "scheduler/calendar/made_event.h"

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/read_events.h"
#include "scheduler/domain/error.h"

namespace loa {

Event madeEvent(const std::vector<Component>& components) {
    try {
        return std::move(readEvents(writeCalendar(components)).events.front());
    } catch (const Error& error) {
        throw Error(error.fault(), error.code(), error.words());
    }
}

}  // namespace loa
