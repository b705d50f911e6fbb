// What every edit owes a series, over many series: four zones with and without summer time, all frequencies, all ends.
#include <algorithm>
#include <random>

#include "scheduler/calendar/edit_event.h"
#include "tests/scheduler/calendar/sample.h"

using namespace loa;
using namespace std::chrono;

namespace {

constexpr int seriesTried = 400;

/// The same on each run.
class Dice {
public:
    int from(int least, int most) { return std::uniform_int_distribution<int>{least, most}(engine_); }
    LocalTime timeOn(local_days day) { return day + hours{from(0, 23)} + minutes{15 * from(0, 3)}; }

private:
    std::mt19937 engine_{2027};
};

std::string compact(LocalTime time) {
    auto text = formatLocalTime(time);
    std::erase_if(text, [](char letter) { return letter == '-' || letter == ':'; });
    return text;
}

/// A rule that falls on its start, with its end.
std::string ruleFrom(Dice& dice, LocalTime start) {
    constexpr std::array names{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    constexpr std::array frequencies{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    std::string rule = std::string{"FREQ="} + frequencies[static_cast<std::size_t>(dice.from(0, 3))];
    if (dice.from(0, 2) == 0) rule += ";INTERVAL=" + std::to_string(dice.from(1, 3));
    if (rule.find("WEEKLY") != std::string::npos && dice.from(0, 1) == 0)
        rule += std::string{";BYDAY="} + names[weekday{floor<days>(start)}.iso_encoding() - 1] + "," +
                names[static_cast<std::size_t>(dice.from(0, 6))];
    if (dice.from(0, 1) == 0) return rule + ";COUNT=" + std::to_string(dice.from(3, 20));
    return rule + ";UNTIL=" + compact(start + days{dice.from(3, 100)});
}

struct Case {
    std::string text;
    std::string zone;
    LocalTime start;
};

Case caseFrom(Dice& dice) {
    constexpr std::array zones{"Asia/Ho_Chi_Minh", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe"};
    const std::string zone = zones[static_cast<std::size_t>(dice.from(0, 3))];
    const auto month = year{2027} / dice.from(1, 12);
    const auto start = dice.timeOn(local_days{month / dice.from(1, 28)});
    return {calendarWith("SUMMARY:x\nDTSTART;TZID=" + zone + ":" + compact(start) +
                         "\nDURATION:PT10M\nRRULE:" + ruleFrom(dice, start) + "\n"),
            zone, start};
}

Texts all(const Event& event) {
    return airtimes(event, "2026-06-01T00:00:00Z", "2090-01-01T00:00:00Z");
}

Texts allOf(const Split& split) {
    auto both = all(split.before);
    if (split.following)
        for (auto& airtime : all(*split.following)) both.push_back(std::move(airtime));
    std::sort(both.begin(), both.end());
    return both;
}

/// The case with one occurrence dropped and one dropped at a station; both after the first.
Event said(Dice& dice, const Event& event) {
    const auto some = expand(event, {at("2026-06-01T00:00:00Z"), at("2090-01-01T00:00:00Z")});
    const auto pick = [&] { return some[static_cast<std::size_t>(dice.from(1, static_cast<int>(some.size()) - 1))]; };
    const auto gone = pick().original;
    const auto dropped = dropOccurrence(event, gone);
    const auto other = pick().original;
    return other == gone ? dropped : changeAtStation(dropped, {other, StationId{"a"}, true, {}, {}});
}

EventChange starting(LocalTime start) {
    EventChange change;
    change.start = start;
    return change;
}

}  // namespace

TEST_CASE("edits of random series: another time of day loses nothing, and back again all is as it was") {
    Dice dice;
    for (int i = 0; i < seriesTried; ++i) {
        const auto [text, zone, start] = caseFrom(dice);
        CAPTURE(text);
        const auto plain = onlyEvent(text);
        if (all(plain).size() < 2) continue;
        const auto event = said(dice, plain);
        const auto moved = changeAll(event, starting(dice.timeOn(floor<days>(start))));
        CHECK(moved.lost.empty());
        CHECK(all(moved.event).size() == all(event).size());
        CHECK(moved.event.stationOverrides.size() == event.stationOverrides.size());
        const auto back = changeAll(moved.event, starting(start)).event;
        CHECK(all(back) == all(event));
        CHECK(back.stationOverrides == event.stationOverrides);
    }
}

TEST_CASE("edits of random series: split at any occurrence they sound as before, and an hour later as many") {
    Dice dice;
    for (int i = 0; i < seriesTried; ++i) {
        const auto [text, zone, start] = caseFrom(dice);
        CAPTURE(text);
        const auto plain = onlyEvent(text);
        if (all(plain).size() < 2) continue;
        const auto event = said(dice, plain);
        const auto some = expand(event, {at("2026-06-01T00:00:00Z"), at("2090-01-01T00:00:00Z")});
        const auto original = some[static_cast<std::size_t>(dice.from(0, static_cast<int>(some.size()) - 1))].original;
        CHECK(allOf(splitFrom(event, original, {}, EventId{"two"})) == all(event));
        const auto later = splitFrom(event, original, starting(toLocal(original, zone) + hours{1}), EventId{"two"});
        if (floor<days>(toLocal(original, zone) + hours{1}) != floor<days>(toLocal(original, zone))) continue;
        CHECK(later.lost.empty());
        CHECK(allOf(later).size() == all(event).size());
    }
}
