// The area tree. Every change bumps the plan's version: validity and place decide what reaches a manifest.
#include "scheduler/storage/area_repository.h"

#include "scheduler/domain/error.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

template <class... Values>
std::vector<Area> areas(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    return each<Area>(select<AreaId, std::string, std::optional<AreaId>, std::optional<Day>, std::optional<Day>>(
                          transaction, "SELECT id, name, parent, valid_from, valid_to FROM area " + rest, values...),
                      [](auto id, auto name, auto parent, auto from, auto to) {
                          return Area{std::move(id), std::move(name), std::move(parent), from, to};
                      });
}

void checkParent(ReadTransaction& transaction, const Area& area) {
    if (!area.parent) return;
    for (const Area& below : AreaRepository::descendants(transaction, area.id))
        if (below.id == *area.parent)
            throw Error(Fault::invalid, "area-cycle",
                        {"“" + area.name + "” không thể nằm trong chính nó. Chọn địa bàn cấp trên khác.",
                         "“" + area.name + "” cannot lie below itself. Choose another parent."});
    if (area.parent == area.id || !AreaRepository::find(transaction, *area.parent))
        throw Error(Fault::invalid, "unknown-area",
                    {"Không có địa bàn “" + area.parent->text() + "”. Tạo địa bàn này trước.",
                     "There is no area “" + area.parent->text() + "”. Create it first."});
}

}  // namespace

std::optional<Area> AreaRepository::find(ReadTransaction& transaction, const AreaId& id) {
    return first(areas(transaction, "WHERE id = $1", id));
}

std::vector<Area> AreaRepository::all(ReadTransaction& transaction) {
    return areas(transaction, "ORDER BY id");
}

std::vector<Area> AreaRepository::descendants(ReadTransaction& transaction, const AreaId& area) {
    return areas(transaction,
                 "WHERE id IN (WITH RECURSIVE below (id) AS (SELECT id FROM area WHERE id = $1 "
                 "UNION SELECT area.id FROM area JOIN below ON area.parent = below.id) SELECT id FROM below) "
                 "ORDER BY id",
                 area);
}

void AreaRepository::save(WriteTransaction& transaction, const Area& area) {
    checkParent(transaction, area);
    execute(transaction,
            "INSERT INTO area (id, name, parent, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, parent = excluded.parent, "
            "valid_from = excluded.valid_from, valid_to = excluded.valid_to",
            area.id, area.name, area.parent, area.validFrom, area.validTo);
    PlanVersion::bumpRules(transaction);
}

void AreaRepository::remove(WriteTransaction& transaction, const AreaId& id) {
    const bool used = !select<int>(transaction,
                                   "SELECT 1 FROM area WHERE parent = $1 "
                                   "UNION ALL SELECT 1 FROM station WHERE area = $2",
                                   id, id)
                           .empty();
    if (used)
        throw Error(Fault::conflict, "area-in-use",
                    {"Còn địa bàn hoặc trạm nằm trong địa bàn này. Chuyển hoặc xóa chúng trước.",
                     "Areas or stations still lie below this area. Move or remove them first."});
    if (execute(transaction, "DELETE FROM area WHERE id = $1", id) > 0) PlanVersion::bumpRules(transaction);
}

}  // namespace loa
