// Calendars in. Each event of the text gets its verdict from what is stored; then what is new or changed is saved in
// one transaction, in which what the verdicts stand on must still be so.
#include "scheduler/operations/import_events.h"

#include <algorithm>
#include <map>

#include "scheduler/calendar/read_events.h"
#include "scheduler/calendar/same_content.h"
#include "scheduler/calendar/write_events.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/clean_name.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/event_origin_repository.h"
#include "scheduler/storage/event_repository.h"

namespace loa {
namespace {

EventNotice silentNotice(const Event& event) {
    return {0,
            "will-not-air",
            {"“" + event.title + "” chưa có " + (event.source ? "nơi phát" : "bản âm thanh") + " nên chưa phát được.",
             "'" + event.title + "' has no " + (event.source ? "target" : "media") + " yet, so it will not air"}};
}

Event withDefaults(const Event& event, const ImportOptions& options) {
    auto facts = airingFactsOf(event);
    if (!facts.source && options.media) facts.source = MediaSource{*options.media};
    if (facts.targets.empty() && options.target) facts.targets = {*options.target};
    const bool same = facts.source == event.source && facts.targets == event.targets;
    return same ? event : withFacts(event, facts);
}

EventNotice foreignCampaignNotice(const Event& event, int line) {
    return {line,
            "campaign-left-out",
            {"“" + event.title + "” ghi đợt tuyên truyền “" + event.campaign->text() +
                 "” nhưng không do đợt đó lập ra, nên Loa bỏ mã đợt.",
             "'" + event.title + "' names the campaign '" + event.campaign->text() +
                 "', which did not plan it; the campaign is left out"}};
}

/// Planning a campaign anew takes its events away, so that no file makes an event one of them: only those that are so
/// already stay so. What else names a campaign loses it, and a notice says so.
std::vector<EventNotice> leaveOutForeignCampaigns(ReadTransaction& transaction, EventReadings& readings) {
    std::vector<EventNotice> notices;
    for (auto& reading : readings.events) {
        auto* event = std::get_if<Event>(&reading.outcome);
        if (!event || !event->campaign) continue;
        const auto stored = EventRepository::find(transaction, event->id);
        if (stored && stored->event.campaign == event->campaign) continue;
        notices.push_back(foreignCampaignNotice(*event, reading.line));
        auto facts = airingFactsOf(*event);
        facts.campaign.reset();
        *event = withFacts(*event, facts);
    }
    return notices;
}

EventReadings read(const Scheduler& scheduler, const std::string& icalendar, const ImportOptions& options) {
    auto readings = readEachEvent(icalendar, {.defaultZone = scheduler.zone});
    for (auto& reading : readings.events)
        if (auto* event = std::get_if<Event>(&reading.outcome)) *event = withDefaults(*event, options);
    return readings;
}

std::vector<EventNotice> noticesOf(EventReadings& readings, std::vector<EventNotice> notices) {
    for (auto& notice : readings.notices)
        notices.push_back({notice.line, std::move(notice.code), std::move(notice.words)});
    for (const auto& reading : readings.events)
        if (const auto* event = std::get_if<Event>(&reading.outcome);
            event && (!event->source || event->targets.empty()))
            notices.push_back(silentNotice(*event));
    return notices;
}

struct Judgement {
    Verdict verdict;
    std::string code;
    Words reason;
};

Judgement refusedFor(const Error& refusal) {
    return {Verdict::refused, refusal.code(), refusal.words()};
}

Judgement judge(const Event& event, const std::optional<Event>& stored) {
    if (!stored)
        return {Verdict::new_, "not-stored", {"Lịch này chưa có trong Loa.", "Loa does not have this event yet."}};
    if (sameContent(event, *stored))
        return {Verdict::unchanged,
                "same-content",
                {"Giống bản Loa đang giữ nên không ghi lại.", "It says what Loa has already; nothing is written."}};
    if (event.sequence > stored->sequence)
        return {Verdict::changed,
                "newer-sequence",
                {"Mới hơn bản Loa đang giữ nên thay bản đó.", "It is newer than what Loa has, and takes its place."}};
    return {Verdict::changed,
            "other-content",
            {"Khác bản Loa đang giữ nên thay bản đó.", "It differs from what Loa has, and takes its place."}};
}

EventVerdict goneVerdict(const Event& event, bool removed) {
    const Words reason = removed ? Words{"Tệp không còn lịch này nên Loa bỏ lịch.",
                                         "The calendar no longer has this event, so it is removed."}
                                 : Words{"Tệp không còn lịch này, Loa vẫn giữ. Nhập với remove=gone để bỏ.",
                                         "The calendar no longer has this event; Loa keeps it. Import with remove=gone "
                                         "to remove it."};
    return {event.id, event.title, 0, Verdict::gone, removed ? "gone-removed" : "gone-kept", reason};
}

bool contains(const std::vector<EventId>& ids, const EventId& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::optional<std::string> tagOf(const std::optional<StoredEvent>& stored) {
    return stored ? std::optional{eventTag(stored->event)} : std::nullopt;
}

/// What an import is about to do.
struct ImportPlan {
    std::vector<EventVerdict> verdicts;
    std::vector<Event> toSave;
    std::vector<EventId> toRemove;
    std::vector<EventId> toClaim;                        ///< of another origin until now
    std::map<EventId, std::optional<std::string>> tags;  ///< of what is stored under the ids it is about
};

class Planner {
public:
    Planner(ReadTransaction& transaction, const Scheduler& scheduler, const ImportOptions& options, Keep keep)
        : transaction_{transaction}, scheduler_{scheduler}, options_{options}, keep_{keep} {
        if (options.origin) known_ = EventOriginRepository::eventsOf(transaction, *options.origin);
        // Another place may call its calendar the same: its events are none of this import's.
        std::erase_if(known_, [&](const EventId& id) { return !mayClaim(id); });
    }

    void add(const EventReading& reading) {
        const auto* event = std::get_if<Event>(&reading.outcome);
        auto judged = event ? judgementOf(*event) : refusedFor(std::get<Error>(reading.outcome));
        inFile_.push_back(reading.id);
        if (judged.verdict == Verdict::new_ || judged.verdict == Verdict::changed) plan_.toSave.push_back(*event);
        if (options_.origin && judged.verdict != Verdict::refused && !contains(known_, reading.id) &&
            mayClaim(reading.id))
            plan_.toClaim.push_back(reading.id);
        plan_.verdicts.push_back({reading.id, event ? event->title : reading.title, reading.line, judged.verdict,
                                  std::move(judged.code), std::move(judged.reason)});
    }

    ImportPlan planned() {
        for (const auto& id : known_)
            if (!contains(inFile_, id)) {
                const auto stored = EventRepository::find(transaction_, id);
                plan_.verdicts.push_back(goneVerdict(stored.value().event, options_.removeGone));
                if (!options_.removeGone) continue;
                plan_.tags[id] = eventTag(stored->event);
                plan_.toRemove.push_back(id);
            }
        return std::move(plan_);
    }

private:
    /// Nothing that the actor may not draft is one of their calendar's, also where the file says the same of it.
    bool mayClaim(const EventId& id) const {
        const auto stored = EventRepository::find(transaction_, id);
        return !stored || isOwn(transaction_, scheduler_, stored->event);
    }

    Judgement judgementOf(const Event& event) {
        const auto stored = EventRepository::find(transaction_, event.id);
        plan_.tags[event.id] = tagOf(stored);
        const Sight sight{transaction_, scheduler_};
        const bool isSeen = !stored || sight.event(stored->event);
        // What was shown is what comes back.
        auto judged = judge(event, stored ? std::optional{sight.shown(stored->event)} : std::nullopt);
        // Saving refuses by itself; what is not seen is not compared either.
        if (isSeen && (keep_ == Keep::yes || judged.verdict == Verdict::unchanged)) return judged;
        if (!isSeen && keep_ == Keep::yes) return judge(event, std::nullopt);
        const auto refusal = refusalOf(transaction_, scheduler_, event);
        return refusal ? refusedFor(*refusal) : judged;
    }

    ReadTransaction& transaction_;
    const Scheduler& scheduler_;
    const ImportOptions& options_;
    const Keep keep_;
    std::vector<EventId> known_;  ///< of the same origin
    std::vector<EventId> inFile_;
    ImportPlan plan_;
};

ImportOptions checked(ImportOptions options) {
    if (options.origin) options.origin = cleanName(*options.origin);
    if (!options.removeGone || options.origin) return options;
    throw Error{Fault::invalid,
                "no-origin",
                {"Thiếu tên nguồn của tệp nên không biết lịch nào đã hết. Ghi thêm origin rồi nhập lại.",
                 "without 'origin' nobody knows which events are gone; name it"}};
}

/// An empty file is a failed export far more often than the end of a plan.
void requireSomething(const EventReadings& readings, const ImportOptions& options) {
    if (!options.removeGone || !readings.events.empty()) return;
    throw Error{Fault::invalid,
                "nothing-left",
                {"Tệp không có lịch nào nên Loa không bỏ gì. Xuất lại tệp, hoặc bỏ từng lịch.",
                 "the file has no event at all, so nothing is removed; export it again, or remove events one by one"}};
}

std::optional<CampaignId> campaignOf(const std::optional<StoredEvent>& stored) {
    return stored ? stored->event.campaign : std::nullopt;
}

/// The refusal of requireTag: nothing has an empty tag.
void refuseAsChanged() {
    requireTag(std::nullopt, "");
}

/// Also what was not stored must not be there now.
void requireSame(ReadTransaction& transaction, const EventId& id, const std::optional<std::string>& tag) {
    if (tagOf(EventRepository::find(transaction, id)) != tag) refuseAsChanged();
}

/// Throws Error(changed) unless all of `events` are still of that origin.
void requireOrigin(ReadTransaction& transaction, const std::vector<EventId>& events, const std::string& origin) {
    const auto known = EventOriginRepository::eventsOf(transaction, origin);
    for (const auto& id : events)
        if (!contains(known, id)) refuseAsChanged();
}

std::vector<SavedEvent> carryOut(Scheduler& scheduler, const ImportPlan& plan, const ImportOptions& options,
                                 Keep keep) {
    if (plan.toSave.empty() && plan.toRemove.empty() && plan.toClaim.empty()) return {};
    const auto stillSo = [&](WriteTransaction& transaction) {
        for (const auto& [id, tag] : plan.tags) requireSame(transaction, id, tag);
        if (!plan.toRemove.empty()) requireOrigin(transaction, plan.toRemove, *options.origin);
    };
    const auto settle = [&](WriteTransaction& transaction) {
        for (const auto& id : plan.toClaim) {
            EventOriginRepository::save(transaction, id, *options.origin);
            audit(transaction, scheduler, "claim-event", auditObject(id), {}, {{"origin", *options.origin}});
        }
        for (const auto& id : plan.toRemove) takeOut(transaction, scheduler, id);
    };
    return saveEvents(scheduler, plan.toSave, keep, stillSo, settle);
}

}  // namespace

ImportedEvents importEvents(Scheduler& scheduler, const std::string& icalendar, const ImportOptions& given, Keep keep) {
    const auto options = checked(given);
    auto readings = read(scheduler, icalendar, options);
    requireSomething(readings, options);
    if (keep == Keep::yes)
        for (const auto& reading : readings.events)
            if (const auto* refusal = std::get_if<Error>(&reading.outcome)) throw *refusal;
    std::vector<EventNotice> notices;
    auto plan = scheduler.database.read([&](ReadTransaction& transaction) {
        notices = leaveOutForeignCampaigns(transaction, readings);
        Planner planner{transaction, scheduler, options, keep};
        for (const auto& reading : readings.events) planner.add(reading);
        return planner.planned();
    });
    auto saved = carryOut(scheduler, plan, options, keep);
    return {std::move(plan.verdicts), std::move(saved), noticesOf(readings, std::move(notices))};
}

SavedEvents replaceEvent(Scheduler& scheduler, const EventId& id, const std::string& icalendar,
                         const std::optional<std::string>& expectedTag, Keep keep) {
    auto readings = read(scheduler, icalendar, {});
    for (const auto& reading : readings.events)
        if (const auto* refusal = std::get_if<Error>(&reading.outcome)) throw *refusal;
    if (readings.events.size() != 1 || readings.events.front().id != id)
        throw Error{Fault::invalid,
                    "other-event",
                    {"Tệp phải có đúng một lịch và UID của nó phải là “" + id.text() + "”.",
                     "the body must hold exactly one event, with the UID '" + id.text() + "'"}};
    std::vector<EventNotice> notices;
    const auto campaign = scheduler.database.read([&](ReadTransaction& transaction) {
        notices = leaveOutForeignCampaigns(transaction, readings);
        return campaignOf(EventRepository::find(transaction, id));
    });
    const std::vector<Event> events{std::get<Event>(readings.events.front().outcome)};
    auto saved = saveEvents(scheduler, events, keep, [&](WriteTransaction& transaction) {
        const auto stored = EventRepository::find(transaction, id);
        requireTag(stored ? std::optional{stored->event} : std::nullopt, expectedTag);
        if (campaignOf(stored) != campaign) refuseAsChanged();
    });
    return {std::move(saved), noticesOf(readings, std::move(notices))};
}

}  // namespace loa
