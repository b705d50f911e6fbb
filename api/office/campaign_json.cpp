#include "api/office/campaign_json.h"

#include <map>

#include "api/office/targets_json.h"
#include "api/wire/event_json.h"
#include "scheduler/calendar/edit_event.h"

namespace loa {
namespace {

constexpr std::size_t idBytes = 255;
constexpr std::size_t announcementsLimit = 1000;
constexpr std::size_t daypartsLimit = 100;
constexpr std::int64_t airingsLimit = 48;
constexpr std::int64_t minutesOfDay = 24 * 60;

std::vector<std::string> textsFrom(ObjectReader& reader, std::string_view member, std::size_t limit) {
    std::vector<std::string> texts;
    for (const auto& each : reader.array(member, limit)) {
        if (!each.is_string() || each.get_ref<const std::string&>().size() > idBytes)
            reader.refuse(member, "has short texts only");
        texts.push_back(each.get<std::string>());
    }
    return texts;
}

Json scoreJson(const CampaignScore& score) {
    return {{"airings", score.airings},
            {"stationSpread", score.stationSpread},
            {"daySpread", score.daySpread},
            {"announcementSpread", score.announcementSpread},
            {"smallestGapMinutes", shortestGap(static_cast<int>(score.smallestGap)).count()},
            {"moves", score.moves}};
}

/// Days that miss airings for the same reason, at one station, are one row.
Json missingJson(const std::vector<MissingAirings>& missing) {
    std::map<std::tuple<StationId, std::string, std::string>, Json> rows;
    for (const auto& each : missing) {
        auto& row = rows[{each.station, each.code, each.reason.vi}];
        if (row.is_null())
            row = {{"station", each.station.text()}, {"airings", 0},
                   {"days", Json::array()},          {"code", each.code},
                   {"vi", each.reason.vi},           {"en", each.reason.en}};
        row["airings"] = row["airings"].get<std::int64_t>() + each.count;
        row["days"].push_back(formatDay(each.day));
    }
    Json list = Json::array();
    for (auto& [_, row] : rows) list.push_back(std::move(row));
    return list;
}

Json leftJson(const std::vector<AirtimeLeft>& left) {
    Json list = Json::array();
    for (const auto& each : left)
        list.push_back({{"station", each.station.text()},
                        {"daypart", each.daypart},
                        {"leftSeconds", secondsOf(each.left)},
                        {"takenSeconds", secondsOf(each.taken)}});
    return list;
}

Json eventsJson(const std::vector<Event>& events) {
    Json list = Json::array();
    for (const auto& event : events) {
        const auto draft = draftOf(event);
        Json json = toJson(event);
        json["start"] = formatLocalTime(draft.start);
        json["zone"] = draft.zone;
        if (!draft.rule.empty()) json["rule"] = draft.rule;
        list.push_back(std::move(json));
    }
    return list;
}

Json placementsJson(const std::vector<Placement>& placements) {
    Json list = Json::array();
    for (const auto& each : placements)
        list.push_back({{"station", each.station.text()},
                        {"announcement", each.announcement.text()},
                        {"start", formatInstant(each.start)}});
    return list;
}

}  // namespace

Campaign campaignFromJson(const CampaignId& id, std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    Campaign campaign;
    campaign.id = id;
    campaign.title = reader.text("title", titleBytesLimit);
    if (reader.has("class")) campaign.messageClass = choiceFrom<MessageClass>(reader, "class");
    campaign.targets = targetsFrom(reader);
    if (reader.has("owner")) campaign.owner = AreaId{reader.text("owner", idBytes)};
    for (auto& media : textsFrom(reader, "announcements", announcementsLimit)) {
        MediaItem announcement;
        announcement.id = MediaId{std::move(media)};
        campaign.announcements.push_back(std::move(announcement));
    }
    campaign.first = reader.day("first");
    campaign.last = reader.day("last");
    campaign.airingsPerDay = static_cast<int>(reader.integer("airingsPerDay", 1, airingsLimit));
    if (reader.has("smallestGapMinutes"))
        campaign.smallestGap = std::chrono::minutes{reader.integer("smallestGapMinutes", 0, minutesOfDay)};
    if (reader.has("share")) campaign.share = reader.number("share", 0, 1);
    if (reader.has("dayparts")) campaign.dayparts = textsFrom(reader, "dayparts", daypartsLimit);
    reader.end();
    return campaign;
}

Json toJson(const Campaign& campaign) {
    Json targets = Json::array();
    for (const auto& target : campaign.targets) targets.push_back(toText(target));
    Json announcements = Json::array();
    for (const auto& announcement : campaign.announcements) announcements.push_back(announcement.id.text());
    Json json{{"id", campaign.id.text()},
              {"title", campaign.title},
              {"class", toText(campaign.messageClass)},
              {"targets", std::move(targets)},
              {"announcements", std::move(announcements)},
              {"first", formatDay(campaign.first)},
              {"last", formatDay(campaign.last)},
              {"airingsPerDay", campaign.airingsPerDay},
              {"smallestGapMinutes", campaign.smallestGap.count()},
              {"share", campaign.share},
              {"dayparts", campaign.dayparts}};
    if (campaign.owner) json["owner"] = campaign.owner->text();
    return json;
}

Json toJson(const PlannedCampaign& planned, bool withPlacements) {
    const auto& proposal = planned.proposal;
    Json json{{"campaign", toJson(planned.campaign)},
              {"score", scoreJson(proposal.score)},
              {"isBest", proposal.proven},
              {"missing", missingJson(proposal.missing)},
              {"airtimeLeft", leftJson(proposal.left)},
              {"events", eventsJson(planned.events)},
              {"eventsChanged", planned.changed},
              {"eventsRemoved", planned.removed}};
    if (withPlacements) json["placements"] = placementsJson(proposal.placements);
    return json;
}

}  // namespace loa
