// Orders, what became of them, and the sounds that must lie ready for them. Part of Spool; runs on its owner's thread.
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>

#include <algorithm>

#include "player/spool/spool.h"
#include "player/spool/spool_database.h"

namespace loa {
namespace {

using namespace Poco::Data::Keywords;

std::int64_t lastNumber(Poco::Data::Session& session) {
    std::int64_t number = 0;
    session << "SELECT COALESCE(MAX(number), 0) FROM station_order", into(number), now;
    return number;
}

void addReport(Poco::Data::Session& session, const OrderReport& report) {
    auto order = report.order.text();
    auto state = std::string{toText(report.state)};
    auto at = epochMilliseconds(report.at);
    auto frames = report.frames;
    auto detail = report.detail;
    session << "INSERT INTO order_report (order_id, state, at, frames, detail) VALUES ($1, $2, $3, $4, $5) "
               "ON CONFLICT (order_id, state) DO NOTHING",
        use(order), use(state), use(at), use(frames), use(detail), now;
}

/// True when it was held.
bool receiveAnew(Poco::Data::Session& session, const Order& order, const BootInstant& received) {
    auto id = order.id.text();
    auto number = order.number;
    auto bootId = received.bootId;
    auto sinceBoot = received.sinceBoot.count();
    Poco::Data::Statement update{session};
    update << "UPDATE station_order SET boot_id = $1, since_boot = $2 WHERE id = $3 AND number = $4", use(bootId),
        use(sinceBoot), use(id), use(number);
    return update.execute() > 0;
}

OrderProgress furthest(const std::vector<std::string>& states) {
    auto state = OrderProgress::received;
    for (const auto& word : states)
        state = std::max(state, choiceFromText<OrderProgress>(word).value_or(OrderProgress::received));
    return state;
}

}  // namespace

void Spool::keepOrder(const Order& order, const std::string& document, const BootInstant& received, Instant time) {
    database_->write([&](Poco::Data::Session& session) {
        if (receiveAnew(session, order, received)) return;
        if (const auto last = lastNumber(session); last >= order.number)
            throw Error(Fault::conflict, "order-back",
                        {"Lệnh số " + std::to_string(order.number) + " cũ hơn lệnh số " + std::to_string(last) +
                             " mà trạm đang giữ.",
                         "order " + std::to_string(order.number) + " is older than " + std::to_string(last)});
        auto number = order.number;
        auto id = order.id.text();
        auto type = std::string{toText(order.type)};
        auto text = document;
        auto at = epochMilliseconds(time);
        auto bootId = received.bootId;
        auto sinceBoot = received.sinceBoot.count();
        session
            << "INSERT INTO station_order (number, id, type, document, ended, received, boot_id, since_boot) VALUES "
               "($1, $2, $3, $4, 0, $5, $6, $7)",
            use(number), use(id), use(type), use(text), use(at), use(bootId), use(sinceBoot), now;
        if (order.type == OrderType::mute || order.type == OrderType::unmute)
            session << "UPDATE station_order SET ended = 1 WHERE type IN ('mute', 'unmute') AND number < $1",
                use(number), now;
        addReport(session, {order.id, OrderProgress::received, time, 0, ""});
    });
}

std::vector<KeptOrder> Spool::liveOrders() {
    std::vector<KeptOrder> orders;
    database_->read([&](Poco::Data::Session& session) {
        std::vector<std::string> ids;
        std::vector<std::string> documents;
        std::vector<std::string> bootIds;
        std::vector<std::int64_t> sinceBoot;
        session << "SELECT id, document, boot_id, since_boot FROM station_order WHERE ended = 0 ORDER BY number",
            into(ids), into(documents), into(bootIds), into(sinceBoot), now;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            std::vector<std::string> states;
            session << "SELECT state FROM order_report WHERE order_id = $1", use(ids[i]), into(states), now;
            orders.push_back({documents[i], furthest(states), {bootIds[i], Milliseconds{sinceBoot[i]}}});
        }
    });
    return orders;
}

bool Spool::knowsOrder(const OrderId& order) {
    int count = 0;
    database_->read([&](Poco::Data::Session& session) {
        auto id = order.text();
        session << "SELECT COUNT(*) FROM station_order WHERE id = $1", use(id), into(count), now;
    });
    return count > 0;
}

std::int64_t Spool::lastOrder() {
    std::int64_t number = 0;
    database_->read([&](Poco::Data::Session& session) { number = lastNumber(session); });
    return number;
}

void Spool::writeOrderReport(const OrderReport& report, bool ended) {
    database_->write([&](Poco::Data::Session& session) {
        addReport(session, report);
        if (!ended) return;
        auto id = report.order.text();
        session << "UPDATE station_order SET ended = 1 WHERE id = $1", use(id), now;
    });
}

std::vector<WaitingReport> Spool::waitingOrderReports(std::size_t limit) {
    std::vector<WaitingReport> waiting;
    database_->read([&](Poco::Data::Session& session) {
        std::vector<std::int64_t> positions;
        std::vector<std::string> orders;
        std::vector<std::string> states;
        std::vector<std::int64_t> at;
        std::vector<std::int64_t> frames;
        std::vector<std::string> details;
        auto most = static_cast<std::int64_t>(limit);
        session << "SELECT position, order_id, state, at, frames, detail FROM order_report WHERE acknowledged IS NULL "
                   "ORDER BY position LIMIT $1",
            use(most), into(positions), into(orders), into(states), into(at), into(frames), into(details), now;
        for (std::size_t i = 0; i < positions.size(); ++i)
            waiting.push_back(
                {positions[i],
                 {OrderId{orders[i]}, choiceFromText<OrderProgress>(states[i]).value_or(OrderProgress::received),
                  fromEpochMilliseconds(at[i]), frames[i], details[i]}});
    });
    return waiting;
}

void Spool::acknowledgeOrderReports(std::span<const WaitingReport> received, Instant time) {
    database_->write([&](Poco::Data::Session& session) {
        auto at = epochMilliseconds(time);
        for (const auto& waiting : received) {
            auto position = waiting.position;
            session << "UPDATE order_report SET acknowledged = $1 WHERE position = $2", use(at), use(position), now;
        }
    });
}

void Spool::keepOrderSounds(std::span<const OrderSound> sounds) {
    database_->write([&](Poco::Data::Session& session) {
        session << "DELETE FROM order_sound", now;
        for (const auto& sound : sounds) {
            auto media = sound.media.text();
            auto bytes = sound.bytes;
            auto frames = sound.frames;
            session << "INSERT INTO order_sound (media, bytes, frames) VALUES ($1, $2, $3)", use(media), use(bytes),
                use(frames), now;
        }
    });
}

std::vector<OrderSound> Spool::orderSounds() {
    std::vector<OrderSound> sounds;
    database_->read([&](Poco::Data::Session& session) {
        std::vector<std::string> media;
        std::vector<std::int64_t> bytes;
        std::vector<std::int64_t> frames;
        session << "SELECT media, bytes, frames FROM order_sound ORDER BY place", into(media), into(bytes),
            into(frames), now;
        for (std::size_t i = 0; i < media.size(); ++i) sounds.push_back({MediaId{media[i]}, bytes[i], frames[i]});
    });
    return sounds;
}

}  // namespace loa
