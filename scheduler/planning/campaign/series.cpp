// From placements to series. First by announcement and time of day, then by the days on which they fall: stations with
// the same days are in one series, and a station that lacks some of most stations' days joins them with exceptions.
// Pure.
#include "scheduler/planning/campaign/series.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "scheduler/planning/campaign/rules.h"

namespace loa {
namespace {

using Days = std::set<std::chrono::sys_days>;

/// What one series may have in common.
struct Tune {
    MediaId announcement;
    std::string zone;
    std::chrono::seconds time;  ///< of the local day
    auto operator<=>(const Tune&) const = default;
};

/// The stations that sound a tune on the same days.
struct Choir {
    Days days;
    std::vector<StationId> stations;
    std::vector<std::pair<StationId, std::chrono::sys_days>> absent;  ///< days on which one of them does not
};

/// Where a tune sounds, and when its days begin.
struct Score {
    std::map<StationId, Days> stations;
    std::map<std::chrono::sys_days, Instant> starts;
};

std::chrono::sys_days dayOf(std::chrono::local_seconds time) {
    return std::chrono::sys_days{std::chrono::floor<std::chrono::days>(time).time_since_epoch()};
}

std::map<Tune, Score> scores(std::span<const Placement> placements, const ZoneOf& zoneOf,
                             const LocalTimeOf& localTimeOf) {
    std::map<StationId, std::string> zones;
    std::map<Tune, Score> scores;
    for (const Placement& each : placements) {
        const auto [zone, isNew] = zones.try_emplace(each.station);
        if (isNew) zone->second = zoneOf(each.station);
        const auto local = localTimeOf(each.start, zone->second);
        const auto day = dayOf(local);
        const auto time = local.time_since_epoch() - day.time_since_epoch();
        Score& score = scores[{each.announcement, zone->second, time}];
        score.stations[each.station].insert(day);
        score.starts.emplace(day, each.start);
    }
    return scores;
}

Days without(const Days& days, const Days& others) {
    Days left;
    std::set_difference(days.begin(), days.end(), others.begin(), others.end(), std::inserter(left, left.end()));
    return left;
}

/// Stations with other days than most go with most, where that spares rules: the days they lack become exceptions,
/// those they have beyond stay their own.
std::vector<Choir> choirs(const std::map<StationId, Days>& stations) {
    std::map<Days, std::vector<StationId>> byDays;
    for (const auto& [station, days] : stations) byDays[days].push_back(station);
    const auto most = std::max_element(byDays.begin(), byDays.end(), [](const auto& left, const auto& right) {
        return left.first.size() * left.second.size() < right.first.size() * right.second.size();
    });
    Choir all{most->first, most->second, {}};
    std::map<Days, std::vector<StationId>> apart;
    for (const auto& [days, own] : byDays) {
        if (days == all.days) continue;
        const Days lacking = without(all.days, days);
        const Days beyond = without(days, all.days);
        const bool joins = lacking.size() * 4 <= all.days.size() && dayRules(beyond).size() < dayRules(days).size();
        auto& rest = apart[joins ? beyond : days];
        rest.insert(rest.end(), own.begin(), own.end());
        if (!joins) continue;
        all.stations.insert(all.stations.end(), own.begin(), own.end());
        for (const StationId& station : own)
            for (const auto day : lacking) all.absent.emplace_back(station, day);
    }
    apart.erase(Days{});
    std::vector<Choir> choirs{std::move(all)};
    for (auto& [days, own] : apart) choirs.push_back({days, std::move(own), {}});
    for (Choir& each : choirs) std::sort(each.stations.begin(), each.stations.end());
    return choirs;
}

/// "UNTIL=20270330T100000Z" (RFC 5545 3.3.10: in UTC where DTSTART has a zone).
std::string until(Instant last) {
    std::string text = ";UNTIL=";
    for (const char c : formatInstant(std::chrono::floor<std::chrono::seconds>(last)))
        if (c != '-' && c != ':') text += c;
    return text;
}

CampaignSeries seriesOf(const Tune& tune, const Score& score, const Choir& choir, const DayRule& rule) {
    CampaignSeries series;
    series.announcement = tune.announcement;
    series.zone = tune.zone;
    series.stations = choir.stations;
    series.start = std::chrono::local_seconds{rule.days.front().time_since_epoch() + tune.time};
    if (!rule.pattern.empty()) series.rule = rule.pattern + until(score.starts.at(rule.days.back()));
    for (const auto day : rule.excluded) series.excluded.push_back(Day{day});
    for (const auto& [station, day] : choir.absent)
        if (std::binary_search(rule.days.begin(), rule.days.end(), day))
            series.notAt.push_back({station, tune.announcement, score.starts.at(day)});
    return series;
}

}  // namespace

std::vector<CampaignSeries> campaignSeries(std::span<const Placement> placements, const ZoneOf& zoneOf,
                                           const LocalTimeOf& localTimeOf) {
    std::vector<CampaignSeries> all;
    for (const auto& [tune, score] : scores(placements, zoneOf, localTimeOf))
        for (const Choir& choir : choirs(score.stations))
            for (const DayRule& rule : dayRules(choir.days)) all.push_back(seriesOf(tune, score, choir, rule));
    std::stable_sort(all.begin(), all.end(), [](const CampaignSeries& left, const CampaignSeries& right) {
        return std::tie(left.start, left.announcement) < std::tie(right.start, right.announcement);
    });
    return all;
}

}  // namespace loa
