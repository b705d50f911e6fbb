// From a station's rules and seats to what a campaign finds there on one day, in numbers that can be compared. Asks the
// seats once for each of them, so that nothing below has to. Pure.
#include "scheduler/planning/campaign/day.h"

#include <algorithm>
#include <cmath>

namespace loa {
namespace {

/// Without dayparts no rule bounds how much sounds.
constexpr Milliseconds endless{std::chrono::hours{48}};

struct OpenTime {
    Interval at;
    Milliseconds room;
};

Milliseconds shareOf(Milliseconds whole, double share) {
    return Milliseconds{std::llround(static_cast<double>(whole.count()) * share)};
}

bool wanted(const Campaign& campaign, const std::string& daypart) {
    const auto& names = campaign.dayparts;
    return names.empty() || std::find(names.begin(), names.end(), daypart) != names.end();
}

std::vector<OpenTime> openTimes(const Campaign& campaign, const Seats& seats, std::size_t index,
                                const Passing& passing) {
    const auto& days = seats.airtime().days;
    const AirtimeDay& today = days[index];
    if (!today.restricted) return {{today.at, endless}};
    Instant from = today.at.start;
    if (index > 0)
        for (const OpenDaypart& daypart : days[index - 1].dayparts) from = std::max(from, daypart.at.end);
    std::vector<OpenTime> open;
    for (const OpenDaypart& daypart : today.dayparts) {
        const Interval at{std::max(from, daypart.at.start), std::min(daypart.at.end, today.at.end)};
        from = std::max(from, daypart.at.end);
        if (at.start >= at.end || !wanted(campaign, daypart.name)) continue;
        const auto ceiling = passing.ceiling ? daypart.at.length() : daypart.ceiling;
        const auto used = passing.planned ? Milliseconds{0} : seats.used(daypart);
        const auto share = passing.share ? ceiling : shareOf(ceiling, campaign.share);
        open.push_back({at, std::clamp(ceiling - used, Milliseconds{0}, share)});
    }
    return open;
}

/// Those who sit in the interval, the last first.
std::vector<const Seat*> seatedIn(Interval at, const Seats& seats) {
    std::vector<const Seat*> seated;
    while (const Seat* seat = at.start < at.end ? seats.inTheWayOf(at) : nullptr) {
        seated.push_back(seat);
        at.end = seat->at.start;
    }
    return seated;
}

std::vector<Interval> quietIn(const StationAirtime& airtime, std::size_t index) {
    std::vector<Interval> quiet;
    for (std::size_t day = index > 0 ? index - 1 : 0; day <= index; ++day)
        for (const QuietTime& each : airtime.days[day].quiet) quiet.push_back(each.at);
    return quiet;
}

/// Adds what the blocked intervals, ordered by start, leave of the open time.
void addStretches(CampaignDay& day, const OpenTime& open, const std::vector<Interval>& blocked, Instant zero) {
    const int daypart = static_cast<int>(day.rooms.size());
    day.rooms.push_back(open.room);
    Instant from = open.at.start;
    const auto add = [&](Instant to) {
        if (from < to) day.stretches.push_back({from - zero, to - zero, daypart});
    };
    for (const Interval& each : blocked) {
        if (each.start >= open.at.end) break;
        if (each.end <= from) continue;
        add(each.start);
        from = each.end;
    }
    add(open.at.end);
}

std::vector<int> limitsOn(const AirtimeDay& today, const CampaignTerms& terms, const std::vector<const Seat*>& seated,
                          const Campaign& campaign, bool limited) {
    std::vector<int> limits(terms.lengths.size(), campaign.airingsPerDay);
    if (limited && today.airingsPerDay) {
        std::fill(limits.begin(), limits.end(), std::min(*today.airingsPerDay, campaign.airingsPerDay));
        std::vector<int> already(limits.size(), 0);
        for (const Seat* seat : seated) {
            const auto place = terms.places.find(seat->media);
            if (place != terms.places.end() && today.at.contains(seat->at.start))
                ++already[static_cast<std::size_t>(place->second)];
        }
        for (std::size_t i = 0; i < limits.size(); ++i)
            limits[i] = std::clamp(*today.airingsPerDay - already[i], 0, limits[i]);
    }
    if (today.longest)
        for (std::size_t i = 0; i < limits.size(); ++i)
            if (terms.lengths[i] > *today.longest) limits[i] = 0;
    return limits;
}

/// The longest that may start anywhere on that day.
Milliseconds longestThatFits(const CampaignDay& day) {
    Milliseconds longest{0};
    for (const FreeStretch& stretch : day.stretches) {
        const int start = startsIn(stretch, Milliseconds{0}, day).first;
        if (start > day.latest) continue;
        const Milliseconds room = day.rooms[static_cast<std::size_t>(stretch.daypart)];
        longest = std::max(longest, std::min(room, stretch.to - std::chrono::minutes{start}));
    }
    return longest;
}

void forgetThoseThatFitNowhere(CampaignDay& day, const std::vector<Milliseconds>& lengths) {
    const Milliseconds longest = longestThatFits(day);
    for (std::size_t i = 0; i < day.limits.size(); ++i)
        if (lengths[i] > longest) day.limits[i] = 0;
}

}  // namespace

CampaignTerms::CampaignTerms(const Campaign& campaign) : gap{static_cast<int>(campaign.smallestGap.count())} {
    for (const MediaItem& announcement : campaign.announcements) {
        places.emplace(announcement.id, static_cast<int>(lengths.size()));
        lengths.push_back(announcement.length());
    }
}

StartRange startsIn(const FreeStretch& stretch, Milliseconds length, const CampaignDay& day) {
    using std::chrono::minutes;
    return {std::max(day.earliest, static_cast<int>(std::chrono::ceil<minutes>(stretch.from).count())),
            std::min(day.latest, static_cast<int>(std::chrono::floor<minutes>(stretch.to - length).count()))};
}

int minutesFrom(Milliseconds length, int gap) {
    return std::max(gap, static_cast<int>(std::chrono::ceil<std::chrono::minutes>(length).count()));
}

CampaignDay campaignDay(const Campaign& campaign, const CampaignTerms& terms, const Seats& seats, std::size_t index,
                        const Passing& passing) {
    const AirtimeDay& today = seats.airtime().days[index];
    const auto seated = passing.planned ? std::vector<const Seat*>{} : seatedIn(today.at, seats);
    auto blocked = passing.quiet ? std::vector<Interval>{} : quietIn(seats.airtime(), index);
    for (const Seat* seat : seated) blocked.push_back(seat->at);
    std::sort(blocked.begin(), blocked.end());
    CampaignDay day;
    day.asked = campaign.airingsPerDay;
    for (const OpenTime& open : openTimes(campaign, seats, index, passing))
        addStretches(day, open, blocked, minuteZero(today));
    day.limits = limitsOn(today, terms, seated, campaign, !passing.limit);
    forgetThoseThatFitNowhere(day, terms.lengths);
    return day;
}

CampaignDay narrowed(CampaignDay day, const std::vector<Milliseconds>& lengths, int earliest, int latest) {
    day.earliest = std::max(day.earliest, earliest);
    day.latest = std::min(day.latest, latest);
    forgetThoseThatFitNowhere(day, lengths);
    return day;
}

std::size_t CampaignDayHash::operator()(const CampaignDay& day) const {
    std::size_t hash = static_cast<std::size_t>(day.asked * 31 + day.earliest * 37 + day.latest * 41);
    const auto add = [&](std::int64_t value) { hash = (hash ^ static_cast<std::size_t>(value)) * 0x100000001b3U; };
    for (const FreeStretch& each : day.stretches) {
        add(each.from.count());
        add(each.to.count());
    }
    for (const Milliseconds room : day.rooms) add(room.count());
    for (const int limit : day.limits) add(limit);
    return hash;
}

}  // namespace loa
