#include "scheduler/storage/order_template_repository.h"

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

template <class... Values>
std::vector<OrderTemplate> templates(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    return each<OrderTemplate>(
        select<TemplateId, OrderType, std::string, MediaId, std::int64_t, std::int64_t, std::optional<AreaId>,
               std::string, Instant, std::string, std::optional<Instant>>(
            transaction,
            "SELECT id, type, title, media, bytes, frames, area, written_by, written, approved_by, approved "
            "FROM order_template " +
                rest,
            values...),
        [](auto id, auto type, auto title, auto media, auto bytes, auto frames, auto area, auto writtenBy, auto written,
           auto approvedBy, auto approved) {
            return OrderTemplate{std::move(id),    type,
                                 std::move(title), {std::move(media), bytes, frames},
                                 std::move(area),  std::move(writtenBy),
                                 written,          std::move(approvedBy),
                                 approved};
        });
}

}  // namespace

std::optional<OrderTemplate> OrderTemplateRepository::find(ReadTransaction& transaction, const TemplateId& id) {
    return first(templates(transaction, "WHERE id = $1", id));
}

std::vector<OrderTemplate> OrderTemplateRepository::all(ReadTransaction& transaction) {
    return templates(transaction, "ORDER BY written DESC, id");
}

bool OrderTemplateRepository::uses(ReadTransaction& transaction, const MediaId& media) {
    return !templates(transaction, "WHERE media = $1", media).empty();
}

void OrderTemplateRepository::save(WriteTransaction& transaction, const OrderTemplate& made) {
    execute(
        transaction,
        "INSERT INTO order_template (id, type, title, media, bytes, frames, area, written_by, written, approved_by, "
        "approved) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        "ON CONFLICT (id) DO UPDATE SET approved_by = excluded.approved_by, approved = excluded.approved",
        made.id, made.type, made.title, made.sound.media, made.sound.bytes, made.sound.frames, made.area,
        made.writtenBy, made.written, made.approvedBy, made.approved);
}

void OrderTemplateRepository::remove(WriteTransaction& transaction, const TemplateId& id) {
    execute(transaction, "DELETE FROM order_template WHERE id = $1", id);
}

}  // namespace loa
