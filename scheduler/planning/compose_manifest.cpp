// Which of a station's assignments sound, and why the others do not. They are seated one by one, the strongest first,
// each where nobody sits yet; the one in the way is named in the reason. Pure: same arguments, same answer.
#include "scheduler/planning/compose_manifest.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace loa {
namespace {

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

Refusal startPassed() {
    return {"start-passed",
            {"Giờ phát đã qua khi lịch được xếp nên lần này không phát. Chọn giờ muộn hơn.",
             "Its start had passed when it was planned, so it does not air. Choose a later time."}};
}

Refusal alreadyBegun() {
    return {"start-passed",
            {"Lần phát này đã bắt đầu nên giữ nguyên. Thay đổi có hiệu lực từ lần sau.",
             "This airing has begun, so it stays as it was. The change holds from the next one on."}};
}

Refusal settledOtherwise(const Assignment& winner) {
    const auto& title = winner.occurrence.title;
    return {"settled-otherwise",
            {"Địa phương đã chọn phát “" + title + "” thay cho tin này. Dời sang giờ khác.",
             "The commune chose “" + title + "” in its place. Move it to another time."}};
}

Refusal manifestFull() {
    return {"manifest-full",
            {"Trạm đã có quá nhiều lần phát trong thời gian này. Bỏ bớt lịch dày.",
             "The station has too many airings in this time. Drop some of the dense plans."}};
}

/// The strongest first.
bool stronger(const Assignment* left, const Assignment* right) {
    const auto rank = [](const Assignment& assignment) {
        const Occurrence& occurrence = assignment.occurrence;
        const bool priority = assignment.messageClass == MessageClass::priority;
        return std::tuple<bool, bool, Instant, const EventId&>{!priority, assignment.fromAbove != priority,
                                                               occurrence.original, occurrence.event};
    };
    return rank(*left) < rank(*right);
}

class Composer {
public:
    Composer(const StationPlan& plan, const TimeText& timeText)
        : plan_{plan}, seats_{plan.airtime, plan.station.zone, timeText} {}

    Composition compose() {
        for (const Assignment& assignment : plan_.assignments)
            if (assignment.station == plan_.station.id) own_.push_back(&assignment);
        std::sort(own_.begin(), own_.end(), stronger);
        seatWhatHasBegun();
        for (const Assignment* assignment : own_) seat(*assignment);
        std::sort(found_.slots.begin(), found_.slots.end(),
                  [](const Slot& left, const Slot& right) { return left.at < right.at; });
        const auto byStart = [](const auto& left, const auto& right) { return left.at.start < right.at.start; };
        std::stable_sort(found_.rejected.begin(), found_.rejected.end(), byStart);
        std::stable_sort(found_.toSettle.begin(), found_.toSettle.end(),
                         [&](const auto& left, const auto& right) { return byStart(left.upper, right.upper); });
        return std::move(found_);
    }

private:
    /// What is over stays as it was published; what is on air too, unless it is no longer planned at all.
    void seatWhatHasBegun() {
        std::map<SlotId, const Assignment*> planned;
        std::set<Sound> sounds;
        for (const Assignment* assignment : own_) {
            const Slot slot = slotFor(*assignment);
            planned[slot.id] = assignment;
            sounds.insert(soundOf(slot));
        }
        for (const PublishedSlot& published : plan_.published) {
            const Slot& slot = published.slot;
            if (published.withdrawn || slot.at.start >= plan_.now) continue;
            if (slot.at.end > plan_.now && !planned.contains(slot.id) && !sounds.contains(soundOf(slot))) continue;
            begun_.insert(slot.id);
            begunSounds_.insert(soundOf(slot));
            take(slot);
            if (const auto now = planned.find(slot.id); now != planned.end()) seated_[slot.at.start] = now->second;
        }
    }

    void seat(const Assignment& assignment) {
        Slot slot = slotFor(assignment);
        if (begun_.contains(slot.id)) {
            if (slot.at.start >= plan_.now) refuse(assignment, alreadyBegun());
            return;
        }
        if (begunSounds_.contains(soundOf(slot))) return;
        if (auto why = unfit(assignment)) return refuse(assignment, *std::move(why));
        if (const Assignment* winner = settledWinnerOver(assignment))
            return refuse(assignment, settledOtherwise(*winner));
        if (auto why = seatWithinGrace(slot, assignment.policy)) {
            if (cameTooLate(assignment, slot)) return refuse(assignment, startPassed());
            noteClashToSettle(assignment, slot);
            return refuse(assignment, *std::move(why));
        }
        if (slot.at.start < plan_.now) return refuse(assignment, startPassed());
        if (found_.slots.size() >= manifestSlotsLimit) return refuse(assignment, manifestFull());
        slot.gainDb = gainAt(plan_.station, plan_.airtime, slot.at);
        take(slot);
        seated_[slot.at.start] = &assignment;
    }

    /// It would have had the place of the one in its way, had it been planned before.
    bool cameTooLate(const Assignment& assignment, const Slot& slot) const {
        if (slot.at.start >= plan_.now) return false;
        const Seat* winner = seats_.inTheWayOf(slot.at);
        if (winner == nullptr) return false;
        const auto seated = seated_.find(winner->at.start);
        return seated == seated_.end() || !stronger(seated->second, &assignment);
    }

    /// Moves a soft slot behind what is in its way, as far as its grace time goes. Why it could not; then it is
    /// unmoved.
    std::optional<Refusal> seatWithinGrace(Slot& slot, const AirPolicy& policy) const {
        const Interval wanted = slot.at;
        const auto first = seats_.refusal(seatOf(slot));
        auto why = first;
        while (why && why->code == "overlap" && policy.start == StartMode::soft) {
            const Instant next = seats_.inTheWayOf(slot.at)->at.end;
            if (next - wanted.start > policy.grace) break;
            slot.at = {next, next + wanted.length()};
            why = seats_.refusal(seatOf(slot));
        }
        if (!why) return std::nullopt;
        slot.at = wanted;
        return first;
    }

    /// The same sound in the same second is the same airing, though planned anew it belongs to another event.
    using Sound = std::pair<Instant, MediaId>;
    static Sound soundOf(const Slot& slot) {
        return {std::chrono::floor<std::chrono::seconds>(slot.at.start), slot.media};
    }

    void take(const Slot& slot) {
        seats_.take(seatOf(slot));
        if (!plan_.window.contains(slot.at.start)) return;
        found_.slots.push_back(slot);
    }

    void refuse(const Assignment& assignment, Refusal why) {
        const Occurrence& occurrence = assignment.occurrence;
        if (!plan_.window.contains(occurrence.at.start)) return;
        found_.rejected.push_back({plan_.station.id, occurrence.event, occurrence.original, occurrence.at,
                                   occurrence.title, std::move(why.code), std::move(why.words)});
    }

    static bool isPriority(const Assignment& assignment) { return assignment.messageClass == MessageClass::priority; }

    /// The commune's own assignment that was chosen over this one from above, when the two still meet.
    const Assignment* settledWinnerOver(const Assignment& upper) {
        if (!isPriority(upper) || !upper.fromAbove) return nullptr;
        for (const Settlement& settlement : plan_.settlements) {
            const auto& occurrence = upper.occurrence;
            if (settlement.winner != SettlementWinner::own || settlement.upperEvent != occurrence.event ||
                settlement.upperOriginal != occurrence.original)
                continue;
            for (const Assignment* own : own_)
                if (own->occurrence.event == settlement.ownEvent &&
                    own->occurrence.original == settlement.ownOriginal && meets(upper, *own)) {
                    note(upper, slotFor(upper).at, *own);
                    return own;
                }
        }
        return nullptr;
    }

    static bool meets(const Assignment& upper, const Assignment& own) {
        return isPriority(own) && !own.fromAbove && !unfit(own) && slotFor(upper).at.overlaps(slotFor(own).at);
    }

    /// An own priority assignment found no room: was it one from above that took it?
    void noteClashToSettle(const Assignment& own, const Slot& slot) {
        if (!isPriority(own) || own.fromAbove) return;
        const Seat* winner = seats_.inTheWayOf(slot.at);
        if (winner == nullptr) return;
        const auto seated = seated_.find(winner->at.start);
        if (seated == seated_.end() || !isPriority(*seated->second) || !seated->second->fromAbove) return;
        note(*seated->second, winner->at, own);
    }

    void note(const Assignment& upper, Interval upperAt, const Assignment& own) {
        const auto contender = [](const Assignment& assignment, Interval at) {
            const Occurrence& occurrence = assignment.occurrence;
            return Contender{occurrence.event, occurrence.original, at, occurrence.title};
        };
        const Interval ownAt = slotFor(own).at;
        if (!plan_.window.contains(upperAt.start)) return;
        found_.toSettle.push_back({plan_.station.id, contender(upper, upperAt), contender(own, ownAt),
                                   std::min(upperAt.start, ownAt.start) - settlementLead});
    }

    const StationPlan& plan_;
    Seats seats_;
    std::vector<const Assignment*> own_;  ///< this station's, the strongest first
    std::set<SlotId> begun_;
    std::set<Sound> begunSounds_;
    std::map<Instant, const Assignment*> seated_;  ///< by the start of its slot
    Composition found_;
};

}  // namespace

Seat seatOf(const Slot& slot) {
    return {slot.at, slot.media, slot.title, slot.messageClass};
}

Composition composeManifest(const StationPlan& plan, const TimeText& timeText) {
    return Composer{plan, timeText}.compose();
}

}  // namespace loa
