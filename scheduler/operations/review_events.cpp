// Soạn - duyệt - phát. Whether a step may be taken is decided in planning; here it is asked with what is stored, and
// taken in the same transaction. An approval is bound to what it was given for by a hash, which composing asks for
// again.
#include "scheduler/operations/review_events.h"

#include "scheduler/calendar/named_media.h"
#include "scheduler/calendar/unicode.h"
#include "scheduler/domain/error.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/plan_changes.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/save_events.h"
#include "scheduler/operations/served_parts.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/campaign_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/review_repository.h"

namespace loa {
namespace {

constexpr Milliseconds sendingPatience = std::chrono::seconds{5};

StoredEvent stored(ReadTransaction& transaction, const EventId& id) {
    auto found = EventRepository::find(transaction, id);
    if (!found) throw noSuchEvent(id);
    return *std::move(found);
}

ReviewCase caseOf(ReadTransaction& transaction, const Scheduler& scheduler, const Event& event) {
    const auto& actor = scheduler.actor.name;
    return {event.title,
            ReviewRepository::find(transaction, event.id),
            actor,
            ReviewRepository::writers(transaction, event.id),
            namedMedia(event),
            [&transaction, actor](const MediaId& media) {
                return ReviewRepository::hearing(transaction, actor, media).complete();
            }};
}

ReviewedEvent reviewed(ReadTransaction& transaction, const Scheduler& scheduler, const Event& event) {
    auto each = caseOf(transaction, scheduler, event);
    std::erase_if(each.media, each.wasHeardBy);
    return {event.id, event.title, std::move(each.review), std::move(each.writers), std::move(each.media)};
}

std::set<StationId> stationsOf(const Places& places, const Event& event) {
    std::set<StationId> stations;
    for (const auto& reached : places.reach(event.targets).stations) stations.insert(reached.station->id);
    return stations;
}

DraftState stateAfter(ReviewStep step) {
    switch (step) {
        case ReviewStep::submit:
            return DraftState::submitted;
        case ReviewStep::approve:
            return DraftState::approved;
        case ReviewStep::reject:
            return DraftState::rejected;
        case ReviewStep::withdraw:
            return DraftState::withdrawn;
    }
    return DraftState::draft;
}

/// Who decides about a sound must hold that at every place where it sounds, not only at its owner's.
void requireTargets(ReadTransaction& transaction, const Scheduler& scheduler, ReviewStep step, const Event& event) {
    const bool decides = step == ReviewStep::approve || step == ReviewStep::reject;
    if (decides && !mayAt(transaction, scheduler, Right::approve, event.targets)) throw forbidden();
}

/// How the audit trail calls it.
const char* verbOf(ReviewStep step) {
    switch (step) {
        case ReviewStep::submit:
            return "submit-event";
        case ReviewStep::approve:
            return "approve-event";
        case ReviewStep::reject:
            return "reject-event";
        case ReviewStep::withdraw:
            return "withdraw-event";
    }
    return "";
}

void take(WriteTransaction& transaction, const Scheduler& scheduler, ReviewStep step, const Event& event,
          const std::string& reason) {
    requireTargets(transaction, scheduler, step, event);
    const auto before = caseOf(transaction, scheduler, event);
    if (const auto why = refusalOf(step, before))
        throw Error{Fault::conflict,
                    why->code,
                    {"“" + event.title + "”: " + why->words.vi, "'" + event.title + "': " + why->words.en}};
    Review review{stateAfter(step), "", scheduler.actor.name, scheduler.clock.now(), reason};
    if (step == ReviewStep::approve) {
        const auto stations = stationsOf(scheduler.manifests.office(transaction)->places, event);
        review.content = approvedContent(event, stations);
        ReviewRepository::approve(transaction, event.id, review, stations, event.icalendar);
    } else {
        ReviewRepository::save(transaction, event.id, review);
    }
    audit(transaction, scheduler, verbOf(step), auditObject(event.id), auditFacts(before.review), auditFacts(review));
}

std::string tagOf(const std::vector<Event>& events) {
    if (events.size() == 1) return eventTag(events.front());
    constexpr std::size_t digits = 32;
    std::string tags;
    for (const auto& event : events) tags += eventTag(event);
    return sha256Hex(tags).substr(0, digits);
}

}  // namespace

std::string approvedContent(const Event& event, const std::set<StationId>& stations) {
    std::string content = "loa approval 1\n";
    for (const auto& station : stations) content += station.text() + '\n';
    return sha256Hex(content + '\n' + event.icalendar);
}

ReviewedEvent reviewOf(Scheduler& scheduler, const EventId& event) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        return reviewed(transaction, scheduler, stored(transaction, event).event);
    });
}

std::vector<ReviewedEvent> reviewsIn(Scheduler& scheduler, DraftState state) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        std::vector<ReviewedEvent> all;
        const Sight sight{transaction, scheduler};
        for (const auto& id : ReviewRepository::inState(transaction, state))
            if (const auto event = stored(transaction, id).event; sight.event(event))
                all.push_back(reviewed(transaction, scheduler, event));
        return all;
    });
}

std::string tagOf(Scheduler& scheduler, const std::vector<EventId>& events) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        std::vector<Event> all;
        for (const auto& id : events) all.push_back(stored(transaction, id).event);
        return tagOf(all);
    });
}

std::vector<ReviewedEvent> takeReviewStep(Scheduler& scheduler, ReviewStep step, const std::vector<EventId>& events,
                                          const std::string& reason, const std::optional<std::string>& expectedTag) {
    const auto why = cleanTitle(reason);
    if (step == ReviewStep::reject && why.empty())
        throw Error{Fault::invalid,
                    "no-reason",
                    {"Ghi lý do từ chối để người soạn biết cần sửa gì.",
                     "say why it is rejected, so that its author knows what to change"}};
    if (step == ReviewStep::approve && !expectedTag)
        throw Error{Fault::invalid,
                    "no-tag",
                    {"Thiếu If-Match: phải duyệt đúng bản đã nghe và đã xem.",
                     "If-Match is needed: what is approved must be what was seen and heard"}};
    auto taken = scheduler.database.write([&](WriteTransaction& transaction) {
        std::vector<Event> all;
        for (const auto& id : events) all.push_back(stored(transaction, id).event);
        if (expectedTag && tagOf(all) != *expectedTag) throw changedMeanwhile();
        std::vector<ReviewedEvent> after;
        for (const auto& event : all) {
            take(transaction, scheduler, step, event, why);
            after.push_back(reviewed(transaction, scheduler, event));
        }
        return after;
    });
    scheduler.planChanges.note();
    return taken;
}

std::vector<EventId> eventsOf(Scheduler& scheduler, const CampaignId& campaign) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        if (!CampaignRepository::find(transaction, campaign)) throw noSuchCampaign(campaign);
        std::vector<EventId> ids;
        for (const auto& each : EventRepository::ofCampaign(transaction, campaign)) ids.push_back(each.event.id);
        return ids;
    });
}

void noteWritten(WriteTransaction& transaction, const Scheduler& scheduler, const EventId& event) {
    ReviewRepository::save(transaction, event,
                           {DraftState::draft, "", scheduler.actor.name, scheduler.clock.now(), ""});
    ReviewRepository::addWriter(transaction, event, scheduler.actor.name);
}

Hearing reportHeard(Scheduler& scheduler, const MediaId& media) {
    scheduler.served.awaitSent(scheduler.actor.name, media, sendingPatience);
    return scheduler.database.write([&](WriteTransaction& transaction) {
        if (!MediaRepository::find(transaction, media)) throw noSuchMedia(media);
        const auto& person = scheduler.actor.name;
        const auto before = ReviewRepository::hearing(transaction, person, media);
        if (!before.served)
            throw Error{Fault::conflict,
                        "not-served",
                        {"Máy chủ chưa gửi hết bản âm thanh này. Nghe từ đầu đến cuối rồi báo lại.",
                         "not all of this sound was sent yet; listen to it from its beginning to its end"}};
        ReviewRepository::noteReported(transaction, person, media, scheduler.clock.now());
        const auto after = ReviewRepository::hearing(transaction, person, media);
        audit(transaction, scheduler, "report-heard", auditObject(media), auditFacts(before), auditFacts(after));
        return after;
    });
}

void noteServed(Scheduler& scheduler, const MediaId& media, std::uint64_t offset, std::uint64_t length,
                std::uint64_t size) {
    const auto& person = scheduler.actor.name;
    try {
        if (!scheduler.served.complete(person, media, offset, length, size)) return;
        scheduler.database.write([&](WriteTransaction& transaction) {
            ReviewRepository::noteServed(transaction, person, media, scheduler.clock.now());
        });
    } catch (const std::exception&) {
        // The store takes no writes: whoever listened only wanted to hear.
    }
}

}  // namespace loa
