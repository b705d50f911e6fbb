#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/heavy_reads.h"
#include "api/http/principal.h"
#include "api/http/rates.h"
#include "api/http/request.h"
#include "api/http/response.h"
#include "api/http/route.h"

namespace loa {

struct RouterEntry;

/// Takes one line for the log, without a line end. Called from several threads.
using Log = std::function<void(const std::string& line)>;

/// Finds the route of a request, says who may use it, calls its handler, and turns whatever was thrown into a problem:
/// the one place where that happens. Filled at start, then only read, by any number of threads.
class Router {
public:
    /// `browserNames` as if no browser were known where it is left out.
    Router(Authenticator authenticator, Log faultLog, BrowserNames browserNames = {});
    ~Router();
    Router(Router&&) noexcept;

    /// Adds all rows of a table; `contextOf(request, route)` gives what the request's handler works on, or throws.
    /// Throws std::logic_error for a row given twice.
    template <class Routes, class ContextOf>
    void add(const Routes& routes, const ContextOf& contextOf) {
        for (const auto& route : routes)
            add(route.method, route.pattern, route.access, route.bodyLimit, route.bodyDeadline, route.rate,
                [route, contextOf](const Request& request, HeavyReads* heavyReads) {
                    auto&& context = contextOf(request, route);
                    const auto answer = [&] { return route.handler(request, context); };
                    const bool isHeavy = heavyReads && route.isHeavy && route.isHeavy(request);
                    return isHeavy ? heavyReads->inTurn(answer) : answer();
                });
    }

    /// From now on each caller has these budgets, and 429 beyond them. Before the router serves.
    void limit(const Budgets& budgets);
    /// From now on heavy reads are made in these turns, of which other routers may have theirs. Before the router
    /// serves; must outlive it.
    void takeTurns(HeavyReads& heavyReads);

    /// What the head of a request alone decides, before a byte of its body is read.
    struct Admission {
        std::optional<Response> refusal;  ///< when set, this is the answer and the body is of no interest
        std::size_t bodyLimit = 0;
        Milliseconds bodyDeadline{0};
        /// Where nobody is signed in: the browser's name, when it is known. It is counted by itself, not by its
        /// address.
        std::optional<std::string> browser;

    private:
        friend class Router;
        const RouterEntry* entry = nullptr;
    };

    /// Gives the request its path values and its principal.
    Admission admit(Request& request) const;
    /// Calls the handler of an admission without refusal. Throws nothing.
    Response answer(const Admission& admission, Request& request) const;
    /// Both in one, with the body's limit: for tests, and for callers without a socket.
    Response respond(Request request) const;

private:
    using Handler = std::function<Response(const Request&, HeavyReads*)>;
    void add(Method method, std::string_view pattern, Access access, std::size_t bodyLimit, Milliseconds bodyDeadline,
             Rate rate, Handler handler);
    Admission find(Request& request) const;
    std::optional<std::string> browserOf(const Request& request) const;
    std::optional<Response> refusedRate(const Request& request, const CountedCaller& caller, Counted counted) const;
    std::optional<Response> refusedAccess(Request& request, Access access) const;
    Response translated(const Request& request) const;  ///< of the exception that is being handled
    Response unexpected(const Request& request, std::string_view what) const;

    Authenticator authenticator_;
    Log faultLog_;
    BrowserNames browserNames_;
    std::unique_ptr<Rates> rates_;      // none: nobody is counted
    HeavyReads* heavyReads_ = nullptr;  // none: any number at a time
    std::vector<std::unique_ptr<RouterEntry>> entries_;
};

}  // namespace loa
