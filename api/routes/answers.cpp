#include "api/routes/answers.h"

#include <cctype>
#include <charconv>

namespace loa {

Response jsonAnswer(int status, const Json& json) {
    return Response::json(status, dump(json));
}

Response created(const Json& json, const std::string& location) {
    auto response = jsonAnswer(201, json);
    response.set("Location", location);
    return response;
}

Json noticeJson(const std::string& code, const Words& words) {
    return {{"code", code}, {"vi", words.vi}, {"en", words.en}};
}

Instant instantFromQuery(const Request& request, std::string_view name) {
    const auto text = request.query(name);
    const auto at = text ? parseInstant(*text) : std::nullopt;
    if (at) return *at;
    const std::string parameter{name};
    throw Error{Fault::invalid,
                "bad-instant",
                {"Thiếu hoặc sai mốc thời gian “" + parameter + "”. Ghi như 2027-03-01T05:00:00+07:00.",
                 "'" + parameter + "' must be an instant such as 2027-03-01T05:00:00+07:00"}};
}

DaySpan daysFromQuery(const Request& request) {
    const auto day = parseDay(request.query("day").value_or(""));
    if (!day)
        throw Error{
            Fault::invalid, "bad-day", {"Ngày phải ghi như 2027-03-01.", "'day' must be a day such as 2027-03-01"}};
    const auto text = request.query("days").value_or("1");
    DaySpan span{*day, 0};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), span.days);
    if (fault != std::errc{} || end != text.data() + text.size()) span.days = 0;
    return span;
}

bool prefers(const Request& request, std::string_view mediaType) {
    const auto accept = request.header("Accept");
    return accept && accept->find(mediaType) != std::string_view::npos;
}

bool isAsked(const Request& request, std::string_view name) {
    const auto said = request.query(name).value_or("false");
    if (said == "true") return true;
    if (said == "false") return false;
    const std::string parameter{name};
    throw Error{Fault::invalid,
                "bad-" + parameter,
                {"“" + parameter + "” phải là true hoặc false.", "'" + parameter + "' must be true or false"}};
}

Keep keepOf(const Request& request) {
    return isAsked(request, "preview") ? Keep::no : Keep::yes;
}

int createdStatus(Keep keep) {
    return keep == Keep::yes ? 201 : 200;
}

std::optional<std::string> expectedTag(const Request& request) {
    const auto field = request.header("If-Match");
    if (!field || *field == "*") return std::nullopt;
    std::string tag{*field};
    std::erase(tag, '"');
    return tag;
}

bool isCalendar(const Request& request) {
    return request.header("Content-Type").value_or("").starts_with(calendarType);
}

void requireContentType(const Request& request, std::string_view mediaType) {
    const auto given = request.header("Content-Type").value_or("");
    const auto bare = given.substr(0, given.find_first_of("; \t"));
    if (bare == mediaType) return;
    const std::string wanted{mediaType};
    throw Error{Fault::unsupported,
                "wrong-content-type",
                {"Nội dung gửi lên phải là " + wanted + ".", "the Content-Type must be " + wanted}};
}

std::string percentEncoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~') {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[byte >> 4U];
            encoded += digits[byte & 15U];
        }
    }
    return encoded;
}

}  // namespace loa
