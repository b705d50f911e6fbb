#pragma once
#include <deque>

#include "scheduler/planning/campaign/plan_campaign.h"
#include "tests/scheduler/planning/values.h"

namespace loa::test {

/// Stations with their airtime and what is planned there, and a campaign for them; 1 March 2027 is a Monday.
struct CampaignCase {
    Campaign campaign;
    std::deque<Seats> seats;
    std::vector<StationRoom> rooms;
    std::vector<Placement> earlier;

    void add(const std::string& id, StationAirtime airtime, const std::vector<Interval>& planned = {},
             const std::string& plannedMedia = "news") {
        Seats& own = seats.emplace_back(std::move(airtime), "Asia/Ho_Chi_Minh", timeInVietnam);
        for (const Interval& each : planned) own.take({each, MediaId{plannedMedia}, "Thời sự", MessageClass::normal});
        rooms.push_back({StationId{id}, &own});
    }
    CampaignProposal plan() const { return planCampaign(campaign, rooms, earlier); }
};

inline Day march(int day) {
    return Day{std::chrono::year{2027} / 3 / day};
}

/// An instant of a day in March, `minutes` after midnight in Vietnam.
inline Instant onMarch(int day, int minutes) {
    return at(0) + std::chrono::days{day - 1} + std::chrono::minutes{minutes};
}

inline OpenDaypart daypart(int day, const std::string& name, int from, int length, int ceiling = 1440) {
    const Interval at{onMarch(day, from), onMarch(day, from + length)};
    return {name, at, std::min<Milliseconds>(at.length(), std::chrono::minutes{ceiling})};
}

/// Every hour open.
inline AirtimeDay openDay(int day) {
    AirtimeDay airtime;
    airtime.day = march(day);
    airtime.at = {onMarch(day, 0), onMarch(day, 1440)};
    return airtime;
}

/// 05:00–06:30, 11:00–12:00, 17:00–18:30: the practice of the Mekong delta.
inline AirtimeDay usualDay(int day) {
    auto airtime = openDay(day);
    airtime.restricted = true;
    airtime.dayparts = {daypart(day, "sáng", 300, 90), daypart(day, "trưa", 660, 60), daypart(day, "chiều", 1020, 90)};
    return airtime;
}

inline StationAirtime usualDays(int first, int last) {
    StationAirtime airtime;
    for (int day = first; day <= last; ++day) airtime.days.push_back(usualDay(day));
    return airtime;
}

/// "Air these four 1022 announcements three times a day, in turn, from the 1st to the 30th, at least two hours apart,
/// taking at most a third of any daypart."
inline Campaign hotline() {
    Campaign campaign;
    for (const int seconds : {30, 60, 45, 90})
        campaign.announcements.push_back(
            media("1022-" + std::to_string(campaign.announcements.size() + 1), std::chrono::seconds{seconds}));
    campaign.first = march(1);
    campaign.last = march(30);
    campaign.airingsPerDay = 3;
    campaign.smallestGap = 2h;
    campaign.share = 1.0 / 3;
    return campaign;
}

}  // namespace loa::test
