// Our walk of rules beside libical's own iterator, on rules that libical 3.0.16 walks rightly.
#include <doctest/doctest.h>
#include <libical/ical.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "scheduler/calendar/expand.h"
#include "scheduler/calendar/write_events.h"
#include "scheduler/domain/error.h"

using namespace loa;

namespace {

constexpr LocalTime start = std::chrono::local_days{std::chrono::year{2027} / 1 / 6} + std::chrono::hours{5};
constexpr std::chrono::days span{800};

std::string among(std::mt19937& random, const std::vector<std::string>& choices) {
    return choices[random() % choices.size()];
}

/// A rule as people make them, often with several parts; of no part twice.
std::string someRule(std::mt19937& random) {
    const auto frequency = among(random, {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"});
    std::string rule = "FREQ=" + frequency;
    if (random() % 2) rule += ";INTERVAL=" + std::to_string(1 + random() % 4);
    if (random() % 3 == 0) rule += ";BYMONTH=" + among(random, {"1", "2,3", "6,9,12", "1,3,5,7,8,10,12"});
    if (frequency == "WEEKLY" || random() % 3 == 0)
        rule += ";BYDAY=" + among(random, {"MO", "TU,TH", "SA,SU", "MO,WE,FR"});
    if (frequency != "WEEKLY" && random() % 4 == 0)
        rule += ";BYMONTHDAY=" + among(random, {"1", "15", "1,15", "28,30,31"});
    if (random() % 4 == 0) rule += ";BYHOUR=" + among(random, {"5", "5,11,17", "6,18"});
    if (random() % 3 == 0) rule += ";COUNT=" + std::to_string(1 + random() % 40);
    return rule;
}

std::string text(LocalTime time) {
    return formatLocalTime(time);
}

/// Starts in [start, start + span), DTSTART being one of them and counted.
std::vector<std::string> byLibical(const std::string& rule) {
    auto recurrence = icalrecurrencetype_from_string(rule.c_str());
    const auto first = icaltime_from_string("20270106T050000");
    const std::unique_ptr<icalrecur_iterator, void (*)(icalrecur_iterator*)> iterator{
        icalrecur_iterator_new(recurrence, first), icalrecur_iterator_free};
    std::vector<std::string> all;
    for (auto at = icalrecur_iterator_next(iterator.get()); !icaltime_is_null_time(at);
         at = icalrecur_iterator_next(iterator.get())) {
        const LocalTime local = std::chrono::local_days{std::chrono::year{at.year} / at.month / at.day} +
                                std::chrono::hours{at.hour} + std::chrono::minutes{at.minute};
        if (local >= start + span) break;
        all.push_back(text(local));
    }
    return all;
}

std::vector<std::string> byLoa(const std::string& rule) {
    EventDraft draft;
    draft.id = EventId{"rule"};
    draft.title = "Thử";
    draft.start = start;
    draft.zone = "UTC";
    draft.duration = std::chrono::seconds{30};
    draft.rule = rule;
    const Instant from{start.time_since_epoch()};
    std::vector<std::string> all;
    for (const auto& occurrence : expand(makeEvent(draft), {from, from + span}))
        all.push_back(
            text(LocalTime{std::chrono::floor<std::chrono::seconds>(occurrence.at.start.time_since_epoch())}));
    return all;
}

}  // namespace

TEST_CASE(
    "expand: our walk gives the instances libical's gives, on rules it walks rightly and that begin on the rule") {
    std::mt19937 random{2027};
    int compared = 0;
    for (int i = 0; i < 3000; ++i) {
        const auto rule = someRule(random);
        const auto theirs = byLibical(rule);
        if (theirs.empty() || theirs.front() != text(start))
            continue;  // RFC 5545 leaves it open: DTSTART counts with us
        CAPTURE(rule);
        try {
            CHECK(byLoa(rule) == theirs);
            ++compared;
        } catch (const Error&) {  // a kind of rule that is refused
        }
    }
    CHECK(compared > 300);
}
