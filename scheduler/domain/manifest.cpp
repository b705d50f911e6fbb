#include "scheduler/domain/manifest.h"

namespace loa {

SlotId makeSlotId(const EventId& event, Instant original, const StationId& station, int repeat) {
    return SlotId{station.text() + '/' + std::to_string(epochMilliseconds(original)) + '/' + std::to_string(repeat) +
                  '/' + event.text()};
}

}  // namespace loa
