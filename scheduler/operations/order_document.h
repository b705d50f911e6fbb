#pragma once
#include <string>
#include <vector>

#include "scheduler/domain/office_order.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// What one station is told of an order that was sent, signed: on one line, at most orderDocumentBytes.
std::string orderDocument(const OfficeOrder& order, const StationId& station, const SigningKey& key);

struct NumberedDocument {
    std::int64_t number = 0;
    std::string document;
    bool operator==(const NumberedDocument&) const = default;
};

/// What the station is told when it comes back, having been told `after`: by number. Throws Error(notFound).
std::vector<NumberedDocument> ordersToTell(Scheduler& scheduler, const StationId& station, std::int64_t after);

/// What must lie ready at the station: the sounds of orders that are under way there, then of approved templates for
/// its area. Throws Error(notFound).
std::vector<OrderSound> soundsToHold(Scheduler& scheduler, const StationId& station);

/// There is something new to lie ready at these: they are told to come and look.
void tellOfSounds(Scheduler& scheduler, const std::vector<StationId>& stations);

}  // namespace loa
