#pragma once
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "scheduler/calendar/expand.h"
#include "scheduler/calendar/read_events.h"
#include "scheduler/domain/error.h"

namespace loa {

/// A calendar with one event: BEGIN:VCALENDAR is line 1, BEGIN:VEVENT line 3, UID line 4, and `body` begins on line 5.
inline std::string calendarWith(const std::string& body) {
    return "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:one@test\n" + body + "END:VEVENT\nEND:VCALENDAR\n";
}

/// A daily event at 05:00 in Vietnam, 15 minutes, from 2027-03-01, with `more` from line 8 on.
inline std::string dailyWith(const std::string& more) {
    return calendarWith("DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\nDURATION:PT15M\nRRULE:FREQ=DAILY;COUNT=5\n" +
                        more);
}

/// What follows opens an override of the daily event's instance `day` of March 2027.
inline std::string overrideOf(const std::string& day) {
    return "END:VEVENT\nBEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID;TZID=Asia/Ho_Chi_Minh:202703" + day + "T050000\n";
}

inline Event onlyEvent(const std::string& text) {
    const auto read = readEvents(text);
    REQUIRE(read.events.size() == 1);
    return read.events.front();
}

inline Instant at(const std::string& text) {
    return parseInstant(text).value();
}

/// "start/end" of each occurrence, as RFC 3339.
inline std::vector<std::string> airtimes(const Event& event, const std::string& from = "2027-01-01T00:00:00Z",
                                         const std::string& to = "2028-01-01T00:00:00Z") {
    std::vector<std::string> all;
    for (const auto& occurrence : expand(event, {at(from), at(to)}))
        all.push_back(formatInstant(occurrence.at.start) + "/" + formatInstant(occurrence.at.end));
    return all;
}

inline std::vector<std::string> starts(const Event& event, const std::string& from = "2027-01-01T00:00:00Z",
                                       const std::string& to = "2028-01-01T00:00:00Z") {
    std::vector<std::string> all;
    for (const auto& occurrence : expand(event, {at(from), at(to)})) all.push_back(formatInstant(occurrence.at.start));
    return all;
}

/// "code@line" of the refusal, or "taken".
inline std::string refusalOf(const std::string& text) {
    try {
        readEvents(text);
    } catch (const Error& error) {
        return error.code() + "@" + std::to_string(error.line());
    }
    return "taken";
}

inline std::vector<std::string> codesOf(const std::vector<Notice>& notices) {
    std::vector<std::string> codes;
    for (const auto& notice : notices) codes.push_back(notice.code + "@" + std::to_string(notice.line));
    return codes;
}

using Texts = std::vector<std::string>;

}  // namespace loa
