// Events, whom they are aimed at, and the instants they fall on. Every change bumps the plan's version.
#include "scheduler/storage/event_repository.h"

#include <cassert>
#include <map>

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/source_column.h"
#include "scheduler/storage/statement.h"
#include "scheduler/storage/target_columns.h"

namespace loa {
namespace {

using Targets = std::map<EventId, std::vector<Target>>;
using Overrides = std::map<EventId, std::vector<StationOverride>>;

/// What lies in tables beside the event's own.
struct Parts {
    Targets targets;
    Overrides overrides;
};

template <class... Values>
Targets targets(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    Targets all;
    for (auto& [event, station, area] : select<EventId, std::optional<StationId>, std::optional<AreaId>>(
             transaction, "SELECT event, station, area FROM event_target " + rest + " ORDER BY event, position",
             values...))
        all[event].push_back(targetOf(station, area));
    return all;
}

template <class... Values>
Overrides overrides(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    Overrides all;
    for (auto& [event, original, station, dropped, starts, media] :
         select<EventId, Instant, StationId, int, std::optional<Instant>, std::optional<MediaId>>(
             transaction,
             "SELECT event, original, station, dropped, starts, media FROM station_override " + rest +
                 " ORDER BY event, original, station",
             values...))
        all[event].push_back({original, station, dropped != 0, starts, sourceOf(media)});
    return all;
}

template <class... Values>
Parts parts(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    return {targets(transaction, rest, values...), overrides(transaction, rest, values...)};
}

template <class... Values>
std::vector<StoredEvent> events(ReadTransaction& transaction, Parts parts, const std::string& rest,
                                const Values&... values) {
    return each<StoredEvent>(
        select<EventId, std::string, MessageClass, std::optional<MediaId>, StartMode, PreemptPolicy, OverrunPolicy,
               LateJoinPolicy, Milliseconds, std::optional<AreaId>, std::optional<CampaignId>, int, std::string,
               Instant, Instant, std::int64_t, std::optional<Instant>, DraftState>(
            transaction,
            "SELECT id, title, message_class, media, start_mode, preempt, overrun, "
            "late_join, grace, owner, campaign, sequence, icalendar, created, "
            "updated, plan_version, expanded_until, "
            "COALESCE((SELECT state FROM review WHERE review.event = event.id), 'draft') FROM event " +
                rest,
            values...),
        [&](auto id, auto title, auto messageClass, auto media, auto start, auto preempt, auto overrun, auto lateJoin,
            auto grace, auto owner, auto campaign, auto sequence, auto icalendar, auto created, auto updated,
            auto planVersion, auto expandedUntil, auto state) {
            auto aimedAt = std::move(parts.targets[id]);
            auto overrides = std::move(parts.overrides[id]);
            return StoredEvent{Event{std::move(id), std::move(title), messageClass, sourceOf(media), std::move(aimedAt),
                                     AirPolicy{start, preempt, overrun, lateJoin, grace}, std::move(owner),
                                     std::move(campaign), std::move(overrides), sequence, std::move(icalendar)},
                               created,
                               updated,
                               planVersion,
                               expandedUntil,
                               state};
        });
}

void saveTargets(WriteTransaction& transaction, const Event& event) {
    execute(transaction, "DELETE FROM event_target WHERE event = $1", event.id);
    int position = 0;
    for (const Target& target : event.targets) {
        const TargetColumns columns{target};
        execute(transaction, "INSERT INTO event_target (event, position, station, area) VALUES ($1, $2, $3, $4)",
                event.id, position++, columns.station, columns.area);
    }
}

void saveOverrides(WriteTransaction& transaction, const Event& event) {
    execute(transaction, "DELETE FROM station_override WHERE event = $1", event.id);
    for (const StationOverride& own : event.stationOverrides)
        execute(transaction,
                "INSERT INTO station_override (event, original, station, dropped, starts, media) "
                "VALUES ($1, $2, $3, $4, $5, $6)",
                event.id, own.original, own.station, own.dropped ? 1 : 0, own.start, mediaOf(own.source));
}

/// How long media sound, each asked for once.
class MediaLengths {
public:
    explicit MediaLengths(ReadTransaction& transaction) : transaction_{transaction} {}
    std::optional<Instant> soundsUntil(Instant start, const std::optional<MediaId>& media) {
        if (!media) return std::nullopt;
        const auto [at, isNew] = known_.try_emplace(*media);
        if (isNew)
            if (const auto item = MediaRepository::find(transaction_, *media)) at->second = item->length();
        return at->second ? std::optional{start + *at->second} : std::nullopt;
    }

private:
    ReadTransaction& transaction_;
    std::map<MediaId, std::optional<Milliseconds>> known_;
};

}  // namespace

std::optional<StoredEvent> EventRepository::find(ReadTransaction& transaction, const EventId& id) {
    return first(events(transaction, parts(transaction, "WHERE event = $1", id), "WHERE id = $1", id));
}

std::optional<std::int64_t> EventRepository::planVersion(ReadTransaction& transaction, const EventId& id) {
    const auto found = first(select<std::int64_t>(transaction, "SELECT plan_version FROM event WHERE id = $1", id));
    return found ? std::optional{std::get<0>(*found)} : std::nullopt;
}

std::vector<StoredEvent> EventRepository::all(ReadTransaction& transaction) {
    return events(transaction, parts(transaction, ""), "ORDER BY id");
}

std::vector<StoredEvent> EventRepository::ofCampaign(ReadTransaction& transaction, const CampaignId& campaign) {
    const std::string own = "WHERE event IN (SELECT id FROM event WHERE campaign = $1)";
    return events(transaction, parts(transaction, own, campaign), "WHERE campaign = $1 ORDER BY id", campaign);
}

std::vector<StoredEvent> EventRepository::expandedBefore(ReadTransaction& transaction, Instant instant) {
    return events(transaction, parts(transaction, ""),
                  "WHERE expanded_until IS NULL OR expanded_until < $1 ORDER BY id", instant);
}

void EventRepository::save(WriteTransaction& transaction, const Event& event, Instant now) {
    execute(transaction,
            "INSERT INTO event (id, title, message_class, media, start_mode, preempt, overrun, late_join, grace, "
            "owner, campaign, "
            "sequence, icalendar, created, updated, plan_version) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
            "ON CONFLICT (id) DO UPDATE SET title = excluded.title, message_class = excluded.message_class, "
            "media = excluded.media, start_mode = excluded.start_mode, owner = excluded.owner, campaign = "
            "excluded.campaign, preempt = excluded.preempt, "
            "overrun = excluded.overrun, "
            "late_join = excluded.late_join, grace = excluded.grace, sequence = excluded.sequence, "
            "icalendar = excluded.icalendar, updated = excluded.updated, plan_version = excluded.plan_version",
            event.id, event.title, event.messageClass, mediaOf(event.source), event.policy.start, event.policy.preempt,
            event.policy.overrun, event.policy.lateJoin, event.policy.grace, event.owner, event.campaign,
            event.sequence, event.icalendar, now, now, PlanVersion::bump(transaction));
    saveTargets(transaction, event);
    saveOverrides(transaction, event);
    if (event.campaign)
        execute(transaction, "INSERT INTO campaign_event (campaign, event) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                *event.campaign, event.id);
}

void EventRepository::saveOccurrences(WriteTransaction& transaction, const EventId& event,
                                      std::span<const Occurrence> occurrences, Interval window) {
    execute(transaction, "DELETE FROM occurrence WHERE event = $1 AND starts >= $2", event, window.start);
    MediaLengths lengths{transaction};
    for (const Occurrence& occurrence : occurrences) {
        assert(occurrence.event == event);
        const auto media = mediaOf(occurrence.source);
        execute(transaction,
                "INSERT INTO occurrence (event, original, starts, ends, title, media, sounds_until) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7) "
                "ON CONFLICT (event, original) DO UPDATE SET starts = excluded.starts, ends = excluded.ends, "
                "title = excluded.title, media = excluded.media, sounds_until = excluded.sounds_until",
                occurrence.event, occurrence.original, occurrence.at.start, occurrence.at.end, occurrence.title, media,
                lengths.soundsUntil(occurrence.at.start, media));
    }
    execute(transaction, "UPDATE event SET expanded_until = $1 WHERE id = $2", window.end, event);
    PlanVersion::bump(transaction);
}

void EventRepository::noteChange(WriteTransaction& transaction, const EventId& id) {
    execute(transaction, "UPDATE event SET plan_version = $1 WHERE id = $2", PlanVersion::bump(transaction), id);
}

bool EventRepository::remove(WriteTransaction& transaction, const EventId& id) {
    if (execute(transaction, "DELETE FROM event WHERE id = $1", id) == 0) return false;
    PlanVersion::bump(transaction);
    return true;
}

}  // namespace loa
