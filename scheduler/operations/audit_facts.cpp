#include "scheduler/operations/audit_facts.h"

#include "api/wire/airtime_json.h"
#include "api/wire/event_json.h"
#include "api/wire/place_json.h"
#include "scheduler/calendar/edit_event.h"
#include "scheduler/calendar/zones.h"
#include "scheduler/operations/save_events.h"

namespace loa {
namespace {

void addEnd(Json& json, const std::optional<Instant>& expires) {
    if (expires) json["expires"] = formatInstant(*expires);
}

/// A stored event that this version reads no more must still be one that can be removed.
void addWhen(Json& json, const Event& event) {
    try {
        const auto draft = draftOf(event);
        json["start"] = formatLocalTime(draft.start);
        json["zone"] = draft.zone;
        if (!draft.rule.empty()) json["rule"] = draft.rule;
    } catch (const Error& error) {
        json["start"] = error.code();
    }
}

Json occurrenceJson(const EventId& event, Instant original) {
    return {{"event", event.text()}, {"original", formatInstant(original)}};
}

}  // namespace

Json auditFacts(const Area& area) {
    return toJson(area);
}

Json auditFacts(const Station& station) {
    return toJson(station);
}

Json auditFacts(const StationIdentity& identity) {
    Json json{{"number", identity.number}, {"words", identity.words}};
    if (identity.epoch != 0) json["airings"] = {{"epoch", identity.epoch}, {"lastSequence", identity.lastSequence}};
    if (identity.retired) json["retired"] = formatInstant(*identity.retired);
    return json;
}

Json auditFacts(const std::vector<Airtime>& rules) {
    return toJson(rules);
}

Json auditFacts(const Event& event) {
    auto json = toJson(event);
    addWhen(json, event);
    json["tag"] = eventTag(event);
    return json;
}

Json auditFacts(const Campaign& campaign) {
    Json json{{"title", campaign.title},
              {"class", toText(campaign.messageClass)},
              {"targets", Json::array()},
              {"announcements", Json::array()},
              {"first", formatDay(campaign.first)},
              {"last", formatDay(campaign.last)},
              {"airingsPerDay", campaign.airingsPerDay},
              {"smallestGapMinutes", campaign.smallestGap.count()},
              {"share", campaign.share},
              {"dayparts", campaign.dayparts}};
    for (const auto& target : campaign.targets) json["targets"].push_back(toText(target));
    for (const auto& announcement : campaign.announcements) json["announcements"].push_back(announcement.id.text());
    if (campaign.owner) json["owner"] = campaign.owner->text();
    return json;
}

Json auditFacts(const Settlement& settlement) {
    return {{"upper", occurrenceJson(settlement.upperEvent, settlement.upperOriginal)},
            {"own", occurrenceJson(settlement.ownEvent, settlement.ownOriginal)},
            {"winner", toText(settlement.winner)}};
}

Json auditFacts(const Review& review) {
    Json json{{"state", toText(review.state)}};
    if (!review.by.empty()) json["by"] = review.by;
    if (!review.content.empty()) json["content"] = review.content;
    if (!review.reason.empty()) json["reason"] = review.reason;
    return json;
}

Json auditFacts(const Hearing& hearing) {
    Json json = Json::object();
    if (hearing.served) json["served"] = formatInstant(*hearing.served);
    if (hearing.reported) json["heard"] = formatInstant(*hearing.reported);
    return json;
}

Json auditFacts(const Feed& feed) {
    return {{"target", std::visit([](const auto& id) { return auditObject(id); }, feed.target)}, {"name", feed.name}};
}

Json auditFacts(const Token& token) {
    Json json{{"kind", toText(token.kind)}, {"name", token.name}};
    if (token.station) json["station"] = token.station->text();
    addEnd(json, token.expires);
    return json;
}

Json auditFacts(const MediaItem& item) {
    return {{"title", item.title}, {"bytes", item.bytes}, {"originalSha256", item.originalSha256.text()}};
}

Json auditFacts(const OrderTemplate& made) {
    Json json{{"type", toText(made.type)}, {"title", made.title}, {"media", made.sound.media.text()}};
    if (made.area) json["area"] = made.area->text();
    if (made.approved) json["approvedBy"] = made.approvedBy;
    return json;
}

Json auditFacts(const OfficeOrder& order) {
    Json json{{"type", toText(order.type)}, {"state", toText(order.state)}, {"title", order.title}};
    if (order.sound) json["media"] = order.sound->media.text();
    if (order.from) json["template"] = order.from->text();
    if (order.of) json["of"] = order.of->text();
    if (order.number > 0) json["number"] = order.number;
    if (order.alone) json["alone"] = true;
    return json;
}

Json auditFacts(const OfficeOrder& order, const std::vector<OrderAtStation>& stations) {
    auto json = auditFacts(order);
    json["stations"] = Json::array();
    for (const auto& each : stations) json["stations"].push_back(each.station.text());
    return json;
}

Json auditFacts(const Person& person) {
    Json json{{"roles", Json::array()}, {"secondFactor", person.secondFactor.has_value()}};
    for (const auto& grant : person.grants)
        json["roles"].push_back(std::string{toText(grant.role)} + (grant.area ? '@' + grant.area->text() : ""));
    if (person.disabled) json["disabled"] = formatInstant(*person.disabled);
    if (person.unvouched) json["unvouched"] = person.unvouched->by.text();
    return json;
}

Json auditFacts(const Upload& upload) {
    Json json{{"title", upload.title}};
    if (!upload.name.empty()) json["name"] = upload.name;
    if (upload.size > 0) json["bytes"] = upload.size;
    if (!upload.text.empty()) json["textBlake2b"] = blake2bHex(upload.text);
    return json;
}

}  // namespace loa
