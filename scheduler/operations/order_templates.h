#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/office_order.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

struct TemplateWish {
    OrderType type = OrderType::emergency;  ///< emergency or drill
    std::string title;
    MediaId media;
    std::optional<AreaId> area;  ///< empty: the whole office
};

/// Those the actor sees, newest first.
std::vector<OrderTemplate> templatesInSight(Scheduler& scheduler);

/// Makes one, as scheduler.actor. Throws Error: invalid "unknown-media", "unknown-area", "no-name"; forbidden.
OrderTemplate makeTemplate(Scheduler& scheduler, const TemplateWish& wish);
/// Somebody else, who has heard it, lets it be used; from then on it lies ready at the stations. Throws Error:
/// notFound; forbidden; conflict "own-template", "not-heard", "approved-already".
OrderTemplate approveTemplate(Scheduler& scheduler, const TemplateId& id);
/// Throws Error: notFound; forbidden.
void removeTemplate(Scheduler& scheduler, const TemplateId& id);

}  // namespace loa
