// iCalendar in: everything is read and checked before the first write, and written in one transaction.
#include "scheduler/operations/import_events.h"

#include <algorithm>

#include "scheduler/calendar/expand.h"
#include "scheduler/calendar/read_events.h"
#include "scheduler/calendar/write_events.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

/// Occurrences are stored from a little before the event was made: what is shown as "today" includes this morning.
constexpr std::chrono::days storedPast{2};

void checkMedia(ReadTransaction& transaction, const Event& event) {
    const auto* media = event.source ? std::get_if<MediaSource>(&*event.source) : nullptr;
    if (!media) return;
    if (MediaRepository::find(transaction, media->media) && !MediaRepository::removed(transaction, media->media))
        return;
    throw Error{
        Fault::invalid,
        "unknown-media",
        {"“" + event.title + "” dùng bản âm thanh không có trong kho. Tải tệp lên hoặc tạo bản đọc rồi nhập lại.",
         "'" + event.title + "' names media that is not in the store: " + media->media.text()}};
}

void checkTargets(ReadTransaction& transaction, const Event& event) {
    for (const auto& target : event.targets) {
        const auto* station = std::get_if<StationId>(&target);
        const auto* area = std::get_if<AreaId>(&target);
        const bool known = station ? StationRepository::find(transaction, *station).has_value()
                                   : AreaRepository::find(transaction, *area).has_value();
        if (known) continue;
        const auto& name = station ? station->text() : area->text();
        throw Error{
            Fault::invalid,
            "unknown-target",
            {"“" + event.title + "” phát tới “" + name + "” nhưng không có trạm hay địa bàn này. Sửa mã rồi nhập lại.",
             "'" + event.title + "' is aimed at '" + name + "', which is no station or area"}};
    }
}

void checkSequence(const Event& event, const std::optional<StoredEvent>& stored) {
    if (!stored || event.sequence >= stored->event.sequence) return;
    throw Error{Fault::conflict,
                "older-sequence",
                {"“" + event.title + "” trong tệp cũ hơn bản Loa đang giữ. Xuất lại lịch mới rồi nhập.",
                 "'" + event.title + "' has SEQUENCE " + std::to_string(event.sequence) + ", older than the stored " +
                     std::to_string(stored->event.sequence)}};
}

void save(WriteTransaction& transaction, const Event& event, Instant now) {
    const auto stored = EventRepository::find(transaction, event.id);
    checkSequence(event, stored);
    checkMedia(transaction, event);
    checkTargets(transaction, event);
    EventRepository::save(transaction, event, now);
    const auto first = (stored ? stored->created : now) - storedPast;
    const auto until = now + occurrenceHorizon;
    EventRepository::saveOccurrences(transaction, event.id, expand(event, {first, until}), until);
}

ImportNotice silentNotice(const Event& event) {
    return {0,
            {"“" + event.title + "” chưa có " + (event.source ? "nơi phát" : "bản âm thanh") + " nên chưa phát được.",
             "'" + event.title + "' has no " + (event.source ? "target" : "media") + " yet, so it will not air"}};
}

Event withDefaults(const Event& event, const ImportDefaults& defaults) {
    AiringFacts facts{event.messageClass, event.source, event.targets,
                      event.policy,       event.owner,  event.stationOverrides};
    if (!facts.source && defaults.media) facts.source = MediaSource{*defaults.media};
    if (facts.targets.empty() && defaults.target) facts.targets = {*defaults.target};
    const bool same = facts.source == event.source && facts.targets == event.targets;
    return same ? event : withFacts(event, facts);
}

Imported read(const Scheduler& scheduler, const std::string& icalendar, const ImportDefaults& defaults) {
    auto found = readEvents(icalendar, {.defaultZone = scheduler.zone});
    Imported imported;
    for (auto& notice : found.notices) imported.notices.push_back({notice.line, std::move(notice.words)});
    for (auto& event : found.events) {
        event = withDefaults(event, defaults);
        if (!event.source || event.targets.empty()) imported.notices.push_back(silentNotice(event));
        imported.events.push_back(std::move(event));
    }
    return imported;
}

}  // namespace

Imported importEvents(Scheduler& scheduler, const std::string& icalendar, const ImportDefaults& defaults) {
    auto imported = read(scheduler, icalendar, defaults);
    scheduler.database.write([&](WriteTransaction& transaction) {
        for (const auto& event : imported.events) save(transaction, event, scheduler.clock.now());
    });
    publishManifests(scheduler);
    return imported;
}

Imported replaceEvent(Scheduler& scheduler, const EventId& id, const std::string& icalendar,
                      const std::optional<std::string>& expectedTag) {
    auto imported = read(scheduler, icalendar, {});
    if (imported.events.size() != 1 || imported.events.front().id != id)
        throw Error{Fault::invalid,
                    "other-event",
                    {"Tệp phải có đúng một lịch và UID của nó phải là “" + id.text() + "”.",
                     "the body must hold exactly one event, with the UID '" + id.text() + "'"}};
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto stored = EventRepository::find(transaction, id);
        if (expectedTag && (!stored || eventTag(stored->event) != *expectedTag))
            throw Error{Fault::conflict,
                        "changed-meanwhile",
                        {"Lịch đã thay đổi sau khi anh/chị mở. Tải lại rồi sửa.",
                         "the event was changed since it was read; read it again"}};
        save(transaction, imported.events.front(), scheduler.clock.now());
    });
    publishManifests(scheduler);
    return imported;
}

void removeEvent(Scheduler& scheduler, const EventId& id) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        if (!EventRepository::remove(transaction, id)) throw noSuchEvent(id);
    });
    publishManifests(scheduler);
}

std::string eventTag(const Event& event) {
    constexpr std::size_t digits = 32;
    return sha256Hex(event.icalendar).substr(0, digits);
}

void extendOccurrences(Scheduler& scheduler) {
    const auto now = scheduler.clock.now();
    const auto until = now + occurrenceHorizon;
    scheduler.database.write([&](WriteTransaction& transaction) {
        for (const auto& stored : EventRepository::expandedBefore(transaction, until - std::chrono::days{1}))
            EventRepository::saveOccurrences(transaction, stored.event.id,
                                             expand(stored.event, {stored.created - storedPast, until}), until);
    });
}

}  // namespace loa
