#pragma once
#include <string>

#include "api/http/request.h"
#include "api/http/response.h"
#include "api/wire/json.h"
#include "scheduler/operations/planned_days.h"
#include "scheduler/operations/save_events.h"

namespace loa {

constexpr std::size_t smallBodyBytes = 64 * 1024;

Response jsonAnswer(int status, const Json& json);
/// The same with a Location field.
Response created(const Json& json, const std::string& location);

/// Something to know, without being a refusal.
Json noticeJson(const std::string& code, const Words& words);

/// An instant in the query. Throws Error(invalid) naming it when it is missing or no instant.
Instant instantFromQuery(const Request& request, std::string_view name);

/// The civil days of the query: "day", and "days" of them where more than one are asked for. Throws Error(invalid) when
/// one is missing or none.
DaySpan daysFromQuery(const Request& request);

/// Whether the caller would rather have `mediaType` than JSON: it stands in Accept.
bool prefers(const Request& request, std::string_view mediaType);

/// "?<name>=true": whether it is asked for. Throws Error(invalid) for anything but true and false.
bool isAsked(const Request& request, std::string_view name);
/// "?preview=true": what saving would bring about, and nothing saved.
Keep keepOf(const Request& request);
/// What is made only where it is kept.
int createdStatus(Keep keep);

/// Whether a read over so long is a heavy one: more than a week is looked at now and then, and by few.
constexpr bool isLongPeriod(Milliseconds length) {
    return length > std::chrono::weeks{1};
}
/// For a route that is a heavy read whatever is asked.
constexpr bool alwaysHeavy(const Request&) {
    return true;
}

/// The tag of If-Match; empty where any will do.
std::optional<std::string> expectedTag(const Request& request);

constexpr std::string_view jsonType = "application/json";
constexpr std::string_view calendarType = "text/calendar";
/// Whether the body is a calendar by its Content-Type.
bool isCalendar(const Request& request);

/// Throws Error(unsupported) unless Content-Type is `mediaType`, whatever its parameters.
void requireContentType(const Request& request, std::string_view mediaType);

/// A path segment: everything but unreserved characters percent-encoded (RFC 3986 2.3).
std::string percentEncoded(std::string_view text);

}  // namespace loa
