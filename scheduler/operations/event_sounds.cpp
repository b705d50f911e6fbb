// What an event sounds, and what it meets. Meetings of whole series are looked up in one question; those of single
// stations, which are few, one by one.
#include "scheduler/operations/event_sounds.h"

#include <algorithm>

#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/occurrence_repository.h"

namespace loa {
namespace {

/// What the station sounds in place of the occurrence.
Occurrence changed(Occurrence occurrence, const StationOverride& own) {
    if (own.start) occurrence.at = {*own.start, *own.start + occurrence.at.length()};
    if (own.source) occurrence.source = own.source;
    return occurrence;
}

std::vector<Meeting> generalMeetings(ReadTransaction& transaction, const Event& event, Instant now,
                                     Milliseconds longest) {
    std::vector<Meeting> meetings;
    for (auto& met : OccurrenceRepository::meeting(transaction, event.id, now, longest))
        meetings.push_back({met.original, met.at, std::move(met.other), met.otherOriginal, met.otherAt, {}});
    return meetings;
}

void addMeetingsAt(const StationId& station, ReadTransaction& transaction, KnownMedia& media, const Event& event,
                   const PlannedSound& sound, Milliseconds longest, std::vector<Meeting>& meetings) {
    const Interval around{sound.at.start - longest, sound.at.end};
    for (const auto& other : OccurrenceRepository::forStation(transaction, station, around)) {
        const auto heard = other.event == event.id ? std::nullopt : media.soundOf(other);
        if (heard && heard->at.overlaps(sound.at))
            meetings.push_back({sound.original, sound.at, other.event, other.original, heard->at, station});
    }
}

}  // namespace

const std::optional<MediaItem>& KnownMedia::find(const Source& source) {
    const MediaId& id = std::get<MediaSource>(source).media;
    const auto [at, isNew] = known_.try_emplace(id);
    if (isNew && !MediaRepository::removed(transaction_, id)) at->second = MediaRepository::find(transaction_, id);
    return at->second;
}

std::optional<PlannedSound> KnownMedia::soundOf(const Occurrence& occurrence) {
    if (!occurrence.source) return std::nullopt;
    const auto& item = find(*occurrence.source);
    if (!item) return std::nullopt;
    const Instant start = occurrence.at.start;
    return PlannedSound{occurrence.original, {start, start + item->length()}, item->id, {}};
}

std::vector<PlannedSound> soundsOf(KnownMedia& media, const Event& event, const std::vector<Occurrence>& occurrences,
                                   Instant now) {
    std::vector<PlannedSound> sounds;
    const auto add = [&](const Occurrence& occurrence, const std::optional<StationId>& only) {
        auto sound = media.soundOf(occurrence);
        if (!sound || sound->at.start < now) return;
        sound->only = only;
        sounds.push_back(*std::move(sound));
    };
    std::map<Instant, const Occurrence*> byOriginal;
    for (const auto& occurrence : occurrences) {
        byOriginal.emplace(occurrence.original, &occurrence);
        add(occurrence, std::nullopt);
    }
    for (const auto& own : event.stationOverrides)
        if (const auto general = byOriginal.find(own.original); !own.dropped && general != byOriginal.end())
            add(changed(*general->second, own), own.station);
    std::stable_sort(sounds.begin(), sounds.end(), [](const PlannedSound& left, const PlannedSound& right) {
        return left.at.start < right.at.start;
    });
    return sounds;
}

std::vector<Clash> clashesOf(ReadTransaction& transaction, KnownMedia& media, const Event& event,
                             const std::vector<PlannedSound>& sounds, const Places& places, Instant now) {
    const auto longest = MediaRepository::longest(transaction);
    auto meetings = generalMeetings(transaction, event, now, longest);
    for (const auto& sound : sounds)
        if (sound.only) addMeetingsAt(*sound.only, transaction, media, event, sound, longest, meetings);
    std::stable_sort(meetings.begin(), meetings.end(),
                     [](const Meeting& left, const Meeting& right) { return left.at.start < right.at.start; });
    std::map<EventId, Event> others;
    for (const auto& met : meetings)
        if (!others.contains(met.other))
            if (auto stored = EventRepository::find(transaction, met.other))
                others.emplace(met.other, std::move(stored->event));
    return findClashes(event, meetings, others, places);
}

}  // namespace loa
