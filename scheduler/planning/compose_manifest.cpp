// Which of a station's assignments sound, and why the others do not. They are seated one by one, the strongest first,
// each where nobody sits yet; the one in the way is named in the reason. Pure: same arguments, same answer.
#include "scheduler/planning/compose_manifest.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace loa {
namespace {

struct Refusal {
    std::string code;
    Words words;
};

/// What the assignment would sound, whether or not there is room.
Slot slotFor(const Assignment& assignment) {
    const Occurrence& occurrence = assignment.occurrence;
    const Instant start = occurrence.at.start;
    return {makeSlotId(occurrence.event, occurrence.original, assignment.station, 0),
            occurrence.event,
            occurrence.original,
            0,
            occurrence.title,
            assignment.messageClass,
            assignment.policy,
            {start, start + assignment.media.length()},
            assignment.media.id,
            assignment.media.bytes,
            assignment.media.frames};
}

std::string secondsText(Milliseconds length) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(length).count());
}

/// How long the occurrence lets its media sound; empty: as long as it is.
std::optional<Milliseconds> roomOf(const Assignment& assignment) {
    const Milliseconds length = assignment.occurrence.at.length();
    if (length <= Milliseconds{0}) return std::nullopt;
    const bool finishes = assignment.policy.overrun == OverrunPolicy::finishCurrent;
    return finishes ? length + assignment.policy.grace : length;
}

/// What keeps it from sounding wherever it stands.
std::optional<Refusal> unfit(const Assignment& assignment) {
    if (assignment.media.frames <= 0)
        return Refusal{"media-empty",
                       {"Bản âm thanh “" + assignment.media.title + "” không có tiếng. Chọn bản khác.",
                        "The sound “" + assignment.media.title + "” is empty. Choose another."}};
    const auto room = roomOf(assignment);
    if (!room || assignment.media.length() <= *room) return std::nullopt;
    const std::string needed = secondsText(assignment.media.length());
    const std::string given = secondsText(assignment.occurrence.at.length());
    return Refusal{
        "media-longer-than-slot",
        {"Tin dài " + needed + " giây, lịch chỉ dành " + given + " giây. Kéo dài lịch hoặc chọn bản ngắn hơn.",
         "It lasts " + needed + " seconds, the plan gives it " + given + ". Plan more time or choose a shorter one."}};
}

Refusal overlap(const Slot& winner, const std::string& time) {
    const bool priority = winner.messageClass == MessageClass::priority;
    return {"overlap",
            {"Trùng với “" + winner.title + "” lúc " + time + (priority ? " (ưu tiên)" : "") + ". Dời sang giờ khác.",
             "Overlaps “" + winner.title + "” at " + time + (priority ? " (priority)" : "") +
                 ". Move it to another time."}};
}

/// The strongest first.
bool stronger(const Assignment* left, const Assignment* right) {
    const auto rank = [](const Assignment& assignment) {
        const Occurrence& occurrence = assignment.occurrence;
        return std::tuple<bool, Instant, const EventId&>{assignment.messageClass != MessageClass::priority,
                                                         occurrence.original, occurrence.event};
    };
    return rank(*left) < rank(*right);
}

/// Who sounds when. None overlaps another, so only neighbours need looking at.
class Seats {
public:
    const Slot* inTheWayOf(const Slot& slot) const {
        const auto after = taken_.lower_bound(slot.at.end);
        if (after == taken_.begin()) return nullptr;
        const Slot& before = std::prev(after)->second;
        return before.at.overlaps(slot.at) ? &before : nullptr;
    }
    void take(Slot slot) {
        const Instant start = slot.at.start;
        taken_.emplace(start, std::move(slot));
    }
    std::vector<Slot> startingIn(Interval window) const {
        std::vector<Slot> slots;
        for (auto at = taken_.lower_bound(window.start); at != taken_.end() && at->first < window.end; ++at)
            slots.push_back(at->second);
        return slots;
    }

private:
    std::map<Instant, Slot> taken_;
};

std::vector<const Assignment*> ofStation(const StationId& station, std::span<const Assignment> assignments) {
    std::vector<const Assignment*> own;
    for (const Assignment& assignment : assignments)
        if (assignment.station == station) own.push_back(&assignment);
    std::sort(own.begin(), own.end(), stronger);
    return own;
}

}  // namespace

Composition composeManifest(const Station& station, Interval window, std::span<const Assignment> assignments,
                            const TimeText& timeText) {
    Seats seats;
    Composition composition;
    for (const Assignment* assignment : ofStation(station.id, assignments)) {
        auto refusal = unfit(*assignment);
        Slot slot = slotFor(*assignment);
        if (!refusal) {
            if (const Slot* winner = seats.inTheWayOf(slot))
                refusal = overlap(*winner, timeText(winner->at.start, station.zone));
            else
                seats.take(std::move(slot));
        }
        const Occurrence& occurrence = assignment->occurrence;
        if (refusal && window.contains(occurrence.at.start))
            composition.rejected.push_back({station.id, occurrence.event, occurrence.original, occurrence.at,
                                            occurrence.title, refusal->code, refusal->words});
    }
    composition.slots = seats.startingIn(window);
    std::stable_sort(composition.rejected.begin(), composition.rejected.end(),
                     [](const Rejection& left, const Rejection& right) { return left.at.start < right.at.start; });
    return composition;
}

}  // namespace loa
