// Times and dates of a series back into the lines of its VEVENTs. Pure but for the zone tables; any thread. Never
// decides which dates a series has.
#include "scheduler/calendar/series_lines.h"

namespace loa {
namespace {

using namespace std::chrono;

/// One line with all the texts, if there are any.
void addDates(Component& master, std::string_view property, std::vector<Parameter> parameters,
              const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    std::string value;
    for (const auto& text : texts) value += (value.empty() ? "" : ",") + text;
    master.lines.push_back({std::string{property}, std::move(parameters), std::move(value), 0});
}

/// What a property's dates have in common comes on one line: days, times of the zone, times in UTC, periods.
class DateLines {
public:
    explicit DateLines(const Series& series) : series_{series} {}

    void addDay(Day day) { days_.push_back(writeTime({local_days{day}, true, {}, 0})); }
    void addInstant(Instant at) {
        const auto time = timeAt(series_, at);
        (time.isDate ? days_ : time.zone == "UTC" ? utc_ : local_).push_back(writeTime(time));
    }
    void addPeriod(Interval period) { periods_.push_back(utcText(period.start) + "/" + utcText(period.end)); }

    void write(Component& master, std::string_view property) const {
        master.remove(property);
        addDates(master, property, {{"VALUE", "DATE"}}, days_);
        addDates(master, property, {{"TZID", series_.sounding.start.zone}}, local_);
        addDates(master, property, {}, utc_);
        addDates(master, property, {{"VALUE", "PERIOD"}}, periods_);
    }

private:
    static std::string utcText(Instant at) { return writeTime({toLocal(at, "UTC"), false, "UTC", 0}); }

    const Series& series_;
    std::vector<std::string> days_, local_, utc_, periods_;
};

}  // namespace

TimeValue timeAt(const Series& series, Instant at) {
    const auto& start = series.sounding.start;
    const auto local = toLocal(at, start.zone);
    const bool isDay = start.isDate && local == floor<days>(local);
    if (isDay || toInstant(local, start.zone) == at) return {local, isDay, start.zone, 0};
    return {toLocal(at, "UTC"), false, "UTC", 0};
}

void setTime(Component& event, std::string_view property, const TimeValue& time) {
    event.set(property, writeTime(time));
    auto& line = *event.find(property);
    line.removeParameter("VALUE");
    line.removeParameter("TZID");
    if (time.isDate)
        line.setParameter("VALUE", "DATE");
    else if (time.zone != "UTC")
        line.setParameter("TZID", time.zone);
}

void setLength(Component& event, const Length& length) {
    event.remove("DTEND");
    event.remove("DURATION");
    if (length == Length{}) return;
    std::string text = "P";
    if (length.days > 0) text += std::to_string(length.days) + "D";
    const auto exact = ceil<seconds>(length.exact).count();
    if (exact > 0) text += "T" + std::to_string(exact) + "S";
    event.set("DURATION", text);
}

void setExclusions(Component& master, const Series& series) {
    DateLines lines{series};
    for (const auto& day : series.excludedDays) lines.addDay(dayOf(day.start, series.sounding.start.zone));
    for (const auto at : series.excluded) lines.addInstant(at);
    lines.write(master, "EXDATE");
}

void setExtras(Component& master, const Series& series) {
    DateLines lines{series};
    for (const auto& [at, end] : series.extras)
        if (end)
            lines.addPeriod({at, *end});
        else
            lines.addInstant(at);
    lines.write(master, "RDATE");
}

}  // namespace loa
