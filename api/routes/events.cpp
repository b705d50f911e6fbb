#include <algorithm>

#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "api/wire/event_json.h"
#include "scheduler/calendar/read_events.h"
#include "scheduler/calendar/write_events.h"
#include "scheduler/operations/import_events.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/occurrence_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

constexpr std::string_view calendarType = "text/calendar";
constexpr std::chrono::days longestPeriod{400};

EventId eventOf(const Request& request) {
    return EventId{request.pathValue("event")};
}

Response calendarAnswer(std::span<const Event> events) {
    return Response::text(200, writeEvents(events), "text/calendar; charset=utf-8");
}

Response importAnswer(const Imported& imported) {
    Json events = Json::array();
    for (const auto& event : imported.events) events.push_back(toJson(event));
    Json notices = Json::array();
    for (const auto& notice : imported.notices)
        notices.push_back({{"line", notice.line}, {"vi", notice.words.vi}, {"en", notice.words.en}});
    return jsonAnswer(200, {{"events", std::move(events)}, {"notices", std::move(notices)}});
}

Response getEvents(const Request& request, Scheduler& scheduler) {
    const auto stored =
        scheduler.database.read([](ReadTransaction& transaction) { return EventRepository::all(transaction); });
    std::vector<Event> events;
    for (const auto& entry : stored) events.push_back(entry.event);
    if (prefers(request, calendarType)) return calendarAnswer(events);
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.title < b.title; });
    Json list = Json::array();
    for (const auto& event : events) list.push_back(toJson(event));
    return jsonAnswer(200, {{"events", std::move(list)}});
}

Response importEventsRoute(const Request& request, Scheduler& scheduler) {
    requireContentType(request, calendarType);
    ImportDefaults defaults;
    if (const auto media = request.query("media")) defaults.media = MediaId{*media};
    if (const auto target = request.query("target")) defaults.target = targetFromText(*target);
    return importAnswer(importEvents(scheduler, request.body(), defaults));
}

Response getEvent(const Request& request, Scheduler& scheduler) {
    const auto id = eventOf(request);
    const auto stored =
        scheduler.database.read([&](ReadTransaction& transaction) { return EventRepository::find(transaction, id); });
    if (!stored) throw noSuchEvent(id);
    const std::vector<Event> events{stored->event};
    auto response = prefers(request, calendarType) ? calendarAnswer(events) : jsonAnswer(200, toJson(stored->event));
    response.withEtag(eventTag(stored->event)).set("Vary", "Accept");
    return response;
}

std::optional<std::string> expectedTag(const Request& request) {
    const auto field = request.header("If-Match");
    if (!field || *field == "*") return std::nullopt;
    std::string tag{*field};
    std::erase(tag, '"');
    return tag;
}

Response putEvent(const Request& request, Scheduler& scheduler) {
    requireContentType(request, calendarType);
    return importAnswer(replaceEvent(scheduler, eventOf(request), request.body(), expectedTag(request)));
}

Response deleteEvent(const Request& request, Scheduler& scheduler) {
    removeEvent(scheduler, eventOf(request));
    return Response::noContent();
}

Interval periodOf(const Request& request) {
    const Interval period{instantFromQuery(request, "from"), instantFromQuery(request, "to")};
    if (period.start < period.end && period.length() <= longestPeriod) return period;
    throw Error{Fault::invalid,
                "bad-period",
                {"Khoảng thời gian phải kết thúc sau khi bắt đầu và không quá 400 ngày. Sửa lại hai mốc.",
                 "the period must end after it starts and span at most 400 days"}};
}

Response getOccurrences(const Request& request, Scheduler& scheduler) {
    const auto period = periodOf(request);
    const auto station = request.query("station");
    const auto occurrences = scheduler.database.read([&](ReadTransaction& transaction) {
        if (!station) return OccurrenceRepository::between(transaction, period);
        if (!StationRepository::find(transaction, StationId{*station})) throw noSuchStation(StationId{*station});
        return OccurrenceRepository::forStation(transaction, StationId{*station}, period);
    });
    Json list = Json::array();
    for (const auto& occurrence : occurrences) list.push_back(toJson(occurrence));
    return jsonAnswer(200, {{"occurrences", std::move(list)}});
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/events", Access::office, getEvents},
    {Method::post, "/v1/events", Access::office, importEventsRoute, calendarBytesLimit},
    {Method::get, "/v1/events/{event}", Access::office, getEvent},
    {Method::put, "/v1/events/{event}", Access::office, putEvent, calendarBytesLimit},
    {Method::delete_, "/v1/events/{event}", Access::office, deleteEvent},
    {Method::get, "/v1/occurrences", Access::office, getOccurrences},
};

}  // namespace

std::span<const SchedulerRoute> eventRoutes() {
    return routes;
}

}  // namespace loa
