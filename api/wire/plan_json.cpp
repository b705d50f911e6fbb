#include "api/wire/plan_json.h"

namespace loa {
namespace {

constexpr std::size_t eventIdBytes = 255;

Json contenderJson(const Contender& contender) {
    return {{"event", contender.event.text()},
            {"original", formatInstant(contender.original)},
            {"at", toJson(contender.at)},
            {"title", contender.title}};
}

struct NamedOccurrence {
    EventId event;
    Instant original;
};

NamedOccurrence occurrenceFrom(ObjectReader reader) {
    NamedOccurrence named{EventId{reader.text("event", eventIdBytes)}, reader.instant("original")};
    reader.end();
    return named;
}

}  // namespace

Json toJson(const ClashToSettle& clash) {
    return {{"station", clash.station.text()},
            {"upper", contenderJson(clash.upper)},
            {"own", contenderJson(clash.own)},
            {"deadline", formatInstant(clash.deadline)}};
}

Json toJson(const Settlement& settlement) {
    return {{"winner", toText(settlement.winner)},
            {"decided", formatInstant(settlement.decided)},
            {"decidedBy", settlement.decidedBy}};
}

Settlement settlementFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    const auto upper = occurrenceFrom(reader.object("upper"));
    const auto own = occurrenceFrom(reader.object("own"));
    Settlement settlement;
    settlement.upperEvent = upper.event;
    settlement.upperOriginal = upper.original;
    settlement.ownEvent = own.event;
    settlement.ownOriginal = own.original;
    settlement.winner = choiceFrom<SettlementWinner>(reader, "winner");
    reader.end();
    return settlement;
}

}  // namespace loa
