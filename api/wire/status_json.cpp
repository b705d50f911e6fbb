#include "api/wire/status_json.h"

#include "api/wire/json.h"
#include "scheduler/domain/manifest.h"

namespace loa {

std::string toJson(const StationStatus& status) {
    Json json{
        {"revision", status.revision}, {"mediaReady", status.mediaReady},         {"mediaWanted", status.mediaWanted},
        {"output", status.output},     {"waitingAirings", status.waitingAirings}, {"said", formatInstant(status.said)}};
    if (status.onAir)
        json["onAir"] = {{"slot", status.onAir->text()}, {"title", status.onAirTitle}, {"frames", status.onAirFrames}};
    if (status.epoch != 0) json["airings"] = {{"epoch", status.epoch}, {"lastSequence", status.lastSequence}};
    if (status.spoolReplaced) json["spoolReplaced"] = formatInstant(*status.spoolReplaced);
    if (status.clockTrust) json["clockTrust"] = toText(*status.clockTrust);
    return dump(json);
}

StationStatus statusFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    StationStatus status;
    status.revision = reader.integer("revision", 0, manifestRevisionLimit);
    status.mediaReady = static_cast<int>(reader.integer("mediaReady", 0, 1'000'000));
    status.mediaWanted = static_cast<int>(reader.integer("mediaWanted", 0, 1'000'000));
    status.output = reader.text("output", 32);
    status.waitingAirings = reader.integer("waitingAirings", 0, INT64_MAX);
    status.said = reader.instant("said");
    if (reader.has("onAir")) {
        auto onAir = reader.object("onAir");
        status.onAir = SlotId{onAir.text("slot", 2000)};
        status.onAirTitle = onAir.text("title", 1000);
        status.onAirFrames = onAir.integer("frames", 0, INT64_MAX);
        onAir.end();
    }
    if (reader.has("airings")) {
        auto airings = reader.object("airings");
        status.epoch = airings.integer("epoch", 1, INT64_MAX);
        status.lastSequence = airings.integer("lastSequence", 0, INT64_MAX);
        airings.end();
    }
    if (reader.has("spoolReplaced")) status.spoolReplaced = reader.instant("spoolReplaced");
    if (reader.has("clockTrust")) status.clockTrust = choiceFrom<ClockTrust>(reader, "clockTrust");
    reader.end();
    return status;
}

std::string toJson(const LackingAirings& lacking) {
    Json ranges = Json::array();
    for (const auto& range : lacking.ranges) ranges.push_back({{"first", range.first}, {"last", range.last}});
    return dump({{"lacking", {{"epoch", lacking.epoch}, {"ranges", std::move(ranges)}}}});
}

LackingAirings lackingFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    auto body = reader.object("lacking");
    LackingAirings lacking;
    lacking.epoch = body.integer("epoch", 1, INT64_MAX);
    const Json& ranges = body.array("ranges", lackingRangesLimit);
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        ObjectReader range{ranges[i], "lacking.ranges[" + std::to_string(i) + ']'};
        const auto first = range.integer("first", 1, INT64_MAX);
        lacking.ranges.push_back({first, range.integer("last", first, INT64_MAX)});
        range.end();
    }
    body.end();
    reader.end();
    return lacking;
}

}  // namespace loa
