// What a series may not be though each of its lines can be read: empty, of nothing, or too costly for ever after.
// Pure but for the zone tables; one thread for each text. Never changes a series.
#include "scheduler/calendar/series_check.h"

#include <algorithm>

#include "scheduler/calendar/expand.h"
#include "scheduler/calendar/originals.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/rule_iterator.h"

namespace loa {
namespace {

using namespace std::chrono;

// Rules with COUNT are walked from their start, each time: what a text may cost for ever after.
constexpr int countedLimit = 2'000'000;

// What falls on nothing for so long is a mistake; 29 February comes back within it, also around 2100.
constexpr auto patience = years{8};
constexpr auto plannedAhead = days{400};

void checkFalls(const Series& series, int line) {
    const auto start = series.sounding.start.local;
    if (!RuleIterator{*series.rule, start, start, start + patience}.next()) ruleNever(line);
}

/// What is planned ahead, 400 days, must be expanded in one call.
void checkDensity(const Series& series, int line) {
    if (series.rule->count > 0) return;
    constexpr std::size_t limit = occurrencesLimit;
    auto byDay = *series.rule;
    const auto startsADay = byDay.startsADay();
    const auto margin = marginOf(series);
    const auto span = ceil<days>(plannedAhead + margin.before + margin.after);
    const auto most = [&](std::size_t daysWithStarts) { return daysWithStarts * startsADay + series.extras.size(); };
    if (most(static_cast<std::size_t>(span.count())) <= limit) return;
    if (byDay.frequency == Rule::Frequency::hourly) ruleTooDense(line);
    byDay.hours.clear();
    byDay.minutes.clear();
    byDay.seconds.clear();
    const auto start = series.sounding.start.local;
    const auto end = start + floor<seconds>(series.until ? std::min<Milliseconds>(
                                                               span, *series.until - series.sounding.start.instant())
                                                         : span);
    RuleIterator iterator{byDay, start, start, end};
    std::size_t daysWithStarts = 0;
    while (const auto day = iterator.next())
        if (*day <= end) ++daysWithStarts;
    if (most(daysWithStarts) > limit) ruleTooDense(line);
}

void checkShift(const Override& change) {
    const auto shift = change.sounding.start.instant() - change.original;
    if (shift > days{366} || shift < -days{366})
        refuse(change.line, "bad-range", "Lần sửa cả chuỗi dời hơn 366 ngày. Tạo chuỗi mới.",
               "The override moves the rest of the series by over 366 days. Make a new series.");
}

/// An original that a line names. What changes one occurrence must not be of an excluded one.
struct Named {
    Instant original;
    bool excludable = false;
    int line = 0;
};

std::vector<Named> namedBy(const Series& series, const Component& master) {
    std::vector<Named> all;
    for (const auto& [original, change] : series.overrides) all.push_back({original, false, change.line});
    for (const auto& [original, change] : series.rangeOverrides) all.push_back({original, true, change.line});
    for (const auto& [change, line] : readStationOverrides(master)) all.push_back({change.original, false, line});
    std::stable_sort(all.begin(), all.end(),
                     [](const Named& one, const Named& other) { return one.line < other.line; });
    return all;
}

void checkNamed(const Series& series, const Component& master) {
    const auto named = namedBy(series, master);
    std::set<Instant> wanted;
    for (const auto& one : named) wanted.insert(one.original);
    std::set<Instant> found;
    for (const auto& original : findOriginals(series, wanted)) found.insert(original.at);
    for (const auto& one : named)
        if (!found.contains(one.original) || (!one.excludable && isExcluded(series, one.original)))
            refuse(one.line, "override-of-nothing",
                   "Chuỗi sự kiện không có lần phát được sửa riêng này. Xuất lại cả chuỗi.",
                   "The series has no such occurrence to override. Export the whole series.");
}

}  // namespace

void SeriesCheck::checkCost(const Rule& rule, int line) {
    counted_ += rule.count;
    if (counted_ > countedLimit)
        throw Error(Fault::tooLarge, "too-costly",
                    Words{"Tệp lịch có quá nhiều chuỗi dài dùng COUNT. Chia thành nhiều tệp hoặc dùng UNTIL.",
                          "The calendar has too many long series with COUNT. Split it, or use UNTIL."},
                    line);
}

void SeriesCheck::check(const Series& series, const Component& master) {
    if (const auto* rule = master.find("RRULE")) {
        checkCost(*series.rule, rule->line);
        checkFalls(series, rule->line);
        checkDensity(series, rule->line);
    }
    for (const auto& [_, change] : series.rangeOverrides) checkShift(change);
    checkNamed(series, master);
}

}  // namespace loa
