#include "api/wire/event_json.h"

#include "api/wire/policy_json.h"
#include "scheduler/domain/airtime.h"

namespace loa {
namespace {

constexpr std::size_t sha256Digits = 64;
constexpr std::string_view stationPrefix = "station:";
constexpr std::string_view areaPrefix = "area:";

void addMedia(Json& json, const std::optional<Source>& source) {
    if (source) json["media"] = std::get<MediaSource>(*source).media.text();
}

Json overrideJson(const StationOverride& own) {
    Json json{{"original", formatInstant(own.original)}, {"station", own.station.text()}};
    if (own.dropped) json["dropped"] = true;
    if (own.start) json["start"] = formatInstant(*own.start);
    addMedia(json, own.source);
    return json;
}

}  // namespace

Json toJson(const MediaItem& item) {
    Json json{{"id", item.id.text()},
              {"title", item.title},
              {"bytes", item.bytes},
              {"frames", item.frames},
              {"seconds", static_cast<double>(item.length().count()) / 1000.0},
              {"loudnessLufs", item.loudnessLufs},
              {"truePeakDbtp", item.truePeakDbtp},
              {"created", formatInstant(item.created)}};
    if (!item.originalName.empty()) json["originalName"] = item.originalName;
    if (!item.text.empty()) json["text"] = item.text;
    return json;
}

Json toJson(const Event& event) {
    Json targets = Json::array();
    for (const auto& target : event.targets) targets.push_back(toText(target));
    Json json{{"id", event.id.text()},         {"title", event.title},           {"class", toText(event.messageClass)},
              {"targets", std::move(targets)}, {"policy", toJson(event.policy)}, {"sequence", event.sequence}};
    addMedia(json, event.source);
    if (event.owner) json["owner"] = event.owner->text();
    if (event.campaign) json["campaign"] = event.campaign->text();
    if (!event.stationOverrides.empty()) {
        json["stationOverrides"] = Json::array();
        for (const auto& own : event.stationOverrides) json["stationOverrides"].push_back(overrideJson(own));
    }
    return json;
}

Json toJson(const Occurrence& occurrence) {
    Json json{{"event", occurrence.event.text()},
              {"original", formatInstant(occurrence.original)},
              {"at", toJson(occurrence.at)},
              {"title", occurrence.title}};
    addMedia(json, occurrence.source);
    return json;
}

Json toJson(const Rejection& rejection) {
    return {{"event", rejection.event.text()}, {"original", formatInstant(rejection.original)},
            {"at", toJson(rejection.at)},      {"title", rejection.title},
            {"code", rejection.code},          {"vi", rejection.reason.vi},
            {"en", rejection.reason.en}};
}

Json toJson(const Slot& slot) {
    Json json{{"id", slot.id.text()},          {"event", slot.event.text()}, {"original", formatInstant(slot.original)},
              {"repeat", slot.repeat},         {"title", slot.title},        {"class", toText(slot.messageClass)},
              {"policy", toJson(slot.policy)}, {"at", toJson(slot.at)},      {"media", slot.media.text()},
              {"bytes", slot.bytes},           {"frames", slot.frames}};
    if (slot.gainDb != 0) json["gainDb"] = slot.gainDb;
    return json;
}

Slot slotFrom(ObjectReader reader) {
    Slot slot;
    slot.id = SlotId{reader.text("id", 2000)};
    slot.event = EventId{reader.text("event", 1000)};
    slot.original = reader.instant("original");
    slot.repeat = static_cast<int>(reader.integer("repeat", 0, 100));
    slot.title = reader.text("title", titleBytesLimit);
    slot.messageClass = choiceFrom<MessageClass>(reader, "class");
    slot.policy = policyFrom(reader.object("policy"));
    slot.at = reader.interval("at");
    slot.media = MediaId{reader.text("media", sha256Digits)};
    slot.bytes = reader.integer("bytes", 1, INT64_MAX);
    slot.frames = reader.integer("frames", 1, mostFrames);
    if (reader.has("gainDb")) slot.gainDb = static_cast<int>(reader.integer("gainDb", lowestVolumeCeilingDb, 0));
    reader.end();
    return slot;
}

std::string toText(const Target& target) {
    const auto* station = std::get_if<StationId>(&target);
    if (station) return std::string{stationPrefix} + station->text();
    return std::string{areaPrefix} + std::get<AreaId>(target).text();
}

Target targetFromText(std::string_view text) {
    if (text.starts_with(stationPrefix)) return StationId{std::string{text.substr(stationPrefix.size())}};
    if (text.starts_with(areaPrefix)) return AreaId{std::string{text.substr(areaPrefix.size())}};
    throw Error{Fault::invalid,
                "bad-target",
                {"Nơi phát phải ghi là “station:mã trạm” hoặc “area:mã địa bàn”.",
                 "a target reads 'station:<id>' or 'area:<id>'"}};
}

}  // namespace loa
