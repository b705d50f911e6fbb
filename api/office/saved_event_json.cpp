#include "api/office/saved_event_json.h"

#include "api/wire/event_json.h"
#include "api/wire/plan_json.h"

namespace loa {
namespace {

Json idsJson(const std::vector<StationId>& stations) {
    Json ids = Json::array();
    for (const auto& station : stations) ids.push_back(station.text());
    return ids;
}

Json clashJson(const Clash& clash) {
    return {{"event", clash.other.text()},
            {"title", clash.title},
            {"outcome", toText(clash.outcome)},
            {"occurrences", clash.meetings},
            {"first", {{"at", toJson(clash.first.at)}, {"otherAt", toJson(clash.first.otherAt)}}},
            {"last", formatInstant(clash.last)},
            {"stations", idsJson(clash.stations)},
            {"vi", clash.words.vi},
            {"en", clash.words.en}};
}

Json closedJson(const ClosedTimes& closed) {
    return {{"code", closed.why.code},
            {"occurrences", closed.starts.size()},
            {"first", formatInstant(closed.starts.front())},
            {"last", formatInstant(closed.starts.back())},
            {"stations", idsJson(closed.stations)},
            {"vi", closed.why.words.vi},
            {"en", closed.why.words.en}};
}

template <class Values, class Make>
Json listOf(const Values& values, const Make& make) {
    Json list = Json::array();
    for (const auto& value : values) list.push_back(make(value));
    return list;
}

Json savedList(const std::vector<SavedEvent>& saved) {
    return listOf(saved, [](const SavedEvent& each) { return toJson(each); });
}

Json noticeJson(const EventNotice& notice) {
    return {{"line", notice.line}, {"code", notice.code}, {"vi", notice.words.vi}, {"en", notice.words.en}};
}

Json verdictJson(const EventVerdict& verdict) {
    return {{"event", verdict.event.text()}, {"title", verdict.title},
            {"line", verdict.line},          {"verdict", toText(verdict.verdict)},
            {"code", verdict.code},          {"vi", verdict.reason.vi},
            {"en", verdict.reason.en}};
}

}  // namespace

Json toJson(const SavedEvent& saved) {
    return {{"event", toJson(saved.event)},
            {"clashes", listOf(saved.clashes, clashJson)},
            {"closed", listOf(saved.closed, closedJson)}};
}

Json toJson(const SavedEvents& saved) {
    return {{"events", savedList(saved.events)}, {"notices", listOf(saved.notices, noticeJson)}};
}

Json toJson(const ImportedEvents& imported) {
    return {{"verdicts", listOf(imported.verdicts, verdictJson)},
            {"events", savedList(imported.events)},
            {"notices", listOf(imported.notices, noticeJson)}};
}

Json toJson(const EditedEvents& edited) {
    return {{"events", savedList(edited.events)}, {"lost", listOf(edited.lost, formatInstant)}};
}

Json toJson(const SettledClash& clash) {
    Json json = toJson(clash.clash);
    json["winner"] = toText(clash.winner());
    json["isFinal"] = clash.isFinal;
    if (clash.settlement) json["settlement"] = toJson(*clash.settlement);
    return json;
}

}  // namespace loa
