// From "when" to "when and where". Works out once which stations each target reaches, then asks for each occurrence
// whether the places are valid on its day. Pure: zones, media and the plan are handed in.
#include "scheduler/planning/assign.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

namespace loa {
namespace {

template <class Place>
bool validOn(const Place& place, Day day) {
    return (!place.validFrom || *place.validFrom <= day) && (!place.validTo || day <= *place.validTo);
}

/// One way from a target to a station: the areas from the station's own up to the target. Aimed at the station itself:
/// none.
using Way = std::vector<const Area*>;

struct Reached {
    const Station* station;
    std::vector<Way> ways;
};

struct Reach {
    std::vector<Reached> stations;  ///< ordered by station id
    std::vector<Target> unknown;
};

using AreasById = std::map<AreaId, const Area*>;

/// The areas from `from` up to `to`; empty when `to` does not lie above.
std::optional<Way> wayUp(const AreaId& from, const AreaId& to, const AreasById& areas) {
    Way way;
    std::set<AreaId> seen;
    for (auto at = areas.find(from); at != areas.end() && seen.insert(at->first).second;) {
        way.push_back(at->second);
        if (at->first == to) return way;
        if (!at->second->parent) return std::nullopt;
        at = areas.find(*at->second->parent);
    }
    return std::nullopt;
}

std::optional<Way> wayTo(const Target& target, const Station& station, const AreasById& areas) {
    if (const auto* area = std::get_if<AreaId>(&target)) return wayUp(station.area, *area, areas);
    return std::get<StationId>(target) == station.id ? std::optional{Way{}} : std::nullopt;
}

Reach reach(const std::vector<Target>& targets, std::span<const Station> stations, const AreasById& areas) {
    Reach result;
    std::map<StationId, Reached> byId;
    std::set<Target> known;
    for (const Station& station : stations) {
        Reached reached{&station, {}};
        for (const Target& target : targets)
            if (auto way = wayTo(target, station, areas)) {
                reached.ways.push_back(std::move(*way));
                known.insert(target);
            }
        if (!reached.ways.empty()) byId.insert_or_assign(station.id, std::move(reached));
    }
    for (const Target& target : targets) {
        const auto* area = std::get_if<AreaId>(&target);
        if (!known.contains(target) && !(area && areas.contains(*area))) result.unknown.push_back(target);
    }
    for (auto& [id, reached] : byId) result.stations.push_back(std::move(reached));
    return result;
}

struct Refusal {
    std::string code;
    Words words;
};

Refusal stationNotValid(const Station& station, Day day) {
    return {
        "station-not-valid",
        {"Trạm “" + station.name + "” không hoạt động ngày " + formatDay(day) + ". Sửa ngày của trạm hoặc bỏ trạm này.",
         "Station “" + station.name + "” is not in service on " + formatDay(day) +
             ". Change its dates or leave it out."}};
}

Refusal areaNotValid(const Area& area, Day day) {
    return {"area-not-valid",
            {"“" + area.name + "” không còn hoặc chưa có vào ngày " + formatDay(day) + ". Chọn đơn vị khác.",
             "“" + area.name + "” does not exist on " + formatDay(day) + ". Choose another area."}};
}

Refusal unknownTarget(const Target& target) {
    const auto* station = std::get_if<StationId>(&target);
    const std::string id = station ? station->text() : std::get<AreaId>(target).text();
    return {"unknown-target",
            {"Không có trạm hay đơn vị “" + id + "”. Chọn lại nơi phát.",
             "There is no station or area “" + id + "”. Choose where to air again."}};
}

Refusal noTarget(bool aimedAtNothing) {
    if (aimedAtNothing)
        return {"no-target",
                {"Chưa chọn nơi phát. Chọn trạm hoặc đơn vị.", "Aimed at nobody. Choose stations or areas."}};
    return {"no-target",
            {"Nơi phát đã chọn chưa có trạm nào. Thêm trạm hoặc chọn nơi khác.",
             "The chosen areas have no station. Add one or choose others."}};
}

Refusal noSource() {
    return {"no-source",
            {"Tin chưa có bản âm thanh. Tạo bản đọc hoặc tải tệp lên.",
             "The announcement has no sound yet. Make speech of it or upload a file."}};
}

Refusal noMedia() {
    return {"no-media",
            {"Bản âm thanh của tin đã bị xóa hoặc chưa tải xong. Chọn bản khác.",
             "The announcement's sound was removed or has not arrived. Choose another."}};
}

/// Why nothing can sound at the station on that day; empty when it can: one valid way is enough.
std::optional<Refusal> notValid(const Reached& reached, Day day) {
    if (!validOn(*reached.station, day)) return stationNotValid(*reached.station, day);
    std::optional<Refusal> refusal;
    for (const Way& way : reached.ways) {
        const auto invalid =
            std::find_if(way.begin(), way.end(), [&](const Area* area) { return !validOn(*area, day); });
        if (invalid == way.end()) return std::nullopt;
        if (!refusal) refusal = areaNotValid(**invalid, day);
    }
    return refusal;
}

Rejection rejection(const Occurrence& occurrence, const StationId& station, Refusal refusal) {
    return {station,          occurrence.event,        occurrence.original,     occurrence.at,
            occurrence.title, std::move(refusal.code), std::move(refusal.words)};
}

/// What is wrong with the targets themselves, once for each occurrence.
std::vector<std::pair<StationId, Refusal>> targetRefusals(const Event& event, const Reach& reach) {
    std::vector<std::pair<StationId, Refusal>> refusals;
    for (const Target& target : reach.unknown) {
        const auto* station = std::get_if<StationId>(&target);
        refusals.emplace_back(station ? *station : StationId{}, unknownTarget(target));
    }
    if (refusals.empty() && reach.stations.empty()) refusals.emplace_back(StationId{}, noTarget(event.targets.empty()));
    return refusals;
}

/// The occurrence's media, or why there is none.
std::variant<MediaItem, Refusal> mediaFor(const Occurrence& occurrence, const FindMedia& findMedia) {
    if (!occurrence.source) return noSource();
    if (auto media = findMedia(std::get<MediaSource>(*occurrence.source).media)) return *std::move(media);
    return noMedia();
}

}  // namespace

Assigned assign(std::span<const Occurrence> occurrences, const Event& event, std::span<const Station> stations,
                std::span<const Area> areas, const FindMedia& findMedia, const DayOf& dayOf) {
    AreasById areasById;
    for (const Area& area : areas) areasById.emplace(area.id, &area);
    const Reach reached = reach(event.targets, stations, areasById);
    const auto refusals = targetRefusals(event, reached);
    Assigned result;
    for (const Occurrence& occurrence : occurrences) {
        for (const auto& [station, refusal] : refusals)
            result.rejected.push_back(rejection(occurrence, station, refusal));
        const auto media = mediaFor(occurrence, findMedia);
        for (const Reached& each : reached.stations) {
            auto refusal = notValid(each, dayOf(occurrence.at.start, each.station->zone));
            if (!refusal && std::holds_alternative<Refusal>(media)) refusal = std::get<Refusal>(media);
            if (refusal)
                result.rejected.push_back(rejection(occurrence, each.station->id, *std::move(refusal)));
            else
                result.assignments.push_back(
                    {occurrence, each.station->id, event.messageClass, event.policy, std::get<MediaItem>(media)});
        }
    }
    return result;
}

}  // namespace loa
