// Strict reading of JSON for both programs: nothing doubled, nothing unknown, nothing guessed.
#include "api/wire/json.h"

#include <algorithm>
#include <set>

namespace loa {
namespace {

constexpr int maximumDepth = 32;

Error malformed(const std::string& en) {
    return {Fault::malformed, "malformed-json", {"Nội dung gửi lên không đúng dạng JSON của Loa: " + en + ".", en}};
}

}  // namespace

Json parseJson(std::string_view text) {
    std::vector<std::set<std::string>> members;
    const auto check = [&](int depth, nlohmann::ordered_json::parse_event_t event, nlohmann::ordered_json& parsed) {
        using Event = nlohmann::ordered_json::parse_event_t;
        if (depth > maximumDepth) throw malformed("nested deeper than " + std::to_string(maximumDepth));
        if (event == Event::object_start) members.emplace_back();
        if (event == Event::object_end && !members.empty()) members.pop_back();
        if (event == Event::key && !members.back().insert(parsed.get<std::string>()).second)
            throw malformed("member '" + parsed.get<std::string>() + "' is there twice");
        if (parsed.is_string() && parsed.get_ref<const std::string&>().find('\0') != std::string::npos)
            throw malformed("a text has the character U+0000");
        return true;
    };
    try {
        return nlohmann::ordered_json::parse(text, check);
    } catch (const nlohmann::json::exception& fault) {
        throw malformed("not JSON: " + std::string{fault.what()});
    }
}

ObjectReader::ObjectReader(const Json& object, std::string path) : object_{&object}, path_{std::move(path)} {
    if (!object.is_object()) throw malformed((path_.empty() ? "the body" : path_) + " must be an object");
}

bool ObjectReader::has(std::string_view member) const {
    return object_->contains(member);
}

const Json& ObjectReader::any(std::string_view member) {
    const auto found = object_->find(member);
    if (found == object_->end()) refuse(member, "is missing");
    asked_.emplace_back(member);
    return *found;
}

std::string ObjectReader::text(std::string_view member, std::size_t maximumCharacters) {
    const Json& value = any(member);
    if (!value.is_string()) refuse(member, "must be a text");
    auto text = value.get<std::string>();
    const auto characters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    if (static_cast<std::size_t>(characters) > maximumCharacters)
        refuse(member, "is longer than " + std::to_string(maximumCharacters) + " characters");
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == 127; }))
        refuse(member, "has a control character");
    return text;
}

std::int64_t ObjectReader::integer(std::string_view member, std::int64_t minimum, std::int64_t maximum) {
    const Json& value = any(member);
    if (!value.is_number_integer()) refuse(member, "must be a whole number");
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        refuse(member, "is too large");
    const auto number = value.get<std::int64_t>();
    if (number < minimum || number > maximum)
        refuse(member, "must be from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    return number;
}

double ObjectReader::number(std::string_view member, double minimum, double maximum) {
    const Json& value = any(member);
    if (!value.is_number()) refuse(member, "must be a number");
    const auto number = value.get<double>();
    if (!(number >= minimum && number <= maximum))
        refuse(member, "must be from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    return number;
}

bool ObjectReader::boolean(std::string_view member) {
    const Json& value = any(member);
    if (!value.is_boolean()) refuse(member, "must be true or false");
    return value.get<bool>();
}

Instant ObjectReader::instant(std::string_view member) {
    const auto at = parseInstant(text(member, 64));
    if (!at) refuse(member, "must be an instant such as 2027-03-01T05:00:00Z");
    return *at;
}

Day ObjectReader::day(std::string_view member) {
    const auto day = parseDay(text(member, 16));
    if (!day) refuse(member, "must be a day such as 2027-03-01");
    return *day;
}

Interval ObjectReader::interval(std::string_view member) {
    auto reader = object(member);
    const Interval interval{reader.instant("start"), reader.instant("end")};
    reader.end();
    if (interval.end < interval.start) refuse(member, "ends before it starts");
    return interval;
}

const Json& ObjectReader::array(std::string_view member, std::size_t maximumSize) {
    const Json& value = any(member);
    if (!value.is_array()) refuse(member, "must be a list");
    if (value.size() > maximumSize) refuse(member, "has more than " + std::to_string(maximumSize) + " entries");
    return value;
}

ObjectReader ObjectReader::object(std::string_view member) {
    return {any(member), pathOf(member)};
}

std::string ObjectReader::pathOf(std::string_view member) const {
    return path_.empty() ? std::string{member} : path_ + '.' + std::string{member};
}

void ObjectReader::end() const {
    for (const auto& [member, value] : object_->items())
        if (std::find(asked_.begin(), asked_.end(), member) == asked_.end()) refuse(member, "is not known here");
}

void ObjectReader::refuse(std::string_view member, const std::string& what) const {
    throw malformed("'" + pathOf(member) + "' " + what);
}

Json toJson(const Interval& interval) {
    return {{"start", formatInstant(interval.start)}, {"end", formatInstant(interval.end)}};
}

Json toJson(const Level& level) {
    return {{"rmsDbfs", level.rmsDbfs}, {"peakDbfs", level.peakDbfs}, {"silentShare", level.silentShare}};
}

Level levelFrom(ObjectReader reader) {
    Level level;
    level.rmsDbfs = reader.number("rmsDbfs", -200, 60);
    level.peakDbfs = reader.number("peakDbfs", -200, 60);
    level.silentShare = reader.number("silentShare", 0, 1);
    reader.end();
    return level;
}

std::string dump(const Json& json) {
    return json.dump();
}

}  // namespace loa
