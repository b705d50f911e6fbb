#include "api/office/event_edit_json.h"

#include "api/office/targets_json.h"
#include "api/wire/policy_json.h"

namespace loa {
namespace {

constexpr std::size_t idBytes = 255;
constexpr std::size_t ruleBytes = 1000;
constexpr std::size_t descriptionBytes = 20'000;
constexpr std::size_t mediaBytes = 64;
constexpr std::int64_t longestSeconds = 366 * 86'400;

LocalTime localTimeFrom(ObjectReader& reader, std::string_view member) {
    if (const auto time = parseLocalTime(reader.text(member, 19))) return *time;
    reader.refuse(member, "must be a local time such as \"2027-03-01T05:00:00\"");
}

Milliseconds durationFrom(ObjectReader& reader) {
    return std::chrono::seconds{reader.integer("durationSeconds", 1, longestSeconds)};
}

Source sourceFrom(ObjectReader& reader) {
    return MediaSource{MediaId{reader.text("media", mediaBytes)}};
}

EventChange eventChangeFrom(ObjectReader reader) {
    EventChange change;
    if (reader.has("title")) change.title = reader.text("title", titleBytesLimit);
    if (reader.has("media")) change.source = std::optional{sourceFrom(reader)};
    if (reader.has("class")) change.messageClass = choiceFrom<MessageClass>(reader, "class");
    if (reader.has("targets")) change.targets = targetsFrom(reader);
    if (reader.has("policy")) change.policy = policyFrom(reader.object("policy"));
    if (reader.has("start")) change.start = localTimeFrom(reader, "start");
    if (reader.has("durationSeconds")) change.duration = durationFrom(reader);
    if (reader.has("rule")) change.rule = reader.text("rule", ruleBytes);
    if (reader.has("description")) change.description = reader.text("description", descriptionBytes);
    reader.end();
    return change;
}

OccurrenceChange occurrenceChangeFrom(ObjectReader reader) {
    OccurrenceChange change;
    if (reader.has("title")) change.title = reader.text("title", titleBytesLimit);
    if (reader.has("media")) change.source = sourceFrom(reader);
    if (reader.has("start")) change.start = reader.instant("start");
    if (reader.has("durationSeconds")) change.duration = durationFrom(reader);
    reader.end();
    return change;
}

/// What is done: exactly one of the three.
enum class Deed { change, drop, restore };

Deed deedFrom(ObjectReader& reader) {
    const bool changes = reader.has("change");
    const bool drops = reader.has("drop") && reader.boolean("drop");
    const bool restores = reader.has("restore") && reader.boolean("restore");
    if (static_cast<int>(changes) + static_cast<int>(drops) + static_cast<int>(restores) != 1)
        reader.refuse("change", "or \"drop\" or \"restore\" is asked for, and only one of them");
    return changes ? Deed::change : drops ? Deed::drop : Deed::restore;
}

void requireChange(const ObjectReader& reader, Deed deed) {
    if (deed != Deed::change) reader.refuse("change", "is needed: only single occurrences are dropped and restored");
}

EventEdit occurrenceEdit(ObjectReader& reader, Deed deed) {
    const auto original = reader.instant("original");
    if (deed == Deed::drop) return DropOccurrence{original};
    if (deed == Deed::restore) return RestoreOccurrence{original, std::nullopt};
    return EditOccurrence{original, occurrenceChangeFrom(reader.object("change"))};
}

EventEdit stationEdit(ObjectReader& reader, Deed deed) {
    StationOverride own;
    own.original = reader.instant("original");
    own.station = StationId{reader.text("station", idBytes)};
    if (deed == Deed::restore) return RestoreOccurrence{own.original, own.station};
    own.dropped = deed == Deed::drop;
    if (deed == Deed::change) {
        auto change = reader.object("change");
        if (change.has("start")) own.start = change.instant("start");
        if (change.has("media")) own.source = sourceFrom(change);
        change.end();
    }
    return EditAtStation{std::move(own)};
}

EventEdit editFrom(ObjectReader& reader) {
    const auto scope = reader.text("scope", 32);
    const auto deed = deedFrom(reader);
    if (scope == "occurrence") return occurrenceEdit(reader, deed);
    if (scope == "station") return stationEdit(reader, deed);
    if (scope != "all" && scope != "following") reader.refuse("scope", "is not one of its words");
    requireChange(reader, deed);
    if (scope == "all") return EditAll{eventChangeFrom(reader.object("change"))};
    return EditFollowing{reader.instant("original"), eventChangeFrom(reader.object("change"))};
}

}  // namespace

EventDraft eventDraftFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    EventDraft draft;
    if (reader.has("id")) draft.id = EventId{reader.text("id", idBytes)};
    draft.title = reader.text("title", titleBytesLimit);
    if (reader.has("class")) draft.facts.messageClass = choiceFrom<MessageClass>(reader, "class");
    if (reader.has("media")) draft.facts.source = sourceFrom(reader);
    if (reader.has("targets")) draft.facts.targets = targetsFrom(reader);
    draft.facts.policy =
        reader.has("policy") ? policyFrom(reader.object("policy")) : defaultPolicy(draft.facts.messageClass);
    if (reader.has("owner")) draft.facts.owner = AreaId{reader.text("owner", idBytes)};
    draft.start = localTimeFrom(reader, "start");
    if (reader.has("zone")) draft.zone = reader.text("zone", idBytes);
    draft.duration = durationFrom(reader);
    if (reader.has("rule")) draft.rule = reader.text("rule", ruleBytes);
    if (reader.has("description")) draft.description = reader.text("description", descriptionBytes);
    reader.end();
    return draft;
}

EventEdit eventEditFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    auto edit = editFrom(reader);
    reader.end();
    return edit;
}

}  // namespace loa
