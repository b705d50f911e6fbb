#pragma once
#include <string>

#include "api/http/router.h"
#include "api/routes/tables.h"
#include "api/wire/json.h"
#include "scheduler/operations/tokens.h"
#include "tests/support/test_office.h"

namespace loa::test {

/// The answer's text, also where it is made while it is sent.
inline std::string whole(const Response& response) {
    const auto* stream = std::get_if<StreamBody>(&response.body());
    if (!stream) return response.text();
    std::string text;
    stream->produce([&](std::string_view piece) { text += piece; });
    return text;
}

/// A whole office behind its routes, without a socket, and the secrets of an office token and of the station "tan-hue".
struct Served {
    TestOffice office;
    Router router{authenticatorFor(office.scheduler), [](const std::string&) {}};
    std::string clerk = issueOfficeToken(office.database, office.clock, "clerk", std::nullopt).secret;
    std::string tanHue = issueStationToken(office.database, office.clock, StationId{"tan-hue"}).secret;

    explicit Served(const std::filesystem::path& ingestProgram = "/bin/false")
        : office{at("2027-02-28T10:00:00Z"), ingestProgram} {
        addRoutes(router, office.scheduler);
    }

    Response ask(Request request, const std::string& secret) {
        if (!secret.empty()) request.withHeader("Authorization", "Bearer " + secret);
        return router.respond(std::move(request));
    }
    /// As the clerk.
    Response ask(Method method, const std::string& path, const std::string& body = "") {
        return ask(Request{method, path}.withBody(body), clerk);
    }
    Json json(Method method, const std::string& path, const std::string& body = "") {
        return parseJson(whole(ask(method, path, body)));
    }
    /// The last word of a problem's type: "no-such-area".
    std::string refusal(Method method, const std::string& path, const std::string& body = "") {
        const auto type = json(method, path, body).at("type").get<std::string>();
        return type.substr(type.rfind(':') + 1);
    }
};

}  // namespace loa::test
