#include "api/wire/status_json.h"

#include "api/wire/json.h"

namespace loa {

std::string toJson(const StationStatus& status) {
    Json json{
        {"revision", status.revision}, {"mediaReady", status.mediaReady},         {"mediaWanted", status.mediaWanted},
        {"output", status.output},     {"waitingAirings", status.waitingAirings}, {"said", formatInstant(status.said)}};
    if (status.onAir)
        json["onAir"] = {{"slot", status.onAir->text()}, {"title", status.onAirTitle}, {"frames", status.onAirFrames}};
    if (status.spoolReplaced) json["spoolReplaced"] = formatInstant(*status.spoolReplaced);
    return dump(json);
}

StationStatus statusFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    StationStatus status;
    status.revision = reader.integer("revision", 0, INT64_MAX);
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
    if (reader.has("spoolReplaced")) status.spoolReplaced = reader.instant("spoolReplaced");
    reader.end();
    return status;
}

}  // namespace loa
