// From a request to its handler, and from whatever that throws to a problem. Runs on the server's worker threads; reads
// only what was set at start. Never lets an exception out, and never tells a caller what went wrong inside.
#include "api/http/router.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <stdexcept>

#include "api/http/access_line.h"
#include "api/http/fields.h"
#include "api/http/own_page.h"
#include "api/http/wire_error.h"

namespace loa {

struct RouterEntry {
    Method method;
    std::vector<std::string> pattern;  // segments; "{name}" stands for one
    Access access;
    std::size_t bodyLimit;
    Milliseconds bodyDeadline;
    Rate rate;
    std::function<Response(const Request&, HeavyReads*)> handler;
};

namespace {

bool isPlaceholder(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::vector<std::string> splitPattern(std::string_view pattern) {
    if (pattern.empty() || pattern.front() != '/') throw std::logic_error{"a pattern starts with /"};
    std::vector<std::string> segments;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        const auto slash = std::min(pattern.find('/'), pattern.size());
        segments.emplace_back(pattern.substr(0, slash));
        pattern.remove_prefix(slash);
    }
    return segments;
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
    return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                      [](const auto& expected, const auto& part) {
                          return isPlaceholder(expected) ? !part.empty() : expected == part;
                      });
}

auto placeholders(const RouterEntry& entry) {
    return std::count_if(entry.pattern.begin(), entry.pattern.end(), isPlaceholder);
}

bool allows(Access access, Principal::Kind kind) {
    using Kind = Principal::Kind;
    switch (access) {
        case Access::anyone:
        case Access::secretPath:
        case Access::newStation:
            return true;
        case Access::person:
            return kind == Kind::person;
        case Access::station:
            return kind == Kind::station;
        case Access::personOrStation:
            return kind == Kind::person || kind == Kind::station;
    }
    return false;
}

/// The token of "Authorization: Bearer <token>" (RFC 6750 2.1), or the session of the cookie.
std::optional<Credential> credentialOf(const Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const auto value = request.header("Authorization").value_or("");
    if (equalWithoutCase(value.substr(0, scheme.size()), scheme) && value.size() > scheme.size())
        return Credential{Credential::Kind::bearer, std::string{value.substr(scheme.size())}};
    if (auto secret = request.cookie(sessionCookie)) return Credential{Credential::Kind::cookie, *std::move(secret)};
    return std::nullopt;
}

Response noSuchPath(const Request& request) {
    return Response::problem(
        Error{Fault::notFound, "no-such-path",
              Words{"Không có địa chỉ này. Xem lại đường dẫn.", "There is no such address. Check the path."}},
        request.language());
}

Response methodNotAllowed(const Request& request, const std::string& allow) {
    if (request.method() == Method::options) return Response::noContent().set("Allow", allow);
    return Response::problem(405,
                             Error{Fault::unsupported, "method-not-allowed",
                                   Words{"Địa chỉ này không nhận phương thức đó, chỉ nhận: " + allow + ".",
                                         "This address does not take that method, only: " + allow + "."}},
                             request.language())
        .set("Allow", allow);
}

Response unauthenticated(const Request& request, bool tokenGiven) {
    const char* vi = tokenGiven
                         ? "Phiên đăng nhập hoặc mã truy cập không đúng, đã hết hạn hay bị thu hồi. Đăng nhập lại."
                         : "Chưa đăng nhập. Đăng nhập trước.";
    const char* en = tokenGiven ? "The session or token is wrong, has expired or was ended. Sign in again."
                                : "Nobody is signed in. Sign in first.";
    return Response::problem(Error{Fault::unauthenticated, "unauthenticated", Words{vi, en}}, request.language())
        .set("WWW-Authenticate", tokenGiven ? "Bearer realm=\"loa\", error=\"invalid_token\"" : "Bearer realm=\"loa\"");
}

Response forbidden(const Request& request) {
    return Response::problem(
        Error{Fault::forbidden, "forbidden",
              Words{"Tài khoản này không được dùng cho việc đó.", "This account may not be used for that."}},
        request.language());
}

std::string allowedMethods(const std::vector<const RouterEntry*>& samePath) {
    const auto has = [&](Method method) {
        return std::any_of(samePath.begin(), samePath.end(),
                           [&](const auto* entry) { return entry->method == method; });
    };
    std::string allow;
    for (const auto method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) {
        if (!has(method)) continue;
        allow += std::string{toText(method)} + ", ";
        if (method == Method::get) allow += "HEAD, ";
    }
    return allow + "OPTIONS";
}

Counted countedAs(const RouterEntry& entry) {
    switch (entry.rate) {
        case Rate::signIn:
            return Counted::signIn;
        case Rate::report:
            return Counted::report;
        case Rate::enrolment:
            return Counted::enrolment;
        case Rate::ofMethod:
            break;
    }
    return entry.method == Method::get ? Counted::read : Counted::write;
}

std::string_view wordOf(Counted counted) {
    switch (counted) {
        case Counted::read:
            return "reads";
        case Counted::write:
            return "writes";
        case Counted::signIn:
            return "sign-ins";
        case Counted::report:
            return "reports";
        case Counted::enrolment:
            return "enrolments";
        case Counted::refused:
            return "refusals";
    }
    return "";
}

/// Two tokens of one name are two callers; a station is one, whatever token it has now. `browser` is nobody's, if it is
/// known.
CountedCaller callerOf(const Request& request, const std::optional<std::string>& browser) {
    const auto& principal = request.principal();
    if (browser) return {true, "browser " + *browser};
    if (principal.kind == Principal::Kind::nobody) return {false, networkOf(request.peer())};
    return {true, principal.station ? "station " + principal.station->text() : principal.token.text()};
}

Response tooManyRequests(const Request& request, Milliseconds wait) {
    const auto seconds = std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count());
    return Response::problem(429,
                             Error{Fault::unavailable, "too-many-requests",
                                   Words{"Gửi quá nhiều yêu cầu. Thử lại sau " + seconds + " giây.",
                                         "There are too many requests. Try again in " + seconds + " s."}},
                             request.language())
        .set("Retry-After", seconds);
}

std::string randomReference() {
    std::random_device source;
    std::array<char, 9> text{};
    std::snprintf(text.data(), text.size(), "%08x", static_cast<unsigned>(source()));
    return text.data();
}

}  // namespace

Router::Router(Authenticator authenticator, Log faultLog, BrowserNames browserNames)
    : authenticator_{std::move(authenticator)},
      faultLog_{std::move(faultLog)},
      browserNames_{std::move(browserNames)} {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;

void Router::add(Method method, std::string_view pattern, Access access, std::size_t bodyLimit,
                 Milliseconds bodyDeadline, Rate rate, Handler handler) {
    auto entry = std::make_unique<RouterEntry>(
        RouterEntry{method, splitPattern(pattern), access, bodyLimit, bodyDeadline, rate, std::move(handler)});
    for (const auto& other : entries_)
        if (other->method == method && other->pattern == entry->pattern)
            throw std::logic_error{"route given twice: " + std::string{toText(method)} + " " + std::string{pattern}};
    entries_.push_back(std::move(entry));
}

void Router::limit(const Budgets& budgets) {
    rates_ = std::make_unique<Rates>(budgets);
}

void Router::takeTurns(HeavyReads& heavyReads) {
    heavyReads_ = &heavyReads;
}

Router::Admission Router::admit(Request& request) const {
    Admission admission;
    try {
        admission = find(request);
        admission.browser = browserOf(request);
    } catch (...) {
        admission.refusal = translated(request);
    }
    const auto counted = admission.refusal ? Counted::refused : countedAs(*admission.entry);
    const auto caller = callerOf(request, admission.browser);
    if (auto tooMany = refusedRate(request, caller, counted)) admission.refusal = std::move(tooMany);
    return admission;
}

Response Router::answer(const Admission& admission, Request& request) const {
    try {
        // A body may take its time: whose access has ended meanwhile is nobody's.
        const bool tookTime = !request.body().empty();
        if (auto refusal = tookTime ? refusedAccess(request, admission.entry->access) : std::nullopt) return *refusal;
        return admission.entry->handler(request, heavyReads_);
    } catch (...) {
        return translated(request);
    }
}

Router::Admission Router::find(Request& request) const {
    const auto wanted = request.method() == Method::head ? Method::get : request.method();
    std::vector<const RouterEntry*> samePath;
    const RouterEntry* chosen = nullptr;
    for (const auto& entry : entries_) {
        if (!matches(entry->pattern, request.segments())) continue;
        samePath.push_back(entry.get());
        // The row that says more in words wins: /v1/media/uploads before /v1/media/{media}.
        if (entry->method == wanted && (!chosen || placeholders(*entry) < placeholders(*chosen))) chosen = entry.get();
    }
    Admission admission;
    if (samePath.empty()) {
        admission.refusal = noSuchPath(request);
    } else if (!chosen) {
        admission.refusal = methodNotAllowed(request, allowedMethods(samePath));
    } else if (admission.refusal = refusedAccess(request, chosen->access); !admission.refusal) {
        for (std::size_t i = 0; i < chosen->pattern.size(); ++i)
            if (const auto& part = chosen->pattern[i]; isPlaceholder(part))
                request.withPathValue(part.substr(1, part.size() - 2), request.segments()[i]);
        admission.entry = chosen;
        admission.bodyLimit = chosen->bodyLimit;
        admission.bodyDeadline = chosen->bodyDeadline;
    }
    return admission;
}

std::optional<std::string> Router::browserOf(const Request& request) const {
    if (!browserNames_ || request.principal().kind != Principal::Kind::nobody) return std::nullopt;
    const auto secret = request.cookie(browserCookie);
    return secret ? browserNames_(*secret) : std::nullopt;
}

std::optional<Response> Router::refusedRate(const Request& request, const CountedCaller& caller,
                                            Counted counted) const {
    if (!rates_) return std::nullopt;
    const auto refusal = rates_->take(counted, caller, std::chrono::steady_clock::now());
    if (!refusal) return std::nullopt;
    if (refusal->isNews && faultLog_)
        faultLog_("limited caller=" + logText(caller.name, 100) + " peer=" + logText(request.peer(), 60) +
                  " kind=" + std::string{wordOf(counted)} + " method=" + std::string{toText(request.method())} +
                  " path=" + logText(withoutSecrets(request.path()), 300));
    return tooManyRequests(request, refusal->wait);
}

std::optional<Response> Router::refusedAccess(Request& request, Access access) const {
    const bool isOpen = allows(access, Principal::Kind::nobody);
    const auto credential = isOpen ? std::nullopt : credentialOf(request);
    requireOwnPage(request, credential && credential->kind == Credential::Kind::cookie);
    if (isOpen) return std::nullopt;
    if (credential) request.withPrincipal(authenticator_(*credential));
    const auto kind = request.principal().kind;
    if (allows(access, kind)) return std::nullopt;
    return kind == Principal::Kind::nobody ? unauthenticated(request, credential.has_value()) : forbidden(request);
}

Response Router::respond(Request request) const {
    const auto admission = admit(request);
    if (admission.refusal) return *admission.refusal;
    if (request.body().size() > admission.bodyLimit) {
        const auto error = bodyTooLarge(admission.bodyLimit);
        return Response::problem(error.status(), error, request.language());
    }
    return answer(admission, request);
}

Response Router::translated(const Request& request) const {
    try {
        throw;
    } catch (const Error& error) {
        auto response = Response::problem(error, request.language());
        if (error.fault() == Fault::unauthenticated) response.set("WWW-Authenticate", "Bearer realm=\"loa\"");
        if (error.fault() == Fault::unavailable) response.set("Retry-After", "5");
        return response;
    } catch (const std::exception& error) {
        return unexpected(request, error.what());
    } catch (...) {
        return unexpected(request, "not a std::exception");
    }
}

Response Router::unexpected(const Request& request, std::string_view what) const {
    const auto reference = randomReference();
    if (faultLog_)
        faultLog_("fault reference=" + reference + " method=" + std::string{toText(request.method())} +
                  " path=" + logText(withoutSecrets(request.path()), 300) + " what=" + logText(what, 500));
    return Response::problem(500,
                             Error{Fault::unavailable, "internal",
                                   Words{"Máy chủ gặp lỗi. Báo cho người quản trị mã " + reference + ".",
                                         "The server has failed. Tell its administrator the code " + reference + "."}},
                             request.language());
}

}  // namespace loa
