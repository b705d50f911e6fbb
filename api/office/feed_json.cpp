#include "api/office/feed_json.h"

namespace loa {
namespace {

constexpr std::size_t idBytes = 255;
constexpr std::size_t nameCharacters = 300;
constexpr std::string_view stationPrefix = "station:";
constexpr std::string_view areaPrefix = "area:";
constexpr std::string_view campaignPrefix = "campaign:";

FeedTarget feedTargetFrom(const std::string& text) {
    if (text.starts_with(stationPrefix)) return StationId{text.substr(stationPrefix.size())};
    if (text.starts_with(areaPrefix)) return AreaId{text.substr(areaPrefix.size())};
    if (text.starts_with(campaignPrefix)) return CampaignId{text.substr(campaignPrefix.size())};
    throw Error{Fault::invalid,
                "bad-target",
                {"Lịch chia sẻ phải ghi là “station:mã trạm”, “area:mã địa bàn” hoặc “campaign:mã đợt”.",
                 "what a feed shows reads 'station:<id>', 'area:<id>' or 'campaign:<id>'"}};
}

struct TargetText {
    std::string operator()(const StationId& id) const { return std::string{stationPrefix} + id.text(); }
    std::string operator()(const AreaId& id) const { return std::string{areaPrefix} + id.text(); }
    std::string operator()(const CampaignId& id) const { return std::string{campaignPrefix} + id.text(); }
};

}  // namespace

FeedBody feedBodyFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    FeedBody body{feedTargetFrom(reader.text("target", idBytes)), ""};
    if (reader.has("name")) body.name = reader.text("name", nameCharacters);
    reader.end();
    return body;
}

Json toJson(const Feed& feed) {
    Json json{{"id", feed.id.text()},
              {"target", std::visit(TargetText{}, feed.target)},
              {"name", feed.name},
              {"created", formatInstant(feed.created)}};
    if (feed.lastUsed) json["lastUsed"] = formatInstant(*feed.lastUsed);
    return json;
}

}  // namespace loa
