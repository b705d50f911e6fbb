// Stations and where they stand. Every change bumps the plan's version.
#include "scheduler/storage/station_repository.h"

#include "scheduler/domain/error.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

template <class... Values>
std::vector<Station> stations(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    return each<Station>(
        select<StationId, std::string, AreaId, std::string, std::optional<Day>, std::optional<Day>, std::optional<int>,
               Milliseconds>(
            transaction,
            "SELECT id, name, area, zone, valid_from, valid_to, volume_ceiling_db, trim_ms FROM station " + rest,
            values...),
        [](auto id, auto name, auto area, auto zone, auto from, auto to, auto ceiling, auto trim) {
            return Station{std::move(id), std::move(name), std::move(area), std::move(zone), from, to, ceiling, trim};
        });
}

}  // namespace

std::optional<Station> StationRepository::find(ReadTransaction& transaction, const StationId& id) {
    return first(stations(transaction, "WHERE id = $1", id));
}

std::vector<Station> StationRepository::all(ReadTransaction& transaction) {
    return stations(transaction, "ORDER BY id");
}

std::vector<Station> StationRepository::byArea(ReadTransaction& transaction, const AreaId& area) {
    return stations(transaction,
                    "WHERE area IN (WITH RECURSIVE below (id) AS (SELECT id FROM area WHERE id = $1 "
                    "UNION SELECT area.id FROM area JOIN below ON area.parent = below.id) SELECT id FROM below) "
                    "ORDER BY id",
                    area);
}

void StationRepository::save(WriteTransaction& transaction, const Station& station) {
    if (!AreaRepository::find(transaction, station.area))
        throw Error(Fault::invalid, "unknown-area",
                    {"Không có địa bàn “" + station.area.text() + "”. Tạo địa bàn này trước.",
                     "There is no area “" + station.area.text() + "”. Create it first."});
    execute(transaction,
            "INSERT INTO station (id, name, area, zone, valid_from, valid_to, volume_ceiling_db, trim_ms) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, area = excluded.area, zone = excluded.zone, "
            "valid_from = excluded.valid_from, valid_to = excluded.valid_to, "
            "volume_ceiling_db = excluded.volume_ceiling_db, trim_ms = excluded.trim_ms",
            station.id, station.name, station.area, station.zone, station.validFrom, station.validTo,
            station.volumeCeilingDb, station.trim);
    PlanVersion::bumpRules(transaction);
}

bool StationRepository::hasHistory(ReadTransaction& transaction, const StationId& id) {
    return !select<int>(
                transaction,
                "SELECT 1 FROM slot WHERE station = $1 UNION ALL SELECT 1 FROM airing WHERE station = $2 LIMIT 1", id,
                id)
                .empty();
}

void StationRepository::remove(WriteTransaction& transaction, const StationId& id) {
    if (execute(transaction, "DELETE FROM station WHERE id = $1", id) > 0) PlanVersion::bumpRules(transaction);
}

}  // namespace loa
