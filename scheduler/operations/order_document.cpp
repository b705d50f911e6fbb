#include "scheduler/operations/order_document.h"

#include <algorithm>

#include "api/wire/order_json.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/station_lines.h"
#include "scheduler/planning/order_steps.h"
#include "scheduler/storage/manifest_repository.h"
#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/order_template_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

Station stationOf(ReadTransaction& transaction, const StationId& id) {
    auto station = StationRepository::find(transaction, id);
    if (!station) throw noSuchStation(id);
    return *std::move(station);
}

bool isFor(const Way& way, const OrderTemplate& each) {
    return !each.area || std::ranges::any_of(way, [&](const Area* area) { return area->id == *each.area; });
}

}  // namespace

std::string orderDocument(const OfficeOrder& order, const StationId& station, const SigningKey& key) {
    const Order told{order.id,    order.type,  order.number,  station,  order.sent.value(), order.validUntil.value(),
                     order.title, order.sound, order.repeats, order.of, order.alone};
    return sign(documentKind(order.type), toJson(told), key);
}

std::vector<NumberedDocument> ordersToTell(Scheduler& scheduler, const StationId& station, std::int64_t after) {
    const auto orders = scheduler.database.read([&](ReadTransaction& transaction) {
        stationOf(transaction, station);
        return OrderRepository::sentTo(transaction, station, after, scheduler.clock.now());
    });
    std::vector<NumberedDocument> documents;
    for (const auto& order : toTellAgain(orders))
        documents.push_back({order.number, orderDocument(order, station, scheduler.signingKey)});
    return documents;
}

std::vector<OrderSound> soundsToHold(Scheduler& scheduler, const StationId& id) {
    std::vector<OrderSound> sounds;
    const auto add = [&](const OrderSound& sound) {
        if (sounds.size() < maximumOrderSounds && std::ranges::find(sounds, sound) == sounds.end())
            sounds.push_back(sound);
    };
    scheduler.database.read([&](ReadTransaction& transaction) {
        const auto station = stationOf(transaction, id);
        const auto office = scheduler.manifests.office(transaction);
        const auto now = scheduler.clock.now();
        for (const auto& order : OrderRepository::underWay(transaction, now - lapsesAfter, now))
            if (OrderRepository::isFor(transaction, order.id, id)) add(*order.sound);
        for (const auto& each : OrderTemplateRepository::all(transaction))
            if (each.approved && isFor(office->places.wayUp(station.area), each)) add(each.sound);
    });
    return sounds;
}

void tellOfSounds(Scheduler& scheduler, const std::vector<StationId>& stations) {
    for (const auto& station : stations) {
        if (!scheduler.lines.isOpen(station)) continue;
        const auto newest = scheduler.database.read(
            [&](ReadTransaction& transaction) { return ManifestRepository::newest(transaction, station); });
        scheduler.lines.tellPlan(station, newest ? newest->revision : 0);
    }
}

}  // namespace loa
