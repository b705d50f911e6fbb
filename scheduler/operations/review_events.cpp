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

/// An event with all that decides about it, as of one transaction.
struct Considered {
    Event event;
    std::set<StationId> stations;  ///< that it reaches now
    std::set<StationId> awaiting;  ///< of an approved one: those that its approval does not hold at
    ReviewCase reviewed;
};

std::set<StationId> awaitingOf(ReadTransaction& transaction, const Event& event, const Review& review,
                               const std::set<StationId>& stations) {
    if (review.state != DraftState::approved) return {};
    auto awaiting = stations;
    for (const auto& station : ReviewRepository::approvedStations(transaction, event.id)) awaiting.erase(station);
    return awaiting;
}

Considered consider(ReadTransaction& transaction, const Scheduler& scheduler, const EventId& id) {
    const auto& actor = scheduler.actor.name;
    Considered found{stored(transaction, id).event, {}, {}, {}};
    const auto office = scheduler.manifests.office(transaction);
    for (const auto& reached : office->places.reach(found.event.targets).stations)
        found.stations.insert(reached.station->id);
    auto review = ReviewRepository::find(transaction, id);
    found.awaiting = awaitingOf(transaction, found.event, review, found.stations);
    found.reviewed = {found.event.title,
                      std::move(review),
                      actor,
                      ReviewRepository::writers(transaction, id),
                      namedMedia(found.event),
                      [&transaction, actor](const MediaId& media) {
                          return ReviewRepository::hearing(transaction, actor, media).complete();
                      },
                      !found.awaiting.empty()};
    return found;
}

std::vector<Considered> considerAll(ReadTransaction& transaction, const Scheduler& scheduler,
                                    const std::vector<EventId>& events) {
    std::vector<Considered> all;
    for (const auto& id : events) all.push_back(consider(transaction, scheduler, id));
    return all;
}

/// Changes exactly when the text, the state or the reached stations of one of them does.
std::string tagOf(const std::vector<Considered>& all) {
    constexpr std::size_t digits = 32;
    std::string tags;
    for (const auto& [event, stations, awaiting, reviewed] : all)
        tags += approvedContent(event, stations) + std::string{toText(reviewed.review.state)} +
                std::to_string(epochMilliseconds(reviewed.review.at)) + '\n';
    return sha256Hex(tags).substr(0, digits);
}

/// As the actor may see it: of stations outside their sight nothing is said.
ReviewedEvent shown(const Sight& sight, Considered considered) {
    auto& [title, review, actor, writers, media, wasHeardBy, awaits] = considered.reviewed;
    media = namedMedia(sight.shown(considered.event));
    std::erase_if(media, wasHeardBy);
    const auto unseen = [&](const StationId& station) { return !sight.target(station); };
    std::erase_if(considered.stations, unseen);
    std::erase_if(considered.awaiting, unseen);
    return {considered.event.id,
            std::move(title),
            std::move(review),
            std::move(writers),
            std::move(media),
            std::move(considered.stations),
            std::move(considered.awaiting)};
}

/// Those of them that the actor sees.
Reviews reviewsOf(ReadTransaction& transaction, const Scheduler& scheduler, const std::vector<EventId>& events) {
    const Sight sight{transaction, scheduler};
    auto all = considerAll(transaction, scheduler, events);
    Reviews reviews{{}, tagOf(all)};
    for (auto& considered : all)
        if (sight.event(considered.event)) reviews.events.push_back(shown(sight, std::move(considered)));
    return reviews;
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

Right rightOf(ReviewStep step) {
    switch (step) {
        case ReviewStep::submit:
            return Right::draft;
        case ReviewStep::approve:
        case ReviewStep::reject:
            return Right::approve;
        case ReviewStep::withdraw:
            return Right::withdraw;
    }
    return Right::approve;
}

/// The right is held at the event's owner as it is now; who decides about a sound holds it at every place where it
/// sounds, too.
void requireRight(ReadTransaction& transaction, const Scheduler& scheduler, ReviewStep step, const Event& event) {
    const auto right = rightOf(step);
    requireRight(scheduler, right, Sight{transaction, scheduler}.ownerOf(event));
    if (right == Right::approve && !mayAt(transaction, scheduler, right, event.targets)) throw forbidden();
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

void requireTaken(const std::optional<Refusal>& why, const Event& event) {
    if (!why) return;
    throw Error{Fault::conflict,
                why->code,
                {"“" + event.title + "”: " + why->words.vi, "'" + event.title + "': " + why->words.en}};
}

void take(WriteTransaction& transaction, const Scheduler& scheduler, ReviewStep step, const Considered& considered,
          const std::string& reason) {
    const auto& event = considered.event;
    requireTaken(refusalOf(step, considered.reviewed), event);
    Review review{stateAfter(step), "", scheduler.actor.name, scheduler.clock.now(), reason};
    if (step == ReviewStep::approve) {
        review.content = approvedContent(event, considered.stations);
        ReviewRepository::approve(transaction, event.id, review, considered.stations, event.icalendar);
    } else {
        ReviewRepository::save(transaction, event.id, review);
    }
    audit(transaction, scheduler, verbOf(step), auditObject(event.id), auditFacts(considered.reviewed.review),
          auditFacts(review));
}

/// Some of a campaign's events may be further than others: the step is for those whose next one it is. Throws where it
/// is none's.
void takeAll(WriteTransaction& transaction, const Scheduler& scheduler, ReviewStep step,
             const std::vector<Considered>& all, const std::string& reason) {
    for (const auto& each : all) requireRight(transaction, scheduler, step, each.event);
    std::size_t taken = 0;
    for (const auto& each : all) {
        if (outOfTurn(step, each.reviewed)) continue;
        take(transaction, scheduler, step, each, reason);
        ++taken;
    }
    if (taken == 0 && !all.empty()) requireTaken(outOfTurn(step, all.front().reviewed), all.front().event);
}

}  // namespace

std::string approvedContent(const Event& event, const std::set<StationId>& stations) {
    std::string content = "loa approval 1\n";
    for (const auto& station : stations) content += station.text() + '\n';
    return sha256Hex(content + '\n' + event.icalendar);
}

Reviews reviewsOf(Scheduler& scheduler, const std::vector<EventId>& events) {
    return scheduler.database.read(
        [&](ReadTransaction& transaction) { return reviewsOf(transaction, scheduler, events); });
}

std::vector<ReviewedEvent> reviewsIn(Scheduler& scheduler, DraftState state) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        std::vector<ReviewedEvent> all;
        const Sight sight{transaction, scheduler};
        for (const auto& id : ReviewRepository::inState(transaction, state))
            if (auto considered = consider(transaction, scheduler, id); sight.event(considered.event))
                all.push_back(shown(sight, std::move(considered)));
        return all;
    });
}

Reviews takeReviewStep(Scheduler& scheduler, ReviewStep step, const std::vector<EventId>& events,
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
        const auto all = considerAll(transaction, scheduler, events);
        if (expectedTag && tagOf(all) != *expectedTag) throw changedMeanwhile();
        takeAll(transaction, scheduler, step, all, why);
        return reviewsOf(transaction, scheduler, events);
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
    if (ReviewRepository::find(transaction, event).state == DraftState::approved)
        ReviewRepository::forgetWriters(transaction, event);  // somebody else answers for what they wrote
    ReviewRepository::save(transaction, event,
                           {DraftState::draft, "", scheduler.actor.name, scheduler.clock.now(), ""});
    ReviewRepository::addWriter(transaction, event, scheduler.actor.name);
}

std::set<std::string> unapprovedWriters(ReadTransaction& transaction, const std::vector<Event>& events) {
    std::set<std::string> writers;
    for (const auto& event : events)
        if (ReviewRepository::find(transaction, event.id).state != DraftState::approved)
            writers.merge(ReviewRepository::writers(transaction, event.id));
    return writers;
}

void addWriters(WriteTransaction& transaction, const std::set<std::string>& writers, const std::vector<Event>& events) {
    for (const auto& event : events)
        for (const auto& writer : writers) ReviewRepository::addWriter(transaction, event.id, writer);
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
