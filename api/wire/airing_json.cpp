#include "api/wire/airing_json.h"

#include "api/wire/json.h"
#include "scheduler/domain/event.h"

namespace loa {
namespace {

Json idJson(const AiringId& id) {
    return {{"station", id.station.text()}, {"epoch", id.epoch}, {"sequence", id.sequence}};
}

AiringId idFrom(ObjectReader reader) {
    AiringId id;
    id.station = StationId{reader.text("station", 100)};
    id.epoch = reader.integer("epoch", 1, INT64_MAX);
    id.sequence = reader.integer("sequence", 1, INT64_MAX);
    reader.end();
    return id;
}

Json airingJson(const Airing& airing) {
    Json json{{"id", idJson(airing.id)},
              {"slot", airing.slot.text()},
              {"title", airing.title},
              {"media", airing.media.text()},
              {"revision", airing.revision},
              {"planned", toJson(airing.planned)},
              {"plannedFrames", airing.plannedFrames},
              {"result", toText(airing.result)},
              {"reason", toText(airing.reason)},
              {"detail", airing.detail},
              {"startErrorMicroseconds", airing.startErrorMicroseconds},
              {"frames", airing.frames},
              {"level", toJson(airing.level)},
              {"bootId", airing.bootId},
              {"sinceBootMs", airing.sinceBoot.count()}};
    if (airing.heard) json["heard"] = toJson(*airing.heard);
    if (airing.clockTrust) json["clockTrust"] = toText(*airing.clockTrust);
    if (airing.rebased) json["rebased"] = true;
    return json;
}

Airing airingFrom(ObjectReader reader) {
    Airing airing;
    airing.id = idFrom(reader.object("id"));
    airing.slot = SlotId{reader.text("slot", 2000)};
    airing.title = reader.text("title", titleBytesLimit);
    airing.media = MediaId{reader.text("media", 64)};
    airing.revision = reader.integer("revision", 0, INT64_MAX);
    airing.planned = reader.interval("planned");
    airing.plannedFrames = reader.integer("plannedFrames", 0, INT64_MAX);
    airing.result = choiceFrom<AiringResult>(reader, "result");
    airing.reason = choiceFrom<MissReason>(reader, "reason");
    airing.detail = reader.text("detail", 1000);
    if (reader.has("heard")) airing.heard = reader.interval("heard");
    airing.startErrorMicroseconds = reader.integer("startErrorMicroseconds", INT64_MIN, INT64_MAX);
    airing.frames = reader.integer("frames", 0, INT64_MAX);
    airing.level = levelFrom(reader.object("level"));
    airing.bootId = reader.text("bootId", 64);
    airing.sinceBoot = Milliseconds{reader.integer("sinceBootMs", 0, INT64_MAX)};
    if (reader.has("clockTrust")) airing.clockTrust = choiceFrom<ClockTrust>(reader, "clockTrust");
    if (reader.has("rebased")) airing.rebased = reader.boolean("rebased");
    reader.end();
    if (airing.heard.has_value() != (airing.frames > 0))
        reader.refuse("heard", "must be there exactly when frames were heard");
    return airing;
}

}  // namespace

std::string airingsToJson(std::span<const Airing> airings) {
    Json list = Json::array();
    for (const auto& airing : airings) list.push_back(airingJson(airing));
    return dump({{"airings", std::move(list)}});
}

std::vector<Airing> airingsFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    const Json& list = reader.array("airings", maximumAiringsInBatch);
    std::vector<Airing> airings;
    for (std::size_t i = 0; i < list.size(); ++i)
        airings.push_back(airingFrom({list[i], "airings[" + std::to_string(i) + ']'}));
    reader.end();
    return airings;
}

std::string receiptToJson(std::span<const AiringId> received) {
    Json list = Json::array();
    for (const auto& id : received) list.push_back(idJson(id));
    return dump({{"received", std::move(list)}});
}

std::vector<AiringId> receiptFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    const Json& list = reader.array("received", maximumAiringsInBatch);
    std::vector<AiringId> received;
    for (std::size_t i = 0; i < list.size(); ++i)
        received.push_back(idFrom({list[i], "received[" + std::to_string(i) + ']'}));
    reader.end();
    return received;
}

}  // namespace loa
