// How long the planner of campaigns takes: a district's month, then a province's year, at a quarter of the stations and
// at all of them, to see how it grows. Every station has a programme of its own, so that none can share another's plan.
#include <chrono>
#include <deque>
#include <iostream>
#include <random>

#include "scheduler/planning/campaign/plan_campaign.h"
#include "tests/bench/result.h"

using namespace loa;
using namespace std::chrono_literals;

namespace {

constexpr auto firstDay = std::chrono::sys_days{std::chrono::year{2027} / 1 / 1};

Interval on(int day, int minute, int length) {
    const Instant start = Instant{firstDay} - 7h + std::chrono::days{day} + std::chrono::minutes{minute};
    return {start, start + std::chrono::minutes{length}};
}

StationAirtime yearOf(int days) {
    StationAirtime airtime;
    for (int day = -1; day < days; ++day) {
        AirtimeDay own;
        own.day = Day{firstDay + std::chrono::days{day}};
        own.at = on(day, 0, 1440);
        own.restricted = true;
        own.dayparts = {
            {"sáng", on(day, 300, 90), 45min}, {"trưa", on(day, 660, 60), 45min}, {"chiều", on(day, 1020, 90), 45min}};
        own.quiet = {{"im lặng", on(day, 1320, 420)}};
        own.airingsPerDay = 3;
        airtime.days.push_back(std::move(own));
    }
    return airtime;
}

/// Twelve items a day at seconds of their own, so that hardly any two stations or, unless `alike`, days are the same.
Seats programme(int station, int days, bool alike) {
    Seats seats{yearOf(days), "Asia/Ho_Chi_Minh", [](Instant, const std::string&) { return std::string{}; }};
    std::minstd_rand dice{static_cast<unsigned>(station + 1)};
    for (int day = 0; day < days; ++day) {
        if (alike) dice.seed(static_cast<unsigned>(station + 1));
        for (int item = 0; item < 12; ++item) {
            const int from = (item < 4 ? 300 : item < 8 ? 660 : 1020) + item % 4 * 14;
            const Interval at = on(day, from, 2);
            const auto shift = std::chrono::seconds{dice() % 600};
            seats.take({{at.start + shift, at.end + shift}, MediaId{"programme"}, "Thời sự", MessageClass::normal});
        }
    }
    return seats;
}

Campaign campaignOf(int announcements, int days) {
    Campaign campaign;
    for (int i = 0; i < announcements; ++i) {
        MediaItem item;
        item.id = MediaId{std::string(60, 'a') + std::to_string(1000 + i)};
        item.frames = (30 + i % 60) * frameRate;
        campaign.announcements.push_back(std::move(item));
    }
    campaign.first = Day{firstDay};
    campaign.last = Day{firstDay + std::chrono::days{days - 1}};
    campaign.airingsPerDay = 3;
    campaign.smallestGap = 2h;
    campaign.share = 1.0 / 3;
    return campaign;
}

double secondsFor(int stations, int days, bool alike) {
    const auto campaign = campaignOf(50, days);
    std::deque<Seats> seats;
    std::vector<StationRoom> rooms;
    for (int station = 0; station < stations; ++station)
        rooms.push_back(
            {StationId{"s" + std::to_string(10'000 + station)}, &seats.emplace_back(programme(station, days, alike))});
    const auto began = std::chrono::steady_clock::now();
    const auto proposal = planCampaign(campaign, rooms);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::cerr << stations << " stations, " << days << " days: " << proposal.score.airings << " airings, "
              << proposal.missing.size() << " days with airings missing, " << (proposal.proven ? "" : "not ")
              << "proven, " << took.count() << " s\n";
    return took.count();
}

}  // namespace

int main() {
    const double month = secondsFor(13, 30, false);
    bench::print({"campaign 50 x 13 x 30 days", month, 1, "limit", "s", "<= 1 s", month <= 1});
    const double quarter = secondsFor(250, 365, false);
    const double whole = secondsFor(1000, 365, false);
    bench::print({"campaign 50 x 1000 x 365 days", whole, 4 * quarter, "4 x 250 stations", "s",
                  "<= 1.1 of linear growth", whole <= 1.1 * 4 * quarter});
    const double alike = secondsFor(1000, 365, true);
    bench::print({"the same, days alike", alike, whole, "days unlike", "s", "less", alike < whole});
}
