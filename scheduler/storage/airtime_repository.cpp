// The rules of each area, their windows in one table. Every change bumps the plan's version: what airs depends on them.
#include "scheduler/storage/airtime_repository.h"

#include <cassert>
#include <map>
#include <utility>

#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

constexpr std::string_view daypartKind = "daypart";
constexpr std::string_view quietKind = "quiet";

using Key = std::pair<AreaId, int>;  ///< area and position

/// `rest` names rows of `airtime` by their area; empty for all.
template <class... Values>
std::map<Key, Airtime> rules(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    std::map<Key, Airtime> all;
    for (auto& [area, position, from, to, hasDayparts, longest, perDay] :
         select<AreaId, int, std::optional<Day>, std::optional<Day>, int, std::optional<Milliseconds>,
                std::optional<int>>(
             transaction,
             "SELECT area, position, valid_from, valid_to, has_dayparts, longest, airings_per_day FROM airtime " + rest,
             values...)) {
        Airtime rule{area, from, to, std::nullopt, {}, {}, longest, perDay};
        if (hasDayparts != 0) rule.dayparts.emplace();
        all.emplace(Key{area, position}, std::move(rule));
    }
    return all;
}

template <class... Values>
void addSpecialDays(std::map<Key, Airtime>& all, ReadTransaction& transaction, const std::string& rest,
                    const Values&... values) {
    for (auto& [area, airtime, name, first, last] : select<AreaId, int, std::string, Day, Day>(
             transaction,
             "SELECT area, airtime, name, first_day, last_day FROM special_days " + rest +
                 " ORDER BY area, airtime, position",
             values...))
        all.at({area, airtime}).specialDays.push_back({name, first, last, {}});
}

template <class... Values>
void addWindows(std::map<Key, Airtime>& all, ReadTransaction& transaction, const std::string& rest,
                const Values&... values) {
    using Minutes = std::optional<int>;
    for (auto& [area, airtime, kind, special, name, weekdays, from, length, ceiling, volumeCeiling] :
         select<AreaId, int, std::string, std::optional<int>, std::string, int, int, int, Minutes, std::optional<int>>(
             transaction,
             "SELECT area, airtime, kind, special, name, weekdays, from_minute, length_minutes, ceiling_minutes, "
             "volume_ceiling_db FROM daily_window " +
                 rest + " ORDER BY area, airtime, position",
             values...)) {
        Airtime& rule = all.at({area, airtime});
        DailyWindow window{name, Weekdays::fromBits(static_cast<unsigned>(weekdays)), std::chrono::minutes{from},
                           std::chrono::minutes{length}};
        if (kind == quietKind) {
            rule.quietHours.push_back(std::move(window));
            continue;
        }
        Daypart daypart{std::move(window), std::nullopt, volumeCeiling};
        if (ceiling) daypart.ceiling = std::chrono::minutes{*ceiling};
        auto& dayparts = special ? rule.specialDays.at(static_cast<std::size_t>(*special)).dayparts : *rule.dayparts;
        dayparts.push_back(std::move(daypart));
    }
}

template <class... Values>
std::vector<Airtime> read(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    auto all = rules(transaction, rest, values...);
    addSpecialDays(all, transaction, rest, values...);
    addWindows(all, transaction, rest, values...);
    std::vector<Airtime> ordered;
    for (auto& [key, rule] : all) ordered.push_back(std::move(rule));
    return ordered;
}

/// Writes the windows of one rule, numbered in the order they come.
class WindowRows {
public:
    WindowRows(WriteTransaction& transaction, const AreaId& area, int airtime)
        : transaction_{transaction}, area_{area}, airtime_{airtime} {}

    void add(std::string_view kind, std::optional<int> special, const DailyWindow& window,
             std::optional<std::chrono::minutes> ceiling = {}, std::optional<int> volumeCeilingDb = {}) {
        std::optional<int> ceilingMinutes;
        if (ceiling) ceilingMinutes = static_cast<int>(ceiling->count());
        execute(transaction_,
                "INSERT INTO daily_window (area, airtime, position, kind, special, name, weekdays, from_minute, "
                "length_minutes, ceiling_minutes, volume_ceiling_db) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                area_, airtime_, position_++, kind, special, window.name, static_cast<int>(window.weekdays.bits()),
                static_cast<int>(window.from.count()), static_cast<int>(window.length.count()), ceilingMinutes,
                volumeCeilingDb);
    }
    void add(std::optional<int> special, const std::vector<Daypart>& dayparts) {
        for (const Daypart& daypart : dayparts)
            add(daypartKind, special, daypart.window, daypart.ceiling, daypart.volumeCeilingDb);
    }

private:
    WriteTransaction& transaction_;
    const AreaId& area_;
    int airtime_;
    int position_ = 0;
};

void saveRule(WriteTransaction& transaction, const Airtime& rule, int position) {
    execute(transaction,
            "INSERT INTO airtime (area, position, valid_from, valid_to, has_dayparts, longest, airings_per_day) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            rule.area, position, rule.validFrom, rule.validTo, rule.dayparts ? 1 : 0, rule.longestAnnouncement,
            rule.airingsPerDay);
    WindowRows windows{transaction, rule.area, position};
    if (rule.dayparts) windows.add(std::nullopt, *rule.dayparts);
    for (const DailyWindow& quiet : rule.quietHours) windows.add(quietKind, std::nullopt, quiet);
    int special = 0;
    for (const SpecialDays& days : rule.specialDays) {
        execute(transaction,
                "INSERT INTO special_days (area, airtime, position, name, first_day, last_day) "
                "VALUES ($1, $2, $3, $4, $5, $6)",
                rule.area, position, special, days.name, days.first, days.last);
        windows.add(special++, days.dayparts);
    }
}

}  // namespace

std::vector<Airtime> AirtimeRepository::all(ReadTransaction& transaction) {
    return read(transaction, "");
}

std::vector<Airtime> AirtimeRepository::of(ReadTransaction& transaction, const AreaId& area) {
    return read(transaction, "WHERE area = $1", area);
}

void AirtimeRepository::save(WriteTransaction& transaction, const AreaId& area, std::span<const Airtime> rules) {
    execute(transaction, "DELETE FROM airtime WHERE area = $1", area);
    int position = 0;
    for (const Airtime& rule : rules) {
        assert(rule.area == area);
        saveRule(transaction, rule, position++);
    }
    PlanVersion::bumpRules(transaction);
}

}  // namespace loa
