// The door: in by name and password, out, and what belongs to one's own account. The secret of a session goes out in a
// cookie alone, which scripts cannot read, and never in a body or an address.
#include "api/office/person_json.h"
#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "scheduler/operations/callers.h"
#include "scheduler/operations/sign_in.h"
#include "scheduler/operations/vouch.h"
#include "scheduler/people/second_factor.h"

namespace loa {
namespace {

constexpr std::string_view cookieFields = "; Path=/; Secure; HttpOnly; SameSite=Strict";

std::string cookieWith(std::string_view name, const std::string& secret, Milliseconds life) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(life).count();
    return std::string{name} + '=' + secret + std::string{cookieFields} + "; Max-Age=" + std::to_string(seconds);
}

/// Admins and auditors are told first thing whom one admin alone gave what is dangerous.
Json unvouchedJson(const PeopleDesk& desk) {
    Json people = Json::array();
    for (const auto& person : unvouchedInSight(desk)) people.push_back(toJson(person));
    return people;
}

/// By the desk's standing.
Json whoJson(const PeopleDesk& desk, const Person& person) {
    auto json = toJson(person);
    json["needsSecondFactor"] = needsSecondFactor(person.grants) && !person.secondFactor;
    json["rights"] = rightsJson(desk.standing);
    json["toVouchFor"] = unvouchedJson(desk);
    return json;
}

void addSession(Json& json, const Session& session) {
    json["expires"] = formatInstant(session.expires);
    json["confirmedUntil"] = formatInstant(session.confirmed + confirmationLife);
}

Response signedInAnswer(int status, Scheduler& scheduler, const SignedIn& signedIn) {
    PeopleDesk desk{scheduler};
    desk.standing = scheduler.database.read(
        [&](ReadTransaction& transaction) { return standingOf(transaction, signedIn.person, scheduler.clock.now()); });
    auto json = whoJson(desk, signedIn.person);
    addSession(json, signedIn.session);
    auto answer = jsonAnswer(status, json).set("Set-Cookie", cookieWith(sessionCookie, signedIn.secret, sessionLife));
    if (!signedIn.browser.empty()) answer.add("Set-Cookie", cookieWith(browserCookie, signedIn.browser, browserLife));
    return answer;
}

/// Error has no place for how long to wait.
template <class Work>
Response unlessTooMany(const Request& request, const Work& work) {
    try {
        return work();
    } catch (const TooManyTries& refusal) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(refusal.wait()).count();
        return Response::problem(429, refusal, request.language()).set("Retry-After", std::to_string(seconds));
    }
}

const Session& sessionOf(const Request& request) {
    const auto& caller = request.principal().caller;
    if (caller && caller->session) return *caller->session;
    throw Error{Fault::forbidden,
                "session-needed",
                {"Việc này cần đăng nhập trên trang. Đăng nhập rồi làm lại.", "sign in for this; a token will not do"}};
}

Response postSession(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    const auto body = signInBodyFromJson(request.body());
    return unlessTooMany(request, [&] {
        return signedInAnswer(201, scheduler,
                              signIn(scheduler, body.name, body.password, body.code, request.cookie(browserCookie)));
    });
}

Response getSession(const Request& request, Scheduler& scheduler) {
    const auto& caller = *request.principal().caller;
    auto json = whoJson(scheduler, *caller.person);
    if (caller.session) addSession(json, *caller.session);
    return jsonAnswer(200, json);
}

Response deleteSession(const Request& request, Scheduler& scheduler) {
    signOut(scheduler, sessionOf(request).id);
    return Response::noContent().set("Set-Cookie", cookieWith(sessionCookie, "", Milliseconds{0}));
}

Response postConfirmation(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    const auto body = confirmationBodyFromJson(request.body());
    return unlessTooMany(request, [&] {
        confirmSession(scheduler, sessionOf(request).id, body.password, body.code);
        return Response::noContent();
    });
}

Response postPassword(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    const auto body = passwordBodyFromJson(request.body());
    return unlessTooMany(request, [&] {
        return signedInAnswer(200, scheduler, changePassword(scheduler, sessionOf(request).id, body.old, body.chosen));
    });
}

Response postSecondFactor(const Request& request, Scheduler& scheduler) {
    const auto secret = beginSecondFactor(scheduler, sessionOf(request).id);
    return jsonAnswer(201, {{"secret", secret}, {"uri", secondFactorUri(request.principal().name, secret)}});
}

Response putSecondFactor(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    const auto code = codeBodyFromJson(request.body());
    return unlessTooMany(request, [&] {
        return signedInAnswer(200, scheduler, confirmSecondFactor(scheduler, sessionOf(request).id, code));
    });
}

constexpr SchedulerRoute routes[] = {
    {Method::post, "/v1/session", Access::anyone, postSession, smallBodyBytes, {}, Rate::signIn},
    {Method::get, "/v1/session", Access::person, getSession},
    {Method::delete_, "/v1/session", Access::person, deleteSession},
    {Method::post, "/v1/session/confirmation", Right::ownAccount, postConfirmation, smallBodyBytes},
    {Method::post, "/v1/session/password", Right::ownAccount, postPassword, smallBodyBytes},
    {Method::post, "/v1/session/second-factor", Right::ownAccount, postSecondFactor},
    {Method::put, "/v1/session/second-factor", Right::ownAccount, putSecondFactor, smallBodyBytes},
};

}  // namespace

std::span<const SchedulerRoute> sessionRoutes() {
    return routes;
}

}  // namespace loa
