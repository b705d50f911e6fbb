#include "scheduler/operations/order_templates.h"

#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/clean_name.h"
#include "scheduler/operations/make_order.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/order_document.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/order_template_repository.h"
#include "scheduler/storage/review_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

constexpr std::size_t idBytes = 8;

OrderTemplate sought(ReadTransaction& transaction, const Scheduler& scheduler, Right right, const TemplateId& id) {
    auto made = OrderTemplateRepository::find(transaction, id);
    if (!made || !Sight{transaction, scheduler}.orderTemplate(*made)) throw noSuchTemplate(id);
    requireRight(scheduler, right, made->area);
    return *std::move(made);
}

void requireArea(ReadTransaction& transaction, const Scheduler& scheduler, const std::optional<AreaId>& area) {
    if (area && (!AreaRepository::find(transaction, *area) || !scheduler.standing.sees(*area)))
        throw Error{Fault::invalid,
                    "unknown-area",
                    {"Không có địa bàn “" + area->text() + "”. Chọn lại địa bàn.",
                     "there is no area '" + area->text() + "'; choose again"}};
    requireRight(scheduler, Right::draftTemplates, area);
}

void requireFit(ReadTransaction& transaction, const OrderTemplate& made, const std::string& actor) {
    if (made.approved)
        throw Error{Fault::conflict,
                    "approved-already",
                    {"Bản tin mẫu này đã được duyệt rồi.", "this template is approved already"}};
    if (made.writtenBy == actor)
        throw Error{Fault::conflict,
                    "own-template",
                    {"Người soạn không tự duyệt bản tin của mình. Nhờ người duyệt khác.",
                     "who made it does not approve it; ask another approver"}};
    if (!ReviewRepository::hearing(transaction, actor, made.sound.media).complete())
        throw Error{Fault::conflict,
                    "not-heard",
                    {"Chưa nghe hết bản âm thanh này. Nghe từ đầu đến cuối rồi duyệt.",
                     "this sound is not heard to its end yet; listen to it whole, then approve"}};
}

std::vector<StationId> stationsIn(ReadTransaction& transaction, const std::optional<AreaId>& area) {
    std::vector<StationId> ids;
    const auto stations = area ? StationRepository::byArea(transaction, *area) : StationRepository::all(transaction);
    for (const auto& station : stations) ids.push_back(station.id);
    return ids;
}

}  // namespace

std::vector<OrderTemplate> templatesInSight(Scheduler& scheduler) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        const Sight sight{transaction, scheduler};
        auto all = OrderTemplateRepository::all(transaction);
        std::erase_if(all, [&](const OrderTemplate& made) { return !sight.orderTemplate(made); });
        return all;
    });
}

OrderTemplate makeTemplate(Scheduler& scheduler, const TemplateWish& wish) {
    OrderTemplate made;
    made.id = TemplateId{randomHex(idBytes)};
    made.type = wish.type;
    made.title = cleanName(wish.title);
    made.area = wish.area;
    made.writtenBy = scheduler.actor.name;
    made.written = scheduler.clock.now();
    scheduler.database.write([&](WriteTransaction& transaction) {
        requireArea(transaction, scheduler, made.area);
        made.sound = soundOf(transaction, scheduler, wish.media);
        OrderTemplateRepository::save(transaction, made);
        audit(transaction, scheduler, "make-order-template", auditObject(made.id), {}, auditFacts(made));
    });
    return made;
}

OrderTemplate approveTemplate(Scheduler& scheduler, const TemplateId& id) {
    std::vector<StationId> stations;
    auto approved = scheduler.database.write([&](WriteTransaction& transaction) {
        auto made = sought(transaction, scheduler, Right::approve, id);
        requireFit(transaction, made, scheduler.actor.name);
        const auto before = auditFacts(made);
        made.approvedBy = scheduler.actor.name;
        made.approved = scheduler.clock.now();
        OrderTemplateRepository::save(transaction, made);
        audit(transaction, scheduler, "approve-order-template", auditObject(id), before, auditFacts(made));
        stations = stationsIn(transaction, made.area);
        return made;
    });
    tellOfSounds(scheduler, stations);
    return approved;
}

void removeTemplate(Scheduler& scheduler, const TemplateId& id) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto made = sought(transaction, scheduler, Right::draftTemplates, id);
        OrderTemplateRepository::remove(transaction, id);
        audit(transaction, scheduler, "remove-order-template", auditObject(id), auditFacts(made), {});
    });
}

}  // namespace loa
