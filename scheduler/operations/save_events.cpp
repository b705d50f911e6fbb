// Events in: everything is checked and expanded before the first write, and written in one transaction. What they
// collide with is looked up behind the same guard, so that the answer is about the plan as it was saved.
#include "scheduler/operations/save_events.h"

#include <algorithm>
#include <map>
#include <set>

#include "scheduler/calendar/expand.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/civil_time.h"
#include "scheduler/operations/event_sounds.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/plan_changes.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/review_events.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/occurrence_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

/// Occurrences are stored from a little before now: what is shown as "today" includes this morning. Earlier ones stay
/// as they were stored in their time.
constexpr std::chrono::days storedPast{2};

struct Expanded {
    Event event;
    std::vector<Occurrence> occurrences;
};

[[noreturn]] void refuseMedia(const Event& event, const Source& source) {
    throw Error{
        Fault::invalid,
        "unknown-media",
        {"“" + event.title + "” dùng bản âm thanh không có trong kho. Tải tệp lên hoặc tạo bản đọc rồi nhập lại.",
         "'" + event.title + "' names media that is not in the store: " + std::get<MediaSource>(source).media.text()}};
}

void checkMedia(KnownMedia& media, const Expanded& expanded) {
    const auto check = [&](const std::optional<Source>& source) {
        if (source && !media.find(*source)) refuseMedia(expanded.event, *source);
    };
    check(expanded.event.source);
    for (const auto& occurrence : expanded.occurrences) check(occurrence.source);
    for (const auto& own : expanded.event.stationOverrides) check(own.source);
}

[[noreturn]] void refuseTarget(const Event& event, const std::string& name) {
    throw Error{
        Fault::invalid,
        "unknown-target",
        {"“" + event.title + "” phát tới “" + name + "” nhưng không có trạm hay địa bàn này. Sửa mã rồi nhập lại.",
         "'" + event.title + "' is aimed at '" + name + "', which is no station or area"}};
}

void checkPlaces(ReadTransaction& transaction, const Event& event) {
    for (const auto& target : event.targets) {
        const auto* station = std::get_if<StationId>(&target);
        const auto* area = std::get_if<AreaId>(&target);
        const bool known = station ? StationRepository::find(transaction, *station).has_value()
                                   : AreaRepository::find(transaction, *area).has_value();
        if (!known) refuseTarget(event, station ? station->text() : area->text());
    }
    if (event.owner && !AreaRepository::find(transaction, *event.owner)) refuseTarget(event, event.owner->text());
    for (const auto& own : event.stationOverrides)
        if (!StationRepository::find(transaction, own.station)) refuseTarget(event, own.station.text());
}

void checkSequence(const Event& event, const std::optional<StoredEvent>& stored) {
    if (!stored || event.sequence >= stored->event.sequence) return;
    throw Error{Fault::conflict,
                "older-sequence",
                {"“" + event.title + "” trong tệp cũ hơn bản Loa đang giữ. Xuất lại lịch mới rồi nhập.",
                 "'" + event.title + "' has SEQUENCE " + std::to_string(event.sequence) + ", older than the stored " +
                     std::to_string(stored->event.sequence)}};
}

/// Of what the actor does not see nothing is there.
void checkSight(ReadTransaction& transaction, const Scheduler& scheduler, const Expanded& expanded) {
    const Sight sight{transaction, scheduler};
    const auto& event = expanded.event;
    for (const auto& target : event.targets)
        if (!sight.target(target)) refuseTarget(event, std::visit([](const auto& id) { return id.text(); }, target));
    if (event.owner && !sight.area(*event.owner)) refuseTarget(event, event.owner->text());
    for (const auto& own : event.stationOverrides)
        if (!sight.target(own.station)) refuseTarget(event, own.station.text());
    const auto checkHeard = [&](const std::optional<Source>& source) {
        if (source && !sight.media(std::get<MediaSource>(*source).media)) refuseMedia(event, *source);
    };
    checkHeard(event.source);
    for (const auto& occurrence : expanded.occurrences) checkHeard(occurrence.source);
    for (const auto& own : event.stationOverrides) checkHeard(own.source);
}

void check(ReadTransaction& transaction, const Scheduler& scheduler, const Expanded& expanded) {
    const auto stored = EventRepository::find(transaction, expanded.event.id);
    if (stored && !isOwn(transaction, scheduler, stored->event) && Sight{transaction, scheduler}.event(stored->event))
        throw forbidden();
    if (!scheduler.standing.seesAll()) checkSight(transaction, scheduler, expanded);
    requireOwn(transaction, scheduler, expanded.event);
    checkSequence(expanded.event, stored);
    KnownMedia media{transaction};
    checkMedia(media, expanded);
    checkPlaces(transaction, expanded.event);
}

std::optional<Event> storedEvent(ReadTransaction& transaction, const EventId& id) {
    auto stored = EventRepository::find(transaction, id);
    return stored ? std::optional{std::move(stored->event)} : std::nullopt;
}

/// What differs from the stored one is a draft of who saves it, whatever it was before.
void save(WriteTransaction& transaction, const Scheduler& scheduler, const Expanded& expanded, Interval window) {
    const auto& event = expanded.event;
    check(transaction, scheduler, expanded);
    const auto before = storedEvent(transaction, event.id);
    EventRepository::save(transaction, event, scheduler.clock.now());
    EventRepository::saveOccurrences(transaction, event.id, expanded.occurrences, window);
    if (before != event) noteWritten(transaction, scheduler, event.id);
    audit(transaction, scheduler, "save-event", auditObject(event.id), auditFacts(before), auditFacts(event));
}

/// Starts that were there before: what was planned before the night became quiet can still be edited, and mended.
std::set<Instant> startsBefore(ReadTransaction& transaction, const EventId& id, Interval window) {
    std::set<Instant> starts;
    for (const auto& before : OccurrenceRepository::ofEvent(transaction, id, window)) starts.insert(before.at.start);
    if (const auto stored = EventRepository::find(transaction, id))
        for (const auto& own : stored->event.stationOverrides)
            if (own.start) starts.insert(*own.start);
    return starts;
}

/// When stations are closed to the event. Throws for a start at which no station may sound, and which was not there
/// before: it is a mistake of a person, or of a zone.
std::vector<ClosedTimes> closedTimesOf(const Event& event, const std::vector<PlannedSound>& sounds,
                                       const OfficeRules& office, const std::set<Instant>& before) {
    auto closed = findClosedTimes(event, sounds, office.places, office.airtimes, civilTime());
    const auto why = quietEverywhere(event, sounds, closed, office.places, before);
    if (!why) return closed;
    throw Error{Fault::invalid,
                why->code,
                {"“" + event.title + "”: " + why->words.vi, "'" + event.title + "': " + why->words.en}};
}

Interval storedWindow(Instant now) {
    return {now - storedPast, now + occurrenceHorizon};
}

}  // namespace

Error changedMeanwhile() {
    return {Fault::changed,
            "changed-meanwhile",
            {"Lịch đã thay đổi sau khi anh/chị mở. Tải lại rồi sửa.",
             "the event was changed since it was read; read it again"}};
}

void requireWithinHorizon(const Scheduler& scheduler, Instant end) {
    if (end <= scheduler.clock.now() + occurrenceHorizon) return;
    throw Error{Fault::invalid,
                "beyond-horizon",
                {"Loa chỉ tính trước lịch 400 ngày. Chọn thời gian gần hơn.",
                 "the plan is known for 400 days ahead; choose an earlier time"}};
}

std::vector<SavedEvent> saveEvents(Scheduler& scheduler, const std::vector<Event>& events, Keep keep,
                                   const DoneAlong& before, const DoneAlong& after) {
    const auto now = scheduler.clock.now();
    const auto window = storedWindow(now);
    std::vector<Expanded> all;
    for (const auto& event : events) all.push_back({event, expand(event, window)});
    const auto work = [&](WriteTransaction& transaction) {
        const auto office = scheduler.manifests.office(transaction);
        before(transaction);
        std::vector<std::set<Instant>> startedBefore;
        for (const auto& expanded : all) {
            startedBefore.push_back(startsBefore(transaction, expanded.event.id, window));
            save(transaction, scheduler, expanded, window);
        }
        after(transaction);
        KnownMedia media{transaction};
        std::vector<SavedEvent> saved;
        for (const auto& [event, occurrences] : all) {
            const auto sounds = soundsOf(media, event, occurrences, now);
            saved.push_back({event, clashesOf(transaction, media, event, sounds, office->places, now),
                             closedTimesOf(event, sounds, *office, startedBefore[saved.size()])});
        }
        return saved;
    };
    if (keep == Keep::no) return scheduler.database.tryOut(work);
    auto saved = scheduler.database.write(work);
    scheduler.planChanges.note();
    return saved;
}

std::optional<Error> refusalOf(ReadTransaction& transaction, const Scheduler& scheduler, const Event& event) {
    try {
        const auto now = scheduler.clock.now();
        const auto window = storedWindow(now);
        const Expanded expanded{event, expand(event, window)};
        check(transaction, scheduler, expanded);
        const auto office = scheduler.manifests.office(transaction);
        KnownMedia media{transaction};
        closedTimesOf(event, soundsOf(media, event, expanded.occurrences, now), *office,
                      startsBefore(transaction, event.id, window));
        return std::nullopt;
    } catch (const Error& refusal) {
        return refusal;
    }
}

void takeOut(WriteTransaction& transaction, const Scheduler& scheduler, const EventId& id) {
    const auto before = storedEvent(transaction, id);
    if (!before) return;
    EventRepository::remove(transaction, id);
    audit(transaction, scheduler, "remove-event", auditObject(id), auditFacts(before), {});
}

void removeEvent(Scheduler& scheduler, const EventId& id) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto event = storedEvent(transaction, id);
        if (!event) throw noSuchEvent(id);
        if (!isOwn(transaction, scheduler, *event)) throw forbidden();
        takeOut(transaction, scheduler, id);
    });
    scheduler.planChanges.note();
}

std::string eventTag(const Event& event) {
    constexpr std::size_t digits = 32;
    return sha256Hex(event.icalendar).substr(0, digits);
}

void requireTag(const std::optional<Event>& stored, const std::optional<std::string>& expectedTag) {
    if (expectedTag && (!stored || eventTag(*stored) != *expectedTag)) throw changedMeanwhile();
}

std::vector<std::string> extendOccurrences(Scheduler& scheduler) {
    const auto until = scheduler.clock.now() + occurrenceHorizon;
    const auto due = scheduler.database.read([&](ReadTransaction& transaction) {
        return EventRepository::expandedBefore(transaction, until - std::chrono::days{1});
    });
    std::vector<std::string> faults;
    for (const auto& stored : due) {
        const Interval window{stored.expandedUntil.value_or(stored.created - storedPast), until};
        try {
            const auto occurrences = expand(stored.event, window);
            scheduler.database.write([&](WriteTransaction& transaction) {
                const auto now = EventRepository::find(transaction, stored.event.id);
                if (!now || now->planVersion != stored.planVersion)
                    return;  // saved anew meanwhile, and expanded with it
                EventRepository::saveOccurrences(transaction, stored.event.id, occurrences, window);
            });
        } catch (const Error& error) {
            faults.push_back(stored.event.id.text() + ": " + error.what());
        }
    }
    return faults;
}

}  // namespace loa
