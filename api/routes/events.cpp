#include <algorithm>
#include <map>

#include "api/office/event_edit_json.h"
#include "api/office/saved_event_json.h"
#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "api/wire/event_json.h"
#include "scheduler/calendar/read_events.h"
#include "scheduler/calendar/write_events.h"
#include "scheduler/operations/edit_event.h"
#include "scheduler/operations/import_events.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/occurrence_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

constexpr std::chrono::days longestPeriod{400};

EventId eventOf(const Request& request) {
    return EventId{request.pathValue("event")};
}

Response calendarAnswer(std::span<const Event> events) {
    return Response::text(200, writeEvents(events), "text/calendar; charset=utf-8");
}

/// The event, and how far it has come to the air.
Json withState(const StoredEvent& stored) {
    auto json = toJson(stored.event);
    json["state"] = toText(stored.state);
    return json;
}

Response getEvents(const Request& request, Scheduler& scheduler) {
    std::vector<StoredEvent> stored;
    scheduler.database.read([&](ReadTransaction& transaction) {
        const Sight sight{transaction, scheduler};
        for (auto& entry : EventRepository::all(transaction))
            if (sight.event(entry.event)) {
                entry.event = sight.shown(entry.event);
                stored.push_back(std::move(entry));
            }
    });
    if (prefers(request, calendarType)) {
        std::vector<Event> events;
        for (const auto& entry : stored) events.push_back(entry.event);
        return calendarAnswer(events);
    }
    Json list = Json::array();
    for (const auto& entry : stored) list.push_back(withState(entry));
    return jsonAnswer(200, {{"events", std::move(list)}});
}

/// "?remove=gone": what was imported from the same origin and is no longer in the file goes.
bool removesGone(const Request& request) {
    const auto remove = request.query("remove");
    if (!remove || *remove == "gone") return remove.has_value();
    throw Error{Fault::invalid, "bad-remove", {"“remove” chỉ nhận giá trị gone.", "'remove' takes only 'gone'"}};
}

Response importCalendar(const Request& request, Scheduler& scheduler) {
    ImportOptions options;
    if (const auto media = request.query("media")) options.media = MediaId{*media};
    if (const auto target = request.query("target")) options.target = targetFromText(*target);
    options.origin = request.query("origin");
    options.removeGone = removesGone(request);
    return jsonAnswer(200, toJson(importEvents(scheduler, request.body(), options, keepOf(request))));
}

/// A calendar of any program, or one event as JSON.
Response postEvents(const Request& request, Scheduler& scheduler) {
    if (isCalendar(request)) return importCalendar(request, scheduler);
    requireContentType(request, jsonType);
    const auto keep = keepOf(request);
    const auto saved = createEvent(scheduler, eventDraftFromJson(request.body()), keep);
    auto answer = jsonAnswer(createdStatus(keep), toJson(saved));
    answer.withEtag(eventTag(saved.event));
    if (keep == Keep::yes) answer.set("Location", "/v1/events/" + percentEncoded(saved.event.id.text()));
    return answer;
}

Response getEvent(const Request& request, Scheduler& scheduler) {
    const auto id = eventOf(request);
    return scheduler.database.read([&](ReadTransaction& transaction) {
        auto stored = EventRepository::find(transaction, id);
        if (!stored) throw noSuchEvent(id);
        const auto tag = eventTag(stored->event);
        stored->event = Sight{transaction, scheduler}.shown(stored->event);
        const std::vector<Event> events{stored->event};
        auto response = prefers(request, calendarType) ? calendarAnswer(events) : jsonAnswer(200, withState(*stored));
        response.withEtag(tag).set("Vary", "Accept");
        return response;
    });
}

Response putEvent(const Request& request, Scheduler& scheduler) {
    requireContentType(request, calendarType);
    return jsonAnswer(
        200, toJson(replaceEvent(scheduler, eventOf(request), request.body(), expectedTag(request), keepOf(request))));
}

Response postEdit(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    const auto edited = editEvent(scheduler, eventOf(request), eventEditFromJson(request.body()), expectedTag(request),
                                  keepOf(request));
    auto answer = jsonAnswer(200, toJson(edited));
    answer.withEtag(eventTag(edited.events.front().event));
    return answer;
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

std::vector<Occurrence> seenOnly(ReadTransaction& transaction, const Sight& sight, std::vector<Occurrence> all) {
    std::map<EventId, bool> known;
    std::erase_if(all, [&](const Occurrence& occurrence) {
        const auto [at, isNew] = known.try_emplace(occurrence.event);
        if (isNew) at->second = sight.event(EventRepository::find(transaction, occurrence.event).value().event);
        return !at->second;
    });
    return all;
}

Response getOccurrences(const Request& request, Scheduler& scheduler) {
    const auto period = periodOf(request);
    requireWithinHorizon(scheduler, period.end);
    const auto station = request.query("station");
    const auto occurrences = scheduler.database.read([&](ReadTransaction& transaction) {
        const Sight sight{transaction, scheduler};
        if (!station) return seenOnly(transaction, sight, OccurrenceRepository::between(transaction, period));
        const auto found = StationRepository::find(transaction, StationId{*station});
        if (!found || !sight.area(found->area)) throw noSuchStation(StationId{*station});
        return OccurrenceRepository::forStation(transaction, StationId{*station}, period);
    });
    Json list = Json::array();
    for (const auto& occurrence : occurrences) list.push_back(toJson(occurrence));
    return jsonAnswer(200, {{"occurrences", std::move(list)}});
}

/// An export: the whole plan is written anew.
bool asksForCalendar(const Request& request) {
    return prefers(request, calendarType);
}

bool isLong(const Request& request) {
    return isLongPeriod(periodOf(request).length());
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/events", Right::seePlan, getEvents, 0, {}, Rate::ofMethod, asksForCalendar},
    {Method::post, "/v1/events", Right::draft, postEvents, calendarBytesLimit},
    {Method::get, "/v1/events/{event}", Right::seePlan, getEvent},
    {Method::put, "/v1/events/{event}", Right::draft, putEvent, calendarBytesLimit},
    {Method::delete_, "/v1/events/{event}", Right::draft, deleteEvent},
    {Method::post, "/v1/events/{event}/edits", Right::draft, postEdit, smallBodyBytes},
    {Method::get, "/v1/occurrences", Right::seePlan, getOccurrences, 0, {}, Rate::ofMethod, isLong},
};

}  // namespace

std::span<const SchedulerRoute> eventRoutes() {
    return routes;
}

}  // namespace loa
