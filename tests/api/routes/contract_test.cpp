#include <doctest/doctest.h>

#include <cctype>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "api/http/router.h"
#include "api/routes/tables.h"
#include "scheduler/operations/tokens.h"
#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

/// "get /v1/areas" for each operation of api/openapi.yaml, read by its indentation.
std::set<std::string> operationsOfContract() {
    std::ifstream file{std::string{std::getenv("LOA_SOURCE_DIR")} + "/api/openapi.yaml"};
    REQUIRE(file.good());
    std::set<std::string> operations;
    std::string path;
    bool inPaths = false;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line[0] != ' ') inPaths = line == "paths:";
        if (!inPaths) continue;
        if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
        for (const char* method : {"get", "put", "post", "patch", "delete"})
            if (line == "    " + std::string{method} + ":") operations.insert(std::string{method} + ' ' + path);
    }
    return operations;
}

std::string lower(std::string text) {
    for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::set<std::string> operationsOfTables() {
    std::set<std::string> operations;
    for (const auto& table : allRoutes())
        for (const auto& route : table)
            operations.insert(lower(std::string{toText(route.method)}) + ' ' + std::string{route.pattern});
    return operations;
}

/// A path of the route with real ids in it.
std::string filled(std::string pattern, const std::string& station) {
    for (const auto& [name, value] : std::map<std::string, std::string>{{"{station}", station},
                                                                        {"{area}", "tan-hue"},
                                                                        {"{event}", "none"},
                                                                        {"{media}", std::string(64, 'f')},
                                                                        {"{upload}", std::string(32, 'f')},
                                                                        {"{asset}", "none"}})
        if (const auto found = pattern.find(name); found != std::string::npos)
            pattern.replace(found, name.size(), value);
    return pattern;
}

struct Served {
    TestOffice office;
    Router router{authenticatorFor(office.scheduler), [](const std::string&) {}};
    Served() {
        for (const auto& table : allRoutes()) router.add(table, office.scheduler);
    }
    int status(const SchedulerRoute& route, const std::string& secret, const std::string& station) {
        Request request{route.method, filled(std::string{route.pattern}, station)};
        if (!secret.empty()) request.withHeader("Authorization", "Bearer " + secret);
        return router.respond(request).status();
    }
};

}  // namespace

TEST_CASE("routes: the tables and api/openapi.yaml name the same operations") {
    CHECK(operationsOfContract() == operationsOfTables());
}

TEST_CASE("routes: without a token nothing answers but health and the page's shell") {
    Served served;
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            CAPTURE(route.pattern);
            const bool open =
                route.pattern == "/" || route.pattern == "/assets/{asset}" || route.pattern.starts_with("/v1/health/");
            CHECK((route.access == Access::anyone) == open);
            const auto status = served.status(route, "", "tan-hue");
            if (open)
                CHECK(status != 401);
            else
                CHECK(status == 401);
        }
}

TEST_CASE("routes: a station reaches only what is its own, and another station is not there for it") {
    Served served;
    const auto secret = issueStationToken(served.office.database, served.office.clock, StationId{"tan-hue"}).secret;
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            CAPTURE(route.pattern);
            const bool forStations = route.access == Access::station || route.access == Access::officeOrStation;
            if (route.access == Access::anyone) continue;
            if (!forStations) CHECK(served.status(route, secret, "tan-hue") == 403);
            if (forStations && route.method == Method::get) CHECK(served.status(route, secret, "an-phong") == 404);
        }
    const auto foreign = served.router.respond(Request{Method::post, "/v1/stations/an-phong/airings"}
                                                   .withHeader("Authorization", "Bearer " + secret)
                                                   .withBody("{\"airings\":[]}"));
    CHECK(foreign.status() == 404);
}

TEST_CASE("routes: a code opens nothing but the exchange for a token, once") {
    Served served;
    const auto code = issueCode(served.office.database, served.office.clock, "page").secret;
    for (const auto& table : allRoutes())
        for (const auto& route : table)
            if (route.access != Access::anyone && route.access != Access::code)
                CHECK(served.status(route, code, "tan-hue") == 403);
    const auto exchange = [&] {
        return served.router.respond(Request{Method::post, "/v1/tokens"}.withHeader("Authorization", "Bearer " + code));
    };
    CHECK(exchange().status() == 201);
    CHECK(exchange().status() == 401);
}

TEST_CASE("routes: the manifest's ETag is its revision, and the holder gets 304") {
    Served served;
    const auto secret = issueStationToken(served.office.database, served.office.clock, StationId{"tan-hue"}).secret;
    const auto ask = [&](const std::string& held) {
        Request request{Method::get, "/v1/stations/tan-hue/manifest"};
        request.withHeader("Authorization", "Bearer " + secret);
        if (!held.empty()) request.withHeader("If-None-Match", held);
        return served.router.respond(request);
    };
    const auto first = ask("");
    REQUIRE(first.status() == 200);
    CHECK(first.header("ETag") == "\"1\"");
    CHECK(ask("\"1\"").status() == 304);
    CHECK(ask("\"0\"").status() == 200);
}
