#include "scheduler/storage/order_repository.h"

#include <map>

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

using Text = std::string;
using Number = std::int64_t;

std::optional<OrderSound> soundOf(std::optional<MediaId> media, std::optional<Number> bytes,
                                  std::optional<Number> frames) {
    if (!media) return std::nullopt;
    return OrderSound{*std::move(media), bytes.value(), frames.value()};
}

const Text columns =
    "SELECT office_order.id, type, title, media, bytes, frames, repeats, valid_for, template, about, state, made_by, "
    "made, "
    "sent_by, sent, number, valid_until, alone FROM office_order ";

template <class... Values>
std::vector<OfficeOrder> orders(ReadTransaction& transaction, const Text& rest, const Values&... values) {
    return each<OfficeOrder>(
        select<OrderId, OrderType, Text, std::optional<MediaId>, std::optional<Number>, std::optional<Number>, int,
               Milliseconds, std::optional<TemplateId>, std::optional<OrderId>, OrderState, Text, Instant, Text,
               std::optional<Instant>, std::optional<Number>, std::optional<Instant>, int>(transaction, columns + rest,
                                                                                           values...),
        [](auto id, auto type, auto title, auto media, auto bytes, auto frames, auto repeats, auto validFor, auto from,
           auto of, auto state, auto madeBy, auto made, auto sentBy, auto sent, auto number, auto validUntil,
           auto alone) {
            return OfficeOrder{std::move(id),
                               type,
                               std::move(title),
                               soundOf(std::move(media), bytes, frames),
                               repeats,
                               validFor,
                               std::move(from),
                               std::move(of),
                               state,
                               std::move(madeBy),
                               made,
                               std::move(sentBy),
                               sent,
                               number.value_or(0),
                               validUntil,
                               alone != 0};
        });
}

std::optional<MediaId> mediaOf(const OfficeOrder& order) {
    return order.sound ? std::optional{order.sound->media} : std::nullopt;
}
std::optional<Number> bytesOf(const OfficeOrder& order) {
    return order.sound ? std::optional{order.sound->bytes} : std::nullopt;
}
std::optional<Number> framesOf(const OfficeOrder& order) {
    return order.sound ? std::optional{order.sound->frames} : std::nullopt;
}
std::optional<Number> numberOf(const OfficeOrder& order) {
    return order.number > 0 ? std::optional{order.number} : std::nullopt;
}

}  // namespace

std::optional<OfficeOrder> OrderRepository::find(ReadTransaction& transaction, const OrderId& id) {
    return first(orders(transaction, "WHERE id = $1", id));
}

std::vector<OfficeOrder> OrderRepository::newest(ReadTransaction& transaction, int most) {
    return orders(transaction, "ORDER BY made DESC, id LIMIT $1", most);
}

std::vector<OfficeOrder> OrderRepository::withMedia(ReadTransaction& transaction, const MediaId& media) {
    return orders(transaction, "WHERE media = $1 ORDER BY made DESC, id", media);
}

void OrderRepository::add(WriteTransaction& transaction, const OfficeOrder& order,
                          const std::vector<OrderAtStation>& stations) {
    execute(
        transaction,
        "INSERT INTO office_order (id, type, title, media, bytes, frames, repeats, valid_for, template, about, state, "
        "made_by, made, sent_by, sent, number, valid_until, alone) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        order.id, order.type, order.title, mediaOf(order), bytesOf(order), framesOf(order), order.repeats,
        order.validFor, order.from, order.of, order.state, order.madeBy, order.made, order.sentBy, order.sent,
        numberOf(order), order.validUntil, order.alone ? 1 : 0);
    for (const auto& recipient : stations)
        execute(transaction, "INSERT INTO order_station (office_order, station, area) VALUES ($1, $2, $3)", order.id,
                recipient.station, recipient.area);
}

void OrderRepository::save(WriteTransaction& transaction, const OfficeOrder& order) {
    execute(transaction,
            "UPDATE office_order SET state = $1, sent_by = $2, sent = $3, number = $4, valid_until = $5, alone = $6 "
            "WHERE id = $7",
            order.state, order.sentBy, order.sent, numberOf(order), order.validUntil, order.alone ? 1 : 0, order.id);
}

void OrderRepository::endAll(WriteTransaction& transaction) {
    execute(transaction, "UPDATE office_order SET state = $1 WHERE media IS NOT NULL", OrderState::cancelled);
}

std::int64_t OrderRepository::takeNumber(WriteTransaction& transaction) {
    skipNumbers(transaction, 1);
    return std::get<0>(select<Number>(transaction, "SELECT last FROM order_number").at(0));
}

void OrderRepository::skipNumbers(WriteTransaction& transaction, std::int64_t count) {
    execute(transaction, "UPDATE order_number SET last = last + $1", count);
}

std::vector<OrderAtStation> OrderRepository::stations(ReadTransaction& transaction, const OrderId& id) {
    std::map<StationId, std::vector<OrderReport>> reports;
    for (auto& [station, state, at, frames, detail] : select<StationId, OrderProgress, Instant, Number, Text>(
             transaction,
             "SELECT station, state, at, frames, detail FROM order_report WHERE office_order = $1 ORDER BY received, "
             "state",
             id))
        reports[station].push_back({id, state, at, frames, std::move(detail)});
    return each<OrderAtStation>(
        select<StationId, AreaId>(
            transaction, "SELECT station, area FROM order_station WHERE office_order = $1 ORDER BY station", id),
        [&](auto station, auto area) {
            auto said = std::move(reports[station]);
            return OrderAtStation{std::move(station), std::move(area), std::move(said)};
        });
}

bool OrderRepository::isFor(ReadTransaction& transaction, const OrderId& id, const StationId& station) {
    return !select<StationId>(transaction, "SELECT station FROM order_station WHERE office_order = $1 AND station = $2",
                              id, station)
                .empty();
}

std::vector<OfficeOrder> OrderRepository::sentTo(ReadTransaction& transaction, const StationId& station,
                                                 std::int64_t after, Instant now) {
    return orders(
        transaction,
        "JOIN order_station ON order_station.office_order = office_order.id WHERE station = $1 AND number > $2 "
        "AND state = $3 AND valid_until > $4 ORDER BY number",
        station, after, OrderState::sent, now);
}

std::vector<OfficeOrder> OrderRepository::underWay(ReadTransaction& transaction, Instant madeSince, Instant now) {
    return orders(transaction,
                  "WHERE media IS NOT NULL AND ((state = $1 AND made > $2) OR (state = $3 AND valid_until > $4)) "
                  "ORDER BY made DESC, id",
                  OrderState::made, madeSince, OrderState::sent, now);
}

std::vector<StationMute> OrderRepository::mutes(ReadTransaction& transaction) {
    std::map<StationId, std::pair<OrderType, StationMute>> newest;
    for (auto& [station, order, type, by, sent] : select<StationId, OrderId, OrderType, Text, Instant>(
             transaction,
             "SELECT station, id, type, sent_by, sent FROM office_order JOIN order_station "
             "ON order_station.office_order = office_order.id WHERE type IN ($1, $2) ORDER BY number",
             OrderType::mute, OrderType::unmute))
        newest[station] = {type, {station, std::move(order), std::move(by), sent}};
    std::vector<StationMute> muted;
    for (auto& [station, told] : newest)
        if (told.first == OrderType::mute) muted.push_back(std::move(told.second));
    return muted;
}

bool OrderRepository::keepReport(WriteTransaction& transaction, const StationId& station, const OrderReport& report,
                                 Instant received) {
    if (!isFor(transaction, report.order, station)) return false;
    execute(transaction,
            "INSERT INTO order_report (office_order, station, state, at, frames, detail, received) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            report.order, station, report.state, report.at, report.frames, report.detail, received);
    return true;
}

std::vector<StationId> OrderRepository::drillStations(ReadTransaction& transaction) {
    return each<StationId>(select<StationId>(transaction, "SELECT station FROM drill_station ORDER BY station"),
                           [](auto station) { return station; });
}

void OrderRepository::joinDrills(WriteTransaction& transaction, const StationId& station) {
    execute(transaction, "INSERT INTO drill_station (station) VALUES ($1) ON CONFLICT DO NOTHING", station);
}

void OrderRepository::leaveDrills(WriteTransaction& transaction, const StationId& station) {
    execute(transaction, "DELETE FROM drill_station WHERE station = $1", station);
}

}  // namespace loa
