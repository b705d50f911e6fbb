// From "when" to "when and where". Works out once which stations each target reaches, then asks for each occurrence
// whether the places are valid on its day. Pure: zones, media and the plan are handed in.
#include "scheduler/planning/assign.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <variant>

#include "scheduler/planning/refusal.h"

namespace loa {
namespace {

template <class Place>
bool validOn(const Place& place, Day day) {
    return (!place.validFrom || *place.validFrom <= day) && (!place.validTo || day <= *place.validTo);
}

Refusal stationNotValid(const Station& station, Day day) {
    return {
        "station-not-valid",
        {"Trạm “" + station.name + "” không hoạt động ngày " + formatDay(day) + ". Sửa ngày của trạm hoặc bỏ trạm này.",
         "Station “" + station.name + "” is not in service on " + formatDay(day) +
             ". Change its dates or leave it out."}};
}

Refusal areaNotValid(const Area& area, Day day) {
    return {"area-not-valid",
            {"“" + area.name + "” không còn hoặc chưa có vào ngày " + formatDay(day) + ". Chọn địa bàn khác.",
             "“" + area.name + "” does not exist on " + formatDay(day) + ". Choose another area."}};
}

Refusal unknownTarget(const Target& target) {
    const auto* station = std::get_if<StationId>(&target);
    const std::string id = station ? station->text() : std::get<AreaId>(target).text();
    return {"unknown-target",
            {"Không có trạm hay địa bàn “" + id + "”. Chọn lại nơi phát.",
             "There is no station or area “" + id + "”. Choose where to air again."}};
}

Refusal noTarget(bool aimedAtNothing) {
    if (aimedAtNothing)
        return {"no-target",
                {"Chưa chọn nơi phát. Chọn trạm hoặc địa bàn.", "Aimed at nobody. Choose stations or areas."}};
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

/// The media of a source, or why there is none.
using Found = std::variant<MediaItem, Refusal>;

Found mediaFor(const std::optional<Source>& source, const FindMedia& findMedia) {
    if (!source) return noSource();
    if (auto media = findMedia(std::get<MediaSource>(*source).media)) return *std::move(media);
    return noMedia();
}

/// What the station does differently with the occurrence, if anything.
const StationOverride* overrideAt(const Event& event, Instant original, const StationId& station) {
    const auto wanted = std::tie(original, station);
    const auto own = std::lower_bound(
        event.stationOverrides.begin(), event.stationOverrides.end(), wanted,
        [](const StationOverride& each, const auto& key) { return std::tie(each.original, each.station) < key; });
    const bool found = own != event.stationOverrides.end() && std::tie(own->original, own->station) == wanted;
    return found ? &*own : nullptr;
}

Occurrence changed(Occurrence occurrence, const StationOverride& own) {
    if (own.start) occurrence.at = {*own.start, *own.start + occurrence.at.length()};
    if (own.source) occurrence.source = own.source;
    return occurrence;
}

Assigned assignReached(const Reach& reached, std::span<const Occurrence> occurrences, const Event& event,
                       const AreaId& owner, const Places& places, const FindMedia& findMedia, const DayOf& dayOf) {
    const auto refusals = targetRefusals(event, reached);
    Assigned result;
    for (const Occurrence& general : occurrences) {
        for (const auto& [station, refusal] : refusals) result.rejected.push_back(rejection(general, station, refusal));
        const auto generalMedia = mediaFor(general.source, findMedia);
        for (const ReachedStation& each : reached.stations) {
            const Station& station = *each.station;
            const auto* own = overrideAt(event, general.original, station.id);
            if (own != nullptr && own->dropped) continue;
            const auto occurrence = own == nullptr ? general : changed(general, *own);
            const auto media = own == nullptr ? generalMedia : mediaFor(occurrence.source, findMedia);
            auto refusal = notValid(each, dayOf(occurrence.at.start, station.zone));
            if (!refusal && std::holds_alternative<Refusal>(media)) refusal = std::get<Refusal>(media);
            if (refusal)
                result.rejected.push_back(rejection(occurrence, station.id, *std::move(refusal)));
            else
                result.assignments.push_back({occurrence, station.id, event.messageClass, event.policy,
                                              std::get<MediaItem>(media), places.isAbove(owner, station.area)});
        }
    }
    return result;
}

}  // namespace

std::optional<Refusal> notValid(const ReachedStation& reached, Day day) {
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

Assigned assign(std::span<const Occurrence> occurrences, const Event& event, const Places& places,
                const FindMedia& findMedia, const DayOf& dayOf) {
    const Aim aim = places.aimOf(event);
    return assignReached(places.reach(aim), occurrences, event, aim.owner, places, findMedia, dayOf);
}

Assigned assignAt(const StationId& station, std::span<const Occurrence> occurrences, const Event& event, const Aim& aim,
                  const Places& places, const FindMedia& findMedia, const DayOf& dayOf) {
    auto assigned = assignReached(places.reach(aim, station), occurrences, event, aim.owner, places, findMedia, dayOf);
    std::erase_if(assigned.rejected, [&](const Rejection& each) { return each.station != station; });
    return assigned;
}

}  // namespace loa
