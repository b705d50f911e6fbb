// Rules walked by libical in floating time: without a zone its instances are right, with one it is an hour off around a
// change of offset. COUNT and UNTIL are the caller's, so that skipping ahead always works. One thread at a time.
#include "scheduler/calendar/rule_iterator.h"

#include <libical/ical.h>

namespace loa {
namespace {

using namespace std::chrono;

icaltimetype toIcal(LocalTime time) {
    const auto midnight = floor<days>(time);
    const Day day{midnight};
    const hh_mm_ss clock{time - midnight};
    icaltimetype ical = icaltime_null_time();
    ical.year = static_cast<int>(day.year());
    ical.month = static_cast<int>(static_cast<unsigned>(day.month()));
    ical.day = static_cast<int>(static_cast<unsigned>(day.day()));
    ical.hour = static_cast<int>(clock.hours().count());
    ical.minute = static_cast<int>(clock.minutes().count());
    ical.second = static_cast<int>(clock.seconds().count());
    return ical;
}

LocalTime fromIcal(const icaltimetype& ical) {
    const Day day{year{ical.year}, month{static_cast<unsigned>(ical.month)},
                  std::chrono::day{static_cast<unsigned>(ical.day)}};
    return local_days{day} + hours{ical.hour} + minutes{ical.minute} + seconds{ical.second};
}

}  // namespace

void RuleIterator::Free::operator()(icalrecur_iterator_impl* iterator) const {
    icalrecur_iterator_free(iterator);
}

RuleIterator::RuleIterator(const Rule& rule, LocalTime start, LocalTime from) {
    const auto pattern = icalrecurrencetype_from_string(rule.pattern.c_str());
    const bool skip = from > start;
    if (skip && rule.frequency == Rule::Frequency::hourly) {
        // set_start forgets the days between when INTERVAL does not divide 24; a later start in step is the same rule.
        const auto step = hours{rule.interval};
        start += (from - start) / step * step;
    }
    iterator_.reset(icalrecur_iterator_new(pattern, toIcal(start)));
    if (!iterator_ || !skip || rule.frequency == Rule::Frequency::hourly) return;
    const auto timeOfDay = start - floor<days>(start);
    if (icalrecur_iterator_set_start(iterator_.get(), toIcal(floor<days>(from) + timeOfDay)) == 0) iterator_.reset();
}

std::optional<LocalTime> RuleIterator::next() {
    if (!iterator_) return std::nullopt;
    const auto instance = icalrecur_iterator_next(iterator_.get());
    if (icaltime_is_null_time(instance) != 0) return std::nullopt;
    return fromIcal(instance);
}

}  // namespace loa
