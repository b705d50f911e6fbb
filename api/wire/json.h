#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/choice.h"
#include "scheduler/domain/error.h"
#include "scheduler/domain/time.h"

namespace loa {

/// Members keep the order they were written in, so the same value always gives the same bytes.
using Json = nlohmann::ordered_json;

/// Parses one JSON text. Throws Error(malformed) for anything RFC 8259 forbids, for doubled members, for nesting deeper
/// than 32 and for invalid UTF-8.
Json parseJson(std::string_view text);

/// Reads the members of one JSON object strictly: each that is asked for must be there with the right type, and every
/// member must have been asked for by the time `end()` is called. All faults name the member ("slots[3].frames").
class ObjectReader {
public:
    ObjectReader(const Json& object, std::string path);

    bool has(std::string_view member) const;
    /// The member itself, whatever it is.
    const Json& any(std::string_view member);
    std::string text(std::string_view member, std::size_t maximumCharacters = 1000);
    std::int64_t integer(std::string_view member, std::int64_t minimum, std::int64_t maximum);
    double number(std::string_view member, double minimum, double maximum);
    bool boolean(std::string_view member);
    Instant instant(std::string_view member);
    Day day(std::string_view member);
    Interval interval(std::string_view member);  ///< {"start": …, "end": …}; refuses an inverted one
    const Json& array(std::string_view member, std::size_t maximumSize);
    ObjectReader object(std::string_view member);
    std::string pathOf(std::string_view member) const;
    /// Throws when a member was never asked for: a misspelt or invented member is not ignored.
    void end() const;
    [[noreturn]] void refuse(std::string_view member, const std::string& what) const;

private:
    const Json* object_;
    std::string path_;
    std::vector<std::string> asked_;
};

/// The choice a member's word stands for. Throws Error(malformed) naming the member.
template <Worded Choice>
Choice choiceFrom(ObjectReader& reader, std::string_view member) {
    if (const auto choice = choiceFromText<Choice>(reader.text(member, 32))) return *choice;
    reader.refuse(member, "is not one of its words");
}

/// A length as JSON has it: whole seconds, rounded down.
inline std::int64_t secondsOf(Milliseconds length) {
    return std::chrono::floor<std::chrono::seconds>(length).count();
}

Json toJson(const Interval& interval);
Json toJson(const Level& level);
Level levelFrom(ObjectReader reader);
/// One JSON text from a value, UTF-8 as it is.
std::string dump(const Json& json);

}  // namespace loa
