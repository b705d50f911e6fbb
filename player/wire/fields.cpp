// Reads one packet strictly: both programs come from one build, so anything unexpected is damage and is refused whole.
// Any thread; no state outside the object.
#include "player/wire/fields.h"

#include "scheduler/domain/error.h"

namespace loa {
namespace {

using nlohmann::json;

/// The library keeps the last of two members with one name; a second one is refused here instead.
json parseOnce(std::string_view packet) {
    std::vector<std::set<std::string>> open;
    const auto watch = [&](int, json::parse_event_t event, json& parsed) {
        if (event == json::parse_event_t::object_start) open.emplace_back();
        if (event == json::parse_event_t::object_end) open.pop_back();
        if (event == json::parse_event_t::key && !open.back().insert(parsed.get<std::string>()).second)
            Fields::refuse("a member twice: " + parsed.get<std::string>());
        return true;
    };
    try {
        return json::parse(packet, watch);
    } catch (const json::exception& fault) {
        Fields::refuse(fault.what());
    }
}

}  // namespace

void Fields::refuse(const std::string& what) {
    throw Error(
        Fault::malformed, "sound-message",
        {"Gói tin giữa loa-player và loa-sound bị hỏng (" + what + "). Cài lại cả hai chương trình cùng một bản.",
         "Broken packet between loa-player and loa-sound (" + what + "). Install both from one build."});
}

Fields::Fields(std::string_view packet) : object_(parseOnce(packet)) {
    if (!object_.is_object()) refuse("not an object");
}

const json& Fields::take(const char* name) {
    const auto member = object_.find(name);
    if (member == object_.end()) refuse(std::string{"missing: "} + name);
    taken_.insert(name);
    return *member;
}

std::string Fields::text(const char* name) {
    const json& value = take(name);
    if (!value.is_string()) refuse(std::string{"not a text: "} + name);
    return value.get<std::string>();
}

std::int64_t Fields::integer(const char* name) {
    const json& value = take(name);
    const bool tooLarge = value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX;
    if (!value.is_number_integer() || tooLarge) refuse(std::string{"not an integer: "} + name);
    return value.get<std::int64_t>();
}

std::int64_t Fields::count(const char* name, std::int64_t least) {
    const auto value = integer(name);
    if (value < least) refuse(std::string{"too small: "} + name);
    return value;
}

double Fields::number(const char* name) {
    const json& value = take(name);
    if (!value.is_number()) refuse(std::string{"not a number: "} + name);
    return value.get<double>();
}

Fields Fields::object(const char* name) {
    const json& value = take(name);
    if (!value.is_object()) refuse(std::string{"not an object: "} + name);
    return Fields{value};
}

void Fields::noMore() const {
    for (const auto& [name, value] : object_.items())
        if (!taken_.contains(name)) refuse("unknown: " + name);
}

}  // namespace loa
