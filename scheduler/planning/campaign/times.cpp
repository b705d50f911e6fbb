// When exactly: of all starts that are equally far apart, those that stay, that the campaign uses anyhow, and that are
// round. One pass over the minutes of a day for each airing (dynamic programming over "the first n, the n-th at this
// minute"). Pure.
#include "scheduler/planning/campaign/times.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace loa {
namespace {

/// A day's minutes, from two hours before to two hours after for clock changes.
constexpr int firstMinute = -120;
constexpr int minuteCount = 24 * 60 + 240;

constexpr int keptLike = 1'000'000;
constexpr int usedLike = 1'000;
constexpr int nearLike = 500;
constexpr int impossible = std::numeric_limits<int>::min();

int roundness(int minute) {
    int value = 0;
    for (const int unit : {5, 10, 15, 30, 60}) value += minute % unit == 0 ? 6 : 0;
    return value;
}

struct Best {
    int like = impossible;
    int minute = 0;
};

/// For each minute the best choice for the first airings up to one, which starts then or before.
using Row = std::vector<Best>;

std::size_t at(int minute) {
    return static_cast<std::size_t>(minute - firstMinute);
}

bool roomForAll(const CampaignDay& day, const std::vector<Milliseconds>& lengths, const std::vector<Place>& row) {
    Milliseconds sum{0};
    for (const Place& place : row) sum += lengths[static_cast<std::size_t>(place.announcement)];
    return std::all_of(day.rooms.begin(), day.rooms.end(), [&](Milliseconds room) { return sum <= room; });
}

}  // namespace

LikedMinutes::LikedMinutes() : likes_(minuteCount) {
    for (int i = 0; i < minuteCount; ++i) likes_[at(i + firstMinute)] = roundness(i + firstMinute);
}

std::size_t LikedMinutes::index(int minute) {
    return at(minute);
}

bool LikedMinutes::isUsed(int minute) const {
    return of(minute) >= usedLike;
}

void LikedMinutes::use(int minute) {
    if (isUsed(minute)) return;
    likes_[index(minute)] = usedLike + roundness(minute);
    for (int other = firstMinute; other < firstMinute + minuteCount; ++other) {
        const int like = nearLike - 2 * std::abs(other - minute) + roundness(other);
        likes_[index(other)] = std::max(likes_[index(other)], like);
    }
}

std::vector<Place> pleasingTimes(const CampaignDay& day, const std::vector<Milliseconds>& lengths,
                                 std::vector<Place> row, int gap, const std::vector<int>& kept,
                                 const LikedMinutes& liked) {
    const bool anywhere = roomForAll(day, lengths, row);
    std::vector<Row> rows;
    int distance = 0;
    for (const Place& place : row) {
        const Milliseconds length = lengths[static_cast<std::size_t>(place.announcement)];
        Row now(minuteCount);
        for (const FreeStretch& stretch : day.stretches) {
            const auto starts = startsIn(stretch, length, day);
            if (!anywhere && stretch.daypart != place.daypart) continue;
            if (day.rooms[static_cast<std::size_t>(stretch.daypart)] < length) continue;
            for (int minute = starts.first; minute <= starts.last; ++minute) {
                if (!rows.empty() && minute - distance < firstMinute) continue;
                const int before = rows.empty() ? 0 : rows.back()[at(minute - distance)].like;
                if (before == impossible) continue;
                const bool stays = std::find(kept.begin(), kept.end(), minute) != kept.end();
                now[at(minute)] = {before + (stays ? keptLike : liked.of(minute)), minute};
            }
        }
        for (std::size_t i = 1; i < now.size(); ++i)
            if (now[i - 1].like >= now[i].like) now[i] = now[i - 1];
        rows.push_back(std::move(now));
        distance = minutesFrom(length, gap);
    }
    int minute = firstMinute + minuteCount - 1;
    for (std::size_t i = row.size(); i-- > 0;) {
        const Best& best = rows[i][at(minute)];
        if (best.like == impossible) return row;
        row[i].minute = best.minute;
        if (i > 0) minute = best.minute - minutesFrom(lengths[static_cast<std::size_t>(row[i - 1].announcement)], gap);
    }
    return row;
}

}  // namespace loa
