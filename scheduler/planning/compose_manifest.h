#pragma once
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/assignment.h"
#include "scheduler/domain/manifest.h"
#include "scheduler/domain/published_slot.h"
#include "scheduler/domain/settlement.h"
#include "scheduler/domain/station.h"
#include "scheduler/planning/seats.h"

namespace loa {

/// All that decides what one station sounds. Of assignments and airtime hand in also a day before and after the window:
/// what sounds into it or shares a daypart with it takes its room there, and the answer does not change as the window
/// slides.
struct StationPlan {
    Station station;
    Interval window;
    Instant now;
    std::vector<Assignment> assignments;   ///< those of other stations are passed over
    std::vector<PublishedSlot> published;  ///< those whose start has passed, from a day before the window
    StationAirtime airtime;
    std::vector<Settlement> settlements;
};

struct Composition {
    std::vector<Slot> slots;              ///< start in the window; ordered by start; none overlaps another
    std::vector<Rejection> rejected;      ///< ordered by start
    std::vector<ClashToSettle> toSettle;  ///< open or decided, ordered by the start of the one from above
};

/// The room a slot takes.
Seat seatOf(const Slot& slot);

/// What one station sounds. A slot lasts as long as its media. What has begun stays as it was published: nothing is
/// planned into the past, and a change means the next time; the same sound in the same
/// second goes on when another event has it. The rest is seated one by one, the strongest first:
/// priority before normal; of two priority ones that from above, unless the commune settled it otherwise; of two normal
/// ones the commune's own; then the earlier original start, then the lower event id. A soft one moves to the first free
/// second within its grace time. Codes: "start-passed", "media-empty", "media-longer-than-slot", "settled-otherwise",
/// "manifest-full", and those of Seats::refusal.
Composition composeManifest(const StationPlan& plan, const TimeText& timeText);

}  // namespace loa
