#include "api/office/audit_json.h"

namespace loa {
namespace {

void addState(Json& json, const char* member, const std::string& text) {
    if (text.empty()) return;
    constexpr auto noCallback = nullptr;
    constexpr bool throws = false;
    auto state = Json::parse(text, noCallback, throws);
    json[member] = state.is_object() ? std::move(state) : Json{text};
}

Json breakJson(const AuditBreak& found) {
    Json json{{"code", found.code}};
    if (found.number > 0) json["number"] = found.number;
    if (found.line > 0) json["headLine"] = found.line;
    json["vi"] = found.words.vi;
    json["en"] = found.words.en;
    return json;
}

}  // namespace

Json toJson(const AuditEntry& entry) {
    Json actor{{"kind", toText(entry.actor.kind)}, {"name", entry.actor.name}};
    if (!entry.actor.address.empty()) actor["address"] = entry.actor.address;
    Json json{{"number", entry.number},
              {"at", formatInstant(entry.at)},
              {"actor", std::move(actor)},
              {"verb", entry.verb},
              {"object", entry.object}};
    addState(json, "before", entry.before);
    addState(json, "after", entry.after);
    json["hash"] = entry.hash;
    return json;
}

Json toJson(const AuditVerification& verification) {
    Json json{{"intact", verification.intact()}, {"entries", verification.entries}};
    if (const auto& head = verification.newest)
        json["newestHead"] = {{"day", formatDay(head->day)}, {"number", head->number}, {"hash", head->hash}};
    json["breaks"] = Json::array();
    for (const auto& found : verification.breaks) json["breaks"].push_back(breakJson(found));
    json["restores"] = Json::array();
    for (const auto& [number, words] : verification.restores)
        json["restores"].push_back({{"number", number}, {"vi", words.vi}, {"en", words.en}});
    return json;
}

}  // namespace loa
