#pragma once
#include <string>

#include "api/http/router.h"
#include "api/routes/tables.h"
#include "api/wire/json.h"
#include "scheduler/operations/tokens.h"
#include "tests/support/enrolled_station.h"
#include "tests/support/test_people.h"

namespace loa::test {

/// The answer's text, also where it is made while it is sent.
inline std::string whole(const Response& response) {
    const auto* stream = std::get_if<StreamBody>(&response.body());
    if (!stream) return response.text();
    std::string text;
    stream->produce([&](std::string_view piece) { text += piece; });
    return text;
}

/// By whoever has the secret; as a browser asks, where it is a session's.
inline Request by(Request request, const std::string& secret) {
    if (secret.starts_with("loa_session_"))
        request.withHeader("Cookie", std::string{sessionCookie} + '=' + secret)
            .withHeader("Host", "loa.example.vn")
            .withHeader("Origin", "https://loa.example.vn");
    else if (!secret.empty())
        request.withHeader("Authorization", "Bearer " + secret);
    return request;
}

/// A whole office behind its routes, without a socket; the sessions of two people, who between them may do all at the
/// whole office; and the secret of the station "tan-hue".
struct Served {
    TestOffice office;
    Router router{authenticatorFor(office.scheduler), [](const std::string&) {}, browserNamesFor(office.scheduler)};
    std::string clerk = sessionOf("clerk", {{Role::author, {}}, {Role::approver, {}}, {Role::operator_, {}}});
    std::string admin = sessionOf("admin", {{Role::admin, {}}});
    std::string tanHue = enrolled(office, "tan-hue").token;

    explicit Served(const std::filesystem::path& ingestProgram = "/bin/false")
        : office{at("2027-02-28T10:00:00Z"), ingestProgram} {
        addRoutes(router, office.scheduler);
    }

    /// Somebody new, signed in.
    std::string sessionOf(const std::string& id, std::vector<Grant> grants) {
        return loa::test::sessionOf(office, personOf(office, id, std::move(grants)).id);
    }

    Response ask(Request request, const std::string& secret) {
        return router.respond(by(std::move(request.withPeer("10.0.0.1")), secret));
    }
    /// As the one of the two who may.
    Response ask(const Request& request) {
        auto answer = ask(request, clerk);
        if (answer.status() != 403 && answer.status() != 404) return answer;
        auto other = ask(request, admin);
        return other.status() == 403 ? answer : other;
    }
    Response ask(Method method, const std::string& path, const std::string& body = "") {
        return ask(Request{method, path}.withBody(body));
    }
    Json json(Method method, const std::string& path, const std::string& body = "") {
        return parseJson(whole(ask(method, path, body)));
    }
    /// The last word of a problem's type: "no-such-area".
    std::string refusal(Method method, const std::string& path, const std::string& body = "") {
        return refusal(ask(method, path, body));
    }
    static std::string refusal(const Response& answer) {
        const auto type = parseJson(answer.text()).at("type").get<std::string>();
        return type.substr(type.rfind(':') + 1);
    }
};

}  // namespace loa::test
