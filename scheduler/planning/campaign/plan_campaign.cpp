// The planner of campaigns. Reads each station's days into numbers, sets them apart where the gap reaches over
// midnight, chooses what airs on each day, then when. Equal days share all that is found out of them, equal stations
// their whole plan. Pure: same arguments, same answer.
#include "scheduler/planning/campaign/plan_campaign.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "scheduler/domain/error.h"
#include "scheduler/planning/campaign/left.h"
#include "scheduler/planning/campaign/midnight.h"
#include "scheduler/planning/campaign/missing.h"
#include "scheduler/planning/campaign/score.h"
#include "scheduler/planning/campaign/settle.h"
#include "scheduler/planning/campaign/turn.h"

namespace loa {
namespace {

void require(bool holds, const char* code, Words words) {
    if (!holds) throw Error(Fault::invalid, code, std::move(words));
}

void check(const Campaign& campaign, std::span<const StationRoom> stations) {
    const auto& announcements = campaign.announcements;
    require(!announcements.empty() && announcements.size() <= 1000, "campaign-without-announcements",
            {"Đợt tuyên truyền cần từ 1 đến 1000 tin.", "A campaign needs 1 to 1,000 announcements."});
    std::map<MediaId, int> times;
    for (const MediaItem& each : announcements) ++times[each.id];
    require(times.size() == announcements.size() &&
                std::all_of(announcements.begin(), announcements.end(),
                            [](const MediaItem& each) { return each.length() > Milliseconds{0}; }),
            "campaign-announcement",
            {"Mỗi tin chỉ ghi một lần và phải có tiếng.", "Each announcement stands there once and has sound."});
    require(campaign.first.ok() && campaign.last.ok() && campaign.first <= campaign.last &&
                std::chrono::sys_days{campaign.last} - std::chrono::sys_days{campaign.first} < std::chrono::days{400},
            "campaign-days",
            {"Ngày cuối phải sau ngày đầu, nhiều nhất 400 ngày.",
             "The last day comes after the first, at most 400 days in all."});
    require(campaign.airingsPerDay >= 1 && campaign.airingsPerDay <= 48, "campaign-airings",
            {"Số lần phát mỗi ngày là từ 1 đến 48.", "Airings a day are 1 to 48."});
    require(campaign.smallestGap >= std::chrono::minutes{0} && campaign.smallestGap <= std::chrono::hours{24},
            "campaign-gap",
            {"Khoảng cách giữa hai lần là từ 0 đến 24 giờ.", "The gap between two airings is 0 to 24 hours."});
    require(campaign.share > 0 && campaign.share <= 1, "campaign-share",
            {"Tỷ lệ của mỗi buổi phải lớn hơn 0, nhiều nhất là 1.", "The share is more than 0 and at most 1."});
    require(!stations.empty(), "campaign-without-stations", {"Chọn ít nhất một trạm.", "Choose at least one station."});
}

/// One station while it is planned. Vectors go along its days: those of the campaign on which it is there.
struct Work {
    const StationRoom* station;
    std::vector<std::size_t> indexes;               ///< in its airtime
    std::vector<std::vector<const DayRoom*>> ways;  ///< to set the days apart: each has all days
    std::vector<std::vector<Place>> earlier;        ///< that may move
    std::vector<Placement> fixed;                   ///< that may not
    std::vector<int> fixedCounts;                   ///< of each announcement
    std::vector<std::vector<Place>> places;         ///< the answer
    bool tied = false;                              ///< see StationDays
    bool certain = true;
};

Placement placementAt(const Campaign& campaign, const Work& work, std::size_t day, const Place& place) {
    const AirtimeDay& airtime = work.station->seats->airtime().days[work.indexes[day]];
    return {work.station->station, campaign.announcements[static_cast<std::size_t>(place.announcement)].id,
            minuteZero(airtime) + std::chrono::minutes{place.minute}};
}

void addPlacements(std::vector<Placement>& placements, const Campaign& campaign, const Work& work,
                   const std::vector<std::vector<Place>>& places) {
    for (std::size_t day = 0; day < places.size(); ++day)
        for (const Place& place : places[day]) placements.push_back(placementAt(campaign, work, day, place));
}

/// What is granted for each day of a station: all in all it grows with what is to be planned and no faster, and no
/// station uses up what another needs.
constexpr int effortOfDay = 4'000;

class Planner {
public:
    Planner(const Campaign& campaign, std::optional<Instant> from)
        : campaign_{campaign}, from_{from}, terms_{campaign}, rooms_{terms_}, settling_{rooms_} {}

    std::vector<Work> run(std::span<const StationRoom> stations, std::span<const Placement> earlier) {
        std::map<StationId, std::vector<const Placement*>> own;
        for (const Placement& each : earlier) own[each.station].push_back(&each);
        std::vector<Work> works;
        for (const StationRoom& station : stations) works.push_back(read(station, own[station.station]));
        settling_.like(daysByFrequency(works));
        std::map<std::tuple<decltype(Work::ways), decltype(Work::earlier), decltype(Work::fixedCounts)>, Work*> planned;
        for (Work& work : works) {
            const auto [same, isNew] = planned.try_emplace({work.ways, work.earlier, work.fixedCounts}, &work);
            if (isNew) {
                plan(work);
            } else {
                work.places = same->second->places;
                work.certain = same->second->certain;
            }
        }
        return works;
    }

    const CampaignTerms& terms() const { return terms_; }
    bool certain() { return rooms_.effort().certain; }

private:
    Work read(const StationRoom& station, std::vector<const Placement*>& earlier) {
        Work work;
        work.station = &station;
        work.fixedCounts.assign(terms_.lengths.size(), 0);
        std::sort(earlier.begin(), earlier.end(),
                  [](const Placement* left, const Placement* right) { return left->start < right->start; });
        const auto& days = station.seats->airtime().days;
        StationDays own;
        auto next = earlier.begin();
        for (std::size_t i = 0; i < days.size(); ++i) {
            if (days[i].day < campaign_.first || campaign_.last < days[i].day) continue;
            work.indexes.push_back(i);
            work.earlier.emplace_back();
            own.zeros.push_back(static_cast<int>((minuteZero(days[i]) - minuteZero(days[work.indexes.front()])) /
                                                 std::chrono::minutes{1}));
            own.days.push_back(campaignDay(campaign_, terms_, *station.seats, i));
            if (from_) own.days.back() = notBefore(days[i], std::move(own.days.back()));
            for (; next != earlier.end() && (*next)->start < days[i].at.end; ++next)
                if ((*next)->start >= days[i].at.start) takeOver(work, days[i], own.days.back(), **next);
            if (!work.fixed.empty()) keepAway(days[i], own.days.back(), work.fixed.back());
        }
        rooms_.effort().left = effortOfDay * static_cast<int>(own.days.size());
        for (const StationDays& way : setApart(std::move(own), rooms_)) {
            work.ways.emplace_back();
            work.tied = way.tied;
            for (const CampaignDay& day : way.days) work.ways.back().push_back(&rooms_.of(day));
        }
        return work;
    }

    CampaignDay notBefore(const AirtimeDay& day, CampaignDay found) const {
        const auto minutes = std::chrono::ceil<std::chrono::minutes>(*from_ - minuteZero(day)).count();
        return narrowed(std::move(found), terms_.lengths, static_cast<int>(std::clamp<long>(minutes, -1440, 2880)),
                        found.latest);
    }

    /// Takes a placement of the earlier plan into the day: as what may stay, or, before `from`, as what is over.
    void takeOver(Work& work, const AirtimeDay& day, CampaignDay& found, const Placement& placement) {
        const auto place = terms_.places.find(placement.announcement);
        if (from_ && placement.start < *from_) {
            work.fixed.push_back(placement);
            if (place == terms_.places.end()) return;
            ++work.fixedCounts[static_cast<std::size_t>(place->second)];
            count(found, place->second, placement.start - minuteZero(day));
            return;
        }
        const int minute = minuteOf(day, placement.start);
        if (place == terms_.places.end() || minuteZero(day) + std::chrono::minutes{minute} != placement.start) return;
        work.earlier.back().push_back({minute, place->second, 0});
    }

    /// One airing fewer to plan on that day.
    void count(CampaignDay& day, int announcement, Milliseconds start) const {
        day.asked = std::max(0, day.asked - 1);
        int& limit = day.limits[static_cast<std::size_t>(announcement)];
        limit = std::max(0, limit - 1);
        for (const FreeStretch& stretch : day.stretches)
            if (stretch.from <= start && start < stretch.to) {
                Milliseconds& room = day.rooms[static_cast<std::size_t>(stretch.daypart)];
                room = std::max(Milliseconds{0}, room - terms_.lengths[static_cast<std::size_t>(announcement)]);
            }
        day = narrowed(std::move(day), terms_.lengths, day.earliest, day.latest);
    }

    /// Nothing sooner after `fixed` than the gap allows.
    void keepAway(const AirtimeDay& day, CampaignDay& found, const Placement& fixed) const {
        const auto place = terms_.places.find(fixed.announcement);
        const auto length =
            place == terms_.places.end() ? Milliseconds{0} : terms_.lengths[static_cast<std::size_t>(place->second)];
        const auto next = fixed.start + std::chrono::minutes{minutesFrom(length, terms_.gap)};
        const auto minutes = std::chrono::ceil<std::chrono::minutes>(next - minuteZero(day)).count();
        if (minutes > -1440)
            found = narrowed(std::move(found), terms_.lengths, static_cast<int>(std::min<long>(minutes, 2880)),
                             found.latest);
    }

    std::vector<const DayRoom*> daysByFrequency(const std::vector<Work>& works) {
        std::map<const DayRoom*, std::size_t> places;
        std::vector<std::pair<const DayRoom*, int>> counted;
        for (const Work& work : works) {
            for (const auto& day : work.earlier)
                for (const Place& place : day) settling_.like(place.minute);
            for (const DayRoom* room : work.ways.front()) {
                const auto [there, isNew] = places.try_emplace(room, counted.size());
                if (isNew) counted.emplace_back(room, 0);
                ++counted[there->second].second;
            }
        }
        std::stable_sort(counted.begin(), counted.end(),
                         [](const auto& left, const auto& right) { return left.second > right.second; });
        std::vector<const DayRoom*> days;
        for (const auto& [room, count] : counted) days.push_back(room);
        return days;
    }

    /// Plans the station in each way its days can be set apart, and takes the best.
    void plan(Work& work) {
        std::optional<std::pair<CampaignScore, Work>> best;
        for (const auto& way : work.ways) {
            Work planned = work;
            planDays(planned, way);
            const auto score = work.tied ? scoreOf(planned) : CampaignScore{};
            // What aired before bears on the days' spread, which setApart does not know.
            if (work.tied)
                planned.certain = !from_ && score.announcementSpread <= (score.airings % announcements() == 0 ? 0 : 1);
            if (!best || score < best->first) best.emplace(score, std::move(planned));
        }
        work = std::move(best->second);
    }

    void planDays(Work& work, const std::vector<const DayRoom*>& rooms) {
        rooms_.effort().left = effortOfDay * static_cast<int>(rooms.size());
        std::vector<TurnDay> days;
        for (std::size_t day = 0; day < rooms.size(); ++day) {
            days.push_back({rooms[day], {}});
            for (const Place& place : work.earlier[day]) days.back().earlier.push_back(place.announcement);
        }
        auto turns = takeTurns(days, work.fixedCounts, rooms_);
        work.certain = turns.certain;
        for (std::size_t day = 0; day < days.size(); ++day)
            work.places.push_back(settling_.settle(*rooms[day], turns.days[day], work.earlier[day]));
    }

    CampaignScore scoreOf(const Work& work) const {
        auto placements = work.fixed;
        std::vector<Placement> earlier;
        addPlacements(placements, campaign_, work, work.places);
        addPlacements(earlier, campaign_, work, work.earlier);
        return campaignScore(campaign_, std::span{work.station, 1}, placements, earlier);
    }
    std::int64_t announcements() const { return static_cast<std::int64_t>(terms_.lengths.size()); }

    const Campaign& campaign_;
    std::optional<Instant> from_;
    CampaignTerms terms_;
    DayRooms rooms_;
    Settling settling_;
};

void addMissing(CampaignProposal& proposal, const Campaign& campaign, const CampaignTerms& terms, const Work& work,
                std::optional<Instant> from) {
    const Seats& seats = *work.station->seats;
    const auto& days = seats.airtime().days;
    const auto add = [&](Day day, int count, Refusal why) {
        proposal.missing.push_back({work.station->station, day, count, std::move(why.code), std::move(why.words)});
    };
    std::size_t next = 0;
    for (std::chrono::sys_days date{campaign.first}; date <= std::chrono::sys_days{campaign.last};
         date += std::chrono::days{1}) {
        if (next == work.indexes.size() || days[work.indexes[next]].day != Day{date}) {
            add(Day{date}, campaign.airingsPerDay, stationNotThere());
            continue;
        }
        const AirtimeDay& day = days[work.indexes[next]];
        const auto over = std::count_if(work.fixed.begin(), work.fixed.end(),
                                        [&](const Placement& each) { return day.at.contains(each.start); });
        const int placed = static_cast<int>(work.places[next].size()) + static_cast<int>(over);
        if (placed < campaign.airingsPerDay)
            add(Day{date}, campaign.airingsPerDay - placed,
                from && day.at.start < *from ? dayIsPast()
                                             : whyMissing(campaign, terms, seats, work.indexes[next], placed));
        ++next;
    }
}

}  // namespace

CampaignProposal planCampaign(const Campaign& campaign, std::span<const StationRoom> stations,
                              std::span<const Placement> earlier, std::optional<Instant> from) {
    check(campaign, stations);
    Planner planner{campaign, from};
    auto works = planner.run(stations, earlier);
    std::sort(works.begin(), works.end(),
              [](const Work& left, const Work& right) { return left.station->station < right.station->station; });
    CampaignProposal proposal;
    proposal.proven = planner.certain();
    for (const Work& work : works) {
        const auto first = proposal.placements.size();
        proposal.placements.insert(proposal.placements.end(), work.fixed.begin(), work.fixed.end());
        addPlacements(proposal.placements, campaign, work, work.places);
        addMissing(proposal, campaign, planner.terms(), work, from);
        auto left = airtimeLeft(campaign, *work.station, std::span{proposal.placements}.subspan(first));
        std::move(left.begin(), left.end(), std::back_inserter(proposal.left));
        proposal.proven = proposal.proven && work.certain;
    }
    proposal.score = campaignScore(campaign, stations, proposal.placements, earlier);
    return proposal;
}

}  // namespace loa
