#include "api/wire/place_json.h"

#include "scheduler/domain/airtime.h"

namespace loa {
namespace {

constexpr std::size_t longestId = 100;

void addValidity(Json& json, const std::optional<Day>& from, const std::optional<Day>& to) {
    if (from) json["validFrom"] = formatDay(*from);
    if (to) json["validTo"] = formatDay(*to);
}

void readValidity(ObjectReader& reader, std::optional<Day>& from, std::optional<Day>& to) {
    if (reader.has("validFrom")) from = reader.day("validFrom");
    if (reader.has("validTo")) to = reader.day("validTo");
}

}  // namespace

Json toJson(const Area& area) {
    Json json{{"id", area.id.text()}, {"name", area.name}};
    if (area.parent) json["parent"] = area.parent->text();
    addValidity(json, area.validFrom, area.validTo);
    return json;
}

Json toJson(const Station& station) {
    Json json{{"id", station.id.text()}, {"name", station.name}, {"area", station.area.text()}, {"zone", station.zone}};
    addValidity(json, station.validFrom, station.validTo);
    if (station.volumeCeilingDb) json["volumeCeilingDb"] = *station.volumeCeilingDb;
    if (station.trim != Milliseconds{0}) json["trimMs"] = station.trim.count();
    return json;
}

std::optional<int> volumeCeilingFrom(ObjectReader& reader) {
    if (!reader.has("volumeCeilingDb")) return std::nullopt;
    return static_cast<int>(reader.integer("volumeCeilingDb", lowestVolumeCeilingDb, 0));
}

Milliseconds trimFrom(ObjectReader& reader) {
    return Milliseconds{reader.integer("trimMs", -longestTrim.count(), longestTrim.count())};
}

Area areaFromJson(const AreaId& id, std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    Area area;
    area.id = id;
    area.name = reader.text("name");
    if (reader.has("parent")) area.parent = AreaId{reader.text("parent", longestId)};
    readValidity(reader, area.validFrom, area.validTo);
    reader.end();
    return area;
}

Station stationFromJson(const StationId& id, std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    Station station;
    station.id = id;
    station.name = reader.text("name");
    station.area = AreaId{reader.text("area", longestId)};
    station.zone = reader.has("zone") ? reader.text("zone", longestId) : "Asia/Ho_Chi_Minh";
    readValidity(reader, station.validFrom, station.validTo);
    station.volumeCeilingDb = volumeCeilingFrom(reader);
    if (reader.has("trimMs")) station.trim = trimFrom(reader);
    reader.end();
    return station;
}

}  // namespace loa
