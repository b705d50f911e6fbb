#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/event.h"
#include "scheduler/domain/office_order.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// What somebody wants to sound at once. One of `from` and `media` is there.
struct OrderWish {
    OrderType type = OrderType::emergency;  ///< emergency, correct or drill
    std::vector<Target> targets;            ///< none for a correct: it goes where the other one went
    std::optional<TemplateId> from;
    std::optional<MediaId> media;
    std::string title;  ///< of what is made of media; a template has its own
    int repeats = 1;
    Milliseconds validFor{0};
    std::optional<OrderId> of;  ///< what a correct is about
};

/// Makes an order, as scheduler.actor, that waits for a second person (send_order.h). Areas become stations here.
/// Throws Error: forbidden unless the right to give orders is held at all of them; invalid "unknown-target",
/// "unknown-media", "unknown-template", "no-name", "outside-template" for stations that the template is not for;
/// conflict "no-stations", "not-in-drills", "template-not-approved", "other-template" (one of a drill for the real
/// thing, or the other way round), "nothing-to-correct"; notFound for `of`.
OfficeOrder makeOrder(Scheduler& scheduler, const OrderWish& wish);

/// The stations that targets of the actor's choice are now, each with its area. Throws Error: invalid "unknown-target";
/// conflict "no-stations".
std::vector<OrderAtStation> stationsOf(ReadTransaction& transaction, const Scheduler& scheduler,
                                       const std::vector<Target>& targets);

/// What of a sound an order needs. Throws Error(invalid, "unknown-media") where there is none that the actor sees.
OrderSound soundOf(ReadTransaction& transaction, const Scheduler& scheduler, const MediaId& media);

/// Throws Error(forbidden) unless the actor holds it at all of them, by the tree as it is now.
void requireRightAtAll(ReadTransaction& transaction, const Scheduler& scheduler, Right right,
                       const std::vector<OrderAtStation>& stations);

/// A new id for an order.
OrderId newOrderId();

}  // namespace loa
