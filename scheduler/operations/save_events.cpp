// Events in: everything is checked and expanded before the first write, and written in one transaction. What they
// collide with is looked up behind the same guard, so that the answer is about the plan as it was saved.
#include "scheduler/operations/save_events.h"

#include <algorithm>
#include <map>
#include <set>

#include "scheduler/calendar/expand.h"
#include "scheduler/operations/civil_time.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/plan_changes.h"
#include "scheduler/operations/publish_manifest.h"
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

/// Media of what sounds, looked up once.
class KnownMedia {
public:
    explicit KnownMedia(ReadTransaction& transaction) : transaction_{transaction} {}
    const std::optional<MediaItem>& find(const Source& source) {
        const MediaId& id = std::get<MediaSource>(source).media;
        const auto [at, isNew] = known_.try_emplace(id);
        if (isNew && !MediaRepository::removed(transaction_, id)) at->second = MediaRepository::find(transaction_, id);
        return at->second;
    }
    /// What the occurrence sounds; empty when there is nothing to sound.
    std::optional<Interval> sound(const Occurrence& occurrence) {
        if (!occurrence.source) return std::nullopt;
        const auto& item = find(*occurrence.source);
        if (!item) return std::nullopt;
        return Interval{occurrence.at.start, occurrence.at.start + item->length()};
    }

private:
    ReadTransaction& transaction_;
    std::map<MediaId, std::optional<MediaItem>> known_;
};

void checkMedia(KnownMedia& media, const Expanded& expanded) {
    const auto check = [&](const std::optional<Source>& source) {
        if (!source || media.find(*source)) return;
        const auto& title = expanded.event.title;
        throw Error{
            Fault::invalid,
            "unknown-media",
            {"“" + title + "” dùng bản âm thanh không có trong kho. Tải tệp lên hoặc tạo bản đọc rồi nhập lại.",
             "'" + title + "' names media that is not in the store: " + std::get<MediaSource>(*source).media.text()}};
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

void check(ReadTransaction& transaction, const Expanded& expanded) {
    checkSequence(expanded.event, EventRepository::find(transaction, expanded.event.id));
    KnownMedia media{transaction};
    checkMedia(media, expanded);
    checkPlaces(transaction, expanded.event);
}

void save(WriteTransaction& transaction, const Expanded& expanded, Interval window, Instant now) {
    check(transaction, expanded);
    EventRepository::save(transaction, expanded.event, now);
    EventRepository::saveOccurrences(transaction, expanded.event.id, expanded.occurrences, window);
}

/// Times that were planned before the night became quiet, and those of which single stations do something else: an edit
/// must be able to mend them.
std::set<Instant> excusedOf(ReadTransaction& transaction, const Expanded& expanded, Interval window) {
    std::set<Instant> excused;
    for (const auto& before : OccurrenceRepository::ofEvent(transaction, expanded.event.id, window))
        excused.insert(before.at.start);
    for (const auto& own : expanded.event.stationOverrides)
        for (const auto& occurrence : expanded.occurrences)
            if (occurrence.original == own.original) excused.insert(occurrence.at.start);
    return excused;
}

/// Any other time at which no station may sound is a mistake of a person, or of a zone.
void refuseQuiet(const Event& event, std::span<const ClosedTimes> closed, const Places& places,
                 const std::set<Instant>& excused) {
    const auto why = quietEverywhere(event, closed, places, excused);
    if (!why) return;
    throw Error{Fault::invalid,
                why->code,
                {"“" + event.title + "”: " + why->words.vi, "'" + event.title + "': " + why->words.en}};
}

/// What is still to come of the event, beside what sounds at about the same time.
std::vector<Clash> clashesOf(ReadTransaction& transaction, const Expanded& expanded, const Places& places,
                             Instant now) {
    std::vector<Meeting> meetings;
    std::map<EventId, Event> others;
    for (auto& met :
         OccurrenceRepository::meeting(transaction, expanded.event.id, now, MediaRepository::longest(transaction))) {
        if (!others.contains(met.other))
            if (auto stored = EventRepository::find(transaction, met.other))
                others.emplace(met.other, std::move(stored->event));
        meetings.push_back({met.original, met.at, std::move(met.other), met.otherOriginal, met.otherAt});
    }
    return findClashes(expanded.event, meetings, others, places);
}

std::vector<ClosedTimes> closedTimesOf(ReadTransaction& transaction, const Expanded& expanded,
                                       const OfficeRules& office, Instant now) {
    KnownMedia media{transaction};
    std::vector<PlannedSound> sounds;
    for (const auto& occurrence : expanded.occurrences)
        if (const auto at = media.sound(occurrence); at && at->start >= now)
            sounds.push_back({occurrence.original, *at, std::get<MediaSource>(*occurrence.source).media});
    return findClosedTimes(expanded.event, sounds, office.places, office.airtimes, civilTime());
}

Error changedMeanwhile() {
    return {Fault::changed,
            "changed-meanwhile",
            {"Lịch đã thay đổi sau khi anh/chị mở. Tải lại rồi sửa.",
             "the event was changed since it was read; read it again"}};
}

Interval storedWindow(Instant now) {
    return {now - storedPast, now + occurrenceHorizon};
}

}  // namespace

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
        std::vector<std::set<Instant>> excused;
        for (const auto& expanded : all) {
            excused.push_back(excusedOf(transaction, expanded, window));
            save(transaction, expanded, window, now);
        }
        after(transaction);
        std::vector<SavedEvent> saved;
        for (const auto& expanded : all) {
            saved.push_back({expanded.event, clashesOf(transaction, expanded, office->places, now),
                             closedTimesOf(transaction, expanded, *office, now)});
            refuseQuiet(expanded.event, saved.back().closed, office->places, excused[saved.size() - 1]);
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
        check(transaction, expanded);
        const auto office = scheduler.manifests.office(transaction);
        refuseQuiet(event, closedTimesOf(transaction, expanded, *office, now), office->places,
                    excusedOf(transaction, expanded, window));
        return std::nullopt;
    } catch (const Error& refusal) {
        return refusal;
    }
}

void removeEvent(Scheduler& scheduler, const EventId& id) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        if (!EventRepository::remove(transaction, id)) throw noSuchEvent(id);
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
