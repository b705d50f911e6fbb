// A year of the rules that stations live by, expanded by scheduler/calendar and walked by libical's bare iterator. Ours
// reads the calendar's text each time, makes instants of local times and gives occurrences as they are stored; libical
// reads the rule and gives local times, no more. Main thread only.
#include "scheduler/calendar/expand.h"

#include <libical/ical.h>

#include <iostream>
#include <memory>
#include <string>

#include "scheduler/calendar/read_events.h"
#include "tests/bench/median.h"
#include "tests/bench/result.h"

using namespace loa;

namespace {

constexpr int rounds = 41;       // of all rules, ours and libical's in turn
constexpr int repetitions = 20;  // in a round, so that one lasts milliseconds
const Interval year{parseInstant("2027-01-01T00:00:00+07:00").value(),
                    parseInstant("2028-01-01T00:00:00+07:00").value()};

/// A rule and its DTSTART, which is one of its days: else libical would leave it out.
struct Rule {
    const char* start;
    const char* text;
};
constexpr Rule rules[] = {
    {"20270101T050000", "FREQ=DAILY"},
    {"20270101T050000", "FREQ=DAILY;BYHOUR=5,11,17;BYMINUTE=0"},
    {"20270101T050000", "FREQ=WEEKLY;BYDAY=MO,WE,FR"},
    {"20270101T050000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20271231T165959Z"},
    {"20270102T063000", "FREQ=WEEKLY;BYDAY=SA,SU"},
    {"20270301T170000", "FREQ=DAILY;COUNT=90"},
    {"20270105T110000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
    {"20270101T110000", "FREQ=MONTHLY;BYMONTHDAY=1,15"},
    {"20270114T110000", "FREQ=MONTHLY;BYDAY=2TH"},
    {"20270129T170000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
};

Event eventOf(const Rule& rule) {
    const std::string text =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\nBEGIN:VEVENT\r\n"
        "UID:9f1c2a7e-ban-tin-sang@loa\r\nDTSTAMP:20270101T000000Z\r\nSUMMARY:Bản tin thời sự của xã\r\n"
        "DTSTART;TZID=Asia/Ho_Chi_Minh:" +
        std::string{rule.start} + "\r\nDURATION:PT15M\r\nRRULE:" + rule.text +
        "\r\nATTACH:urn:loa:media:" + std::string(64, 'a') +
        "\r\nATTENDEE;CUTYPE=RESOURCE:urn:loa:area:thanh-binh\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    return readEvents(text, {.defaultZone = "Asia/Ho_Chi_Minh"}).events.at(0);
}

struct FreeIterator {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

std::size_t stepsOfLibical(const Rule& rule) {
    static const auto end = icaltime_from_string("20280101T000000");
    const std::unique_ptr<icalrecur_iterator, FreeIterator> iterator{
        icalrecur_iterator_new(icalrecurrencetype_from_string(rule.text), icaltime_from_string(rule.start))};
    std::size_t steps = 0;
    for (auto at = icalrecur_iterator_next(iterator.get()); !icaltime_is_null_time(at) && icaltime_compare(at, end) < 0;
         at = icalrecur_iterator_next(iterator.get()))
        ++steps;
    return steps;
}

}  // namespace

int main() {
    std::vector<Event> events;
    for (const auto& rule : rules) events.push_back(eventOf(rule));
    for (std::size_t i = 0; i < events.size(); ++i)
        if (const auto ours = expand(events[i], year).size(); ours != stepsOfLibical(rules[i])) {
            std::cerr << rules[i].text << ": " << ours << " occurrences, libical has " << stepsOfLibical(rules[i])
                      << '\n';
            return 1;
        }
    std::vector<double> ours;
    std::vector<double> libicals;
    std::size_t occurrences = 0;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(bench::millisecondsFor([&] {
            for (int i = 0; i < repetitions; ++i)
                for (const auto& event : events) occurrences += expand(event, year).size();
        }));
        libicals.push_back(bench::millisecondsFor([&] {
            for (int i = 0; i < repetitions; ++i)
                for (const auto& rule : rules) occurrences += stepsOfLibical(rule);
        }));
    }
    const double each =
        static_cast<double>(occurrences) / (2.0 * rounds) / 1000;  // microseconds for one, of milliseconds
    const double our = bench::median(ours) / each;
    const double libical = bench::median(libicals) / each;
    bench::print(
        {"expand a year of rules", our, libical, "libical", "us", "<= 1/0.7 of libical's", our <= libical / 0.7});
}
