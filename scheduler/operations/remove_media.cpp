#include "scheduler/operations/remove_media.h"

#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/order_template_repository.h"

namespace loa {
namespace {

/// Whether another place still has it. Throws Error(forbidden) where none is the actor's.
bool takeFromOwnPlaces(WriteTransaction& transaction, const Scheduler& scheduler, const MediaId& media) {
    const auto places = MediaRepository::placesOf(transaction, media);
    if (places.empty()) requireRight(scheduler, Right::removeMedia, std::nullopt);
    bool isTaken = places.empty();
    bool isLeft = false;
    for (auto place : places) {
        if (place.removed) continue;
        if (scheduler.standing.holdsAt(Right::removeMedia, place.area)) {
            place.removed = scheduler.clock.now();
            MediaRepository::savePlace(transaction, media, place);
            isTaken = true;
        } else {
            isLeft = true;
        }
    }
    // What is at no place any more is the whole office's to remove.
    if (!isTaken && (isLeft || !scheduler.standing.holdsAt(Right::removeMedia, std::nullopt))) throw forbidden();
    return isLeft;
}

}  // namespace

void removeMedia(Scheduler& scheduler, const MediaId& media) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        const Sight sight{transaction, scheduler};
        const auto before = MediaRepository::find(transaction, media);
        if (!before || MediaRepository::removed(transaction, media) || !sight.media(media)) throw noSuchMedia(media);
        if (const auto user = sight.eventWith(media))
            throw Error{Fault::conflict,
                        "media-in-use",
                        {"Lịch “" + *user + "” còn dùng bản âm thanh này. Đổi hoặc xóa lịch trước.",
                         "The event '" + *user + "' uses it. Change or remove the event first."}};
        for (const auto& made : OrderTemplateRepository::all(transaction))
            if (made.sound.media == media && sight.orderTemplate(made))
                throw Error{Fault::conflict,
                            "media-in-use",
                            {"Bản tin mẫu “" + made.title + "” còn dùng bản âm thanh này. Xóa bản tin mẫu trước.",
                             "The order template '" + made.title + "' uses it. Remove the template first."}};
        const bool isLeft = takeFromOwnPlaces(transaction, scheduler, media);
        if (!isLeft && MediaRepository::users(transaction, media).empty() &&
            !OrderTemplateRepository::uses(transaction, media))
            MediaRepository::remove(transaction, media, scheduler.clock.now());
        audit(transaction, scheduler, "remove-media", auditObject(media), auditFacts(before), {});
    });
}

}  // namespace loa
