#include "api/routes/answers.h"
#include "api/routes/gate.h"
#include "api/routes/tables.h"
#include "api/wire/event_json.h"
#include "scheduler/operations/media_desk.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/order_document.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/remove_media.h"
#include "scheduler/operations/review_events.h"
#include "scheduler/operations/served_parts.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/slot_repository.h"

namespace loa {
namespace {

MediaId mediaOf(const Request& request) {
    return MediaId{request.pathValue("media")};
}

Json mediaJson(const MediaItem& item) {
    Json json = toJson(item);
    if (const auto note = noteFor(item)) json["notice"] = noticeJson(note->code, note->words);
    return json;
}

Response getMediaList(const Request&, Scheduler& scheduler) {
    Json media = Json::array();
    scheduler.database.read([&](ReadTransaction& transaction) {
        const Sight sight{transaction, scheduler};
        for (const auto& item : MediaRepository::all(transaction))
            if (sight.media(item.id)) media.push_back(mediaJson(sight.shown(item)));
    });
    return jsonAnswer(200, {{"media", std::move(media)}});
}

/// A station gets what its own manifest names and what its orders may sound, nothing else.
void requirePlanned(Scheduler& scheduler, const Principal& principal, const MediaId& media) {
    if (principal.kind != Principal::Kind::station) return;
    const auto window = manifestWindow(scheduler.clock.now());
    const auto slots = scheduler.database.read([&](ReadTransaction& transaction) {
        return SlotRepository::startingIn(transaction, *principal.station, window);
    });
    for (const auto& published : slots)
        if (published.slot.media == media && !published.withdrawn) return;
    for (const auto& sound : soundsToHold(scheduler, *principal.station))
        if (sound.media == media) return;
    throw noSuchMedia(media);
}

Response getMedia(const Request& request, Scheduler& scheduler) {
    const auto media = mediaOf(request);
    requirePlanned(scheduler, request.principal(), media);
    auto response = Response::file(scheduler.media.file(media).string(), "audio/ogg", media.text());
    response.set("Cache-Control", "private, max-age=31536000, immutable");
    if (isSignedIn(request.principal()))
        response.whenSent([own = scheduler, media, size = response.bodyLength(),
                           answering = scheduler.served.begin(scheduler.actor.name, media)](
                              auto offset, auto length) mutable { noteServed(own, media, offset, length, size); });
    return response;
}

Response getMediaFacts(const Request& request, Scheduler& scheduler) {
    const auto id = mediaOf(request);
    return scheduler.database.read([&](ReadTransaction& transaction) {
        const auto item = MediaRepository::find(transaction, id);
        if (!item) throw noSuchMedia(id);
        return jsonAnswer(200, mediaJson(Sight{transaction, scheduler}.shown(*item)));
    });
}

Response deleteMedia(const Request& request, Scheduler& scheduler) {
    removeMedia(scheduler, mediaOf(request));
    publishManifests(scheduler);
    return Response::noContent();
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/media", Right::seePlan, getMediaList},
    {Method::get, "/v1/media/{media}", orStation(Right::seePlan), getMedia},
    {Method::delete_, "/v1/media/{media}", Right::removeMedia, deleteMedia},
    {Method::get, "/v1/media/{media}/facts", Right::seePlan, getMediaFacts},
};

}  // namespace

std::span<const SchedulerRoute> mediaRoutes() {
    return routes;
}

}  // namespace loa
