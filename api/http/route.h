#pragma once
#include <cstddef>
#include <string_view>

#include "api/http/request.h"
#include "api/http/response.h"
#include "scheduler/domain/time.h"

namespace loa {

/// Who may use a route. What of it they see is the handler's to decide: a station sees only its own.
enum class Access {
    anyone,
    person,  ///< somebody of the office
    station,
    personOrStation,
    newStation,  ///< a box that is to become a station: who it is, the handler finds out
    secretPath   ///< who knows the path: a secret stands in it, and the handler answers 404 where it opens nothing
};

/// What a request counts as where requests are counted (rates.h).
enum class Rate {
    ofMethod,  ///< GET reads, all else writes
    signIn,    ///< gives out a token or a code
    report,    ///< what a station says of itself
    enrolment  ///< a box's try to become a station
};

/// One row of a table of routes. Context is what the handlers work on: the application. Needs is what it says of who
/// may use the route: an Access, or what becomes one.
template <class Context, class Needs = Access>
struct Route {
    Method method;
    std::string_view pattern;  ///< "/v1/stations/{station}": a {name} stands for one whole, non-empty part
    Needs access;
    Response (*handler)(const Request&, Context&);
    std::size_t bodyLimit = 0;     ///< in bytes; 0: a request with a body is refused
    Milliseconds bodyDeadline{0};  ///< from the head to the last byte; 0: 10 s, and more for its size
    Rate rate = Rate::ofMethod;
    /// Whether this request walks so much that one at a time is enough (heavy_reads.h); none: it never does. Throws as
    /// the handler would.
    bool (*isHeavy)(const Request&) = nullptr;
};

}  // namespace loa
