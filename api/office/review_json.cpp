#include "api/office/review_json.h"

namespace loa {
namespace {

constexpr std::size_t reasonCharacters = 300;

template <class Id>
Json listJson(const std::set<Id>& ids) {
    Json list = Json::array();
    for (const auto& id : ids) list.push_back(id.text());
    return list;
}

}  // namespace

Json toJson(const ReviewedEvent& reviewed) {
    const auto& review = reviewed.review;
    Json json{{"event", reviewed.event.text()}, {"title", reviewed.title}, {"state", toText(review.state)}};
    if (!review.by.empty()) {
        json["by"] = review.by;
        json["at"] = formatInstant(review.at);
    }
    if (!review.reason.empty()) json["reason"] = review.reason;
    if (!review.content.empty()) json["content"] = review.content;
    json["writers"] = Json::array();
    for (const auto& writer : reviewed.writers) json["writers"].push_back(writer);
    json["unheard"] = listJson(reviewed.unheard);
    json["stations"] = listJson(reviewed.stations);
    json["awaiting"] = listJson(reviewed.awaiting);
    return json;
}

Json toJson(const std::vector<ReviewedEvent>& reviews) {
    Json list = Json::array();
    for (const auto& reviewed : reviews) list.push_back(toJson(reviewed));
    return {{"reviews", std::move(list)}};
}

Json toJson(const Hearing& hearing) {
    Json json = Json::object();
    if (hearing.served) json["served"] = formatInstant(*hearing.served);
    if (hearing.reported) json["heard"] = formatInstant(*hearing.reported);
    return json;
}

std::string reasonFromJson(const std::string& text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    auto reason = reader.has("reason") ? reader.text("reason", reasonCharacters) : "";
    reader.end();
    return reason;
}

}  // namespace loa
