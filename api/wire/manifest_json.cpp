#include "api/wire/manifest_json.h"

#include "api/wire/event_json.h"
#include "api/wire/json.h"
#include "api/wire/place_json.h"

namespace loa {
namespace {

constexpr std::size_t quietLimit = 10'000;  ///< quiet hours in a window

Json thresholdsJson(const Thresholds& thresholds) {
    return {{"startToleranceMs", thresholds.startTolerance.count()},
            {"heardShare", thresholds.heardShare},
            {"silenceDbfs", thresholds.silenceDbfs}};
}

Thresholds thresholdsFrom(ObjectReader reader) {
    Thresholds thresholds;
    thresholds.startTolerance = Milliseconds{reader.integer("startToleranceMs", 0, 600'000)};
    thresholds.heardShare = reader.number("heardShare", 0, 1);
    thresholds.silenceDbfs = reader.number("silenceDbfs", -120, 0);
    reader.end();
    return thresholds;
}

Json approvalJson(const ApprovalStamp& approval) {
    return {{"event", approval.event.text()},
            {"content", approval.content},
            {"by", approval.by},
            {"at", formatInstant(approval.at)}};
}

ApprovalStamp approvalFrom(ObjectReader reader) {
    ApprovalStamp approval;
    approval.event = EventId{reader.text("event", 255)};
    approval.content = reader.text("content", 64);
    approval.by = reader.text("by", 100);
    approval.at = reader.instant("at");
    reader.end();
    return approval;
}

Interval intervalFrom(ObjectReader reader) {
    const Interval interval{reader.instant("start"), reader.instant("end")};
    reader.end();
    if (interval.end < interval.start) reader.refuse("end", "is before the start");
    return interval;
}

}  // namespace

std::string toJson(const Manifest& manifest) {
    Json approvals = Json::array();
    for (const auto& approval : manifest.approvals) approvals.push_back(approvalJson(approval));
    Json quiet = Json::array();
    for (const auto& hours : manifest.quiet) quiet.push_back(toJson(hours));
    Json slots = Json::array();
    for (const auto& slot : manifest.slots) slots.push_back(toJson(slot));
    Json json{{"format", 1},
              {"station", manifest.station.text()},
              {"revision", manifest.revision},
              {"issued", formatInstant(manifest.issued)},
              {"window", toJson(manifest.window)},
              {"zone", manifest.zone},
              {"thresholds", thresholdsJson(manifest.thresholds)},
              {"slots", std::move(slots)},
              {"approvals", std::move(approvals)},
              {"quiet", std::move(quiet)}};
    if (manifest.trim != Milliseconds{0}) json["trimMs"] = manifest.trim.count();
    return dump(json);
}

Manifest manifestFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    reader.integer("format", 1, 1);
    Manifest manifest;
    manifest.station = StationId{reader.text("station", 100)};
    manifest.revision = reader.integer("revision", 1, INT64_MAX);
    manifest.issued = reader.instant("issued");
    manifest.window = reader.interval("window");
    manifest.zone = reader.text("zone", 100);
    manifest.thresholds = thresholdsFrom(reader.object("thresholds"));
    if (reader.has("trimMs")) manifest.trim = trimFrom(reader);
    const Json& slots = reader.array("slots", manifestSlotsLimit);
    for (std::size_t i = 0; i < slots.size(); ++i)
        manifest.slots.push_back(slotFrom({slots[i], "slots[" + std::to_string(i) + ']'}));
    const Json& approvals = reader.array("approvals", manifestSlotsLimit);
    for (std::size_t i = 0; i < approvals.size(); ++i)
        manifest.approvals.push_back(approvalFrom({approvals[i], "approvals[" + std::to_string(i) + ']'}));
    if (reader.has("quiet")) {  // a plan on a station's disk may be of an office that did not say
        const Json& quiet = reader.array("quiet", quietLimit);
        for (std::size_t i = 0; i < quiet.size(); ++i)
            manifest.quiet.push_back(intervalFrom({quiet[i], "quiet[" + std::to_string(i) + ']'}));
    }
    reader.end();
    return manifest;
}

}  // namespace loa
