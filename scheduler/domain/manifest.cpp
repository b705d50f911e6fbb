#include "scheduler/domain/manifest.h"

namespace loa {

SlotId makeSlotId(const EventId& event, Instant original, const StationId& station, int repeat) {
    return SlotId{station.text() + '/' + std::to_string(epochMilliseconds(original)) + '/' + std::to_string(repeat) +
                  '/' + event.text()};
}

EventId eventOf(const SlotId& slot) {
    std::size_t start = 0;
    for (int part = 0; part < 3; ++part) {
        const auto slash = slot.text().find('/', start);
        if (slash == std::string::npos) return EventId{};
        start = slash + 1;
    }
    return EventId{slot.text().substr(start)};
}

}  // namespace loa
