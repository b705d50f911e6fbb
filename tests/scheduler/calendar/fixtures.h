#pragma once
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/scheduler/calendar/sample.h"

namespace loa {

inline std::string fileText(const std::string& name) {
    const char* root = std::getenv("LOA_SOURCE_DIR");
    std::ifstream file{std::string{root == nullptr ? "." : root} + "/tests/golden/calendar/" + name, std::ios::binary};
    REQUIRE_MESSAGE(file, name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline Interval windowOf(const nlohmann::json& fixture) {
    return {at(fixture["window"]["from"]), at(fixture["window"]["to"])};
}

inline Texts expected(const nlohmann::json& fixture) {
    Texts lines;
    for (const auto& one : fixture["expect"]["occurrences"])
        lines.push_back(one["uid"].get<std::string>() + " " + one["start"].get<std::string>() + " " +
                        one["end"].get<std::string>());
    std::sort(lines.begin(), lines.end());
    return lines;
}

inline Texts expanded(const std::vector<Event>& events, Interval window) {
    Texts lines;
    for (const auto& event : events)
        for (const auto& one : expand(event, window))
            lines.push_back(one.event.text() + " " + formatInstant(one.at.start) + " " + formatInstant(one.at.end));
    std::sort(lines.begin(), lines.end());
    return lines;
}

template <class Check>
void eachCase(Check check) {
    const auto cases = nlohmann::json::parse(fileText("cases.json"));
    REQUIRE(cases.size() == 25);
    for (const auto& fixture : cases) {
        const std::string name = fixture["id"];
        CAPTURE(name);
        const ReadOptions options{fixture["default_tz"]};
        check(fixture, readEvents(fileText(fixture["file"]), options).events);
    }
}

}  // namespace loa
