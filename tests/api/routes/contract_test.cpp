#include <doctest/doctest.h>

#include <cctype>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "api/wire/fresh_json.h"
#include "tests/api/routes/served.h"

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
                                                                        {"{token}", std::string(16, 'f')},
                                                                        {"{feed}", std::string(16, 'f')},
                                                                        {"{person}", "nobody"},
                                                                        {"{order}", std::string(32, 'f')},
                                                                        {"{template}", std::string(16, 'f')},
                                                                        {"{campaign}", "none"},
                                                                        {"{secret}", "loa_feed_f.ics"},
                                                                        {"{asset}", "none"}})
        if (const auto found = pattern.find(name); found != std::string::npos)
            pattern.replace(found, name.size(), value);
    return pattern;
}

int status(Served& served, const SchedulerRoute& route, const std::string& secret, const std::string& station) {
    return served.ask(Request{route.method, filled(std::string{route.pattern}, station)}, secret).status();
}

/// A canonical file in the store, without facts: what a station may be given when it is planned there.
std::string storedMedia(Served& served, char digit) {
    const std::string id(64, digit);
    const auto folder = served.office.directory.path() / "media/canonical" / id.substr(0, 2);
    std::filesystem::create_directories(folder);
    std::ofstream{folder / (id + ".opus")} << "sound";
    return id;
}

}  // namespace

TEST_CASE("routes: the tables and api/openapi.yaml name the same operations") {
    CHECK(operationsOfContract() == operationsOfTables());
}

TEST_CASE("routes: the contract names the right that the table asks for") {
    std::ifstream file{std::string{std::getenv("LOA_SOURCE_DIR")} + "/api/openapi.yaml"};
    std::map<std::string, std::string> inContract;
    std::string path, method;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
        if (line.size() > 5 && line.starts_with("    ") && line[4] != ' ' && line.back() == ':')
            method = line.substr(4, line.size() - 5);
        if (line.starts_with("      x-right: ")) inContract[method + ' ' + path] = line.substr(15);
    }
    std::map<std::string, std::string> inTables;
    for (const auto& table : allRoutes())
        for (const auto& route : table)
            if (const auto right = route.access.right)
                inTables[lower(std::string{toText(route.method)}) + ' ' + std::string{route.pattern}] = toText(*right);
    CHECK(inContract == inTables);
}

TEST_CASE("routes: the contract names as heavy what the table does") {
    std::ifstream file{std::string{std::getenv("LOA_SOURCE_DIR")} + "/api/openapi.yaml"};
    std::set<std::string> inContract;
    std::string path, method;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
        if (line.size() > 5 && line.starts_with("    ") && line[4] != ' ' && line.back() == ':')
            method = line.substr(4, line.size() - 5);
        if (line.starts_with("      x-heavy: ")) inContract.insert(method + ' ' + path);
    }
    std::set<std::string> inTables;
    for (const auto& table : allRoutes())
        for (const auto& route : table)
            if (route.isHeavy)
                inTables.insert(lower(std::string{toText(route.method)}) + ' ' + std::string{route.pattern});
    CHECK(inContract == inTables);
}

TEST_CASE(
    "routes: nobody is answered but by health, the page's shell, the door, enrolment, and a feed to who knows its "
    "address") {
    Served served;
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            CAPTURE(route.pattern);
            const bool open = route.pattern == "/" || route.pattern == "/assets/{asset}" ||
                              route.pattern.starts_with("/v1/health/") ||
                              (route.method == Method::post && route.pattern == "/v1/session");
            const bool feed = route.method == Method::get && route.pattern == "/feeds/{secret}/{name}";
            const bool enrols = route.pattern == "/v1/enrolment";
            CHECK((route.access.access == Access::anyone) == open);
            CHECK((route.access.access == Access::secretPath) == feed);
            CHECK((route.access.access == Access::newStation) == enrols);
            const auto answered = status(served, route, "", "tan-hue");
            if (feed)
                CHECK(answered == 404);
            else if (open || enrols)
                CHECK(answered != 401);
            else
                CHECK(answered == 401);
        }
}

TEST_CASE("routes: the contract names 401 and 403 wherever a token is asked for") {
    std::ifstream file{std::string{std::getenv("LOA_SOURCE_DIR")} + "/api/openapi.yaml"};
    std::string operation;
    std::map<std::string, std::set<std::string>> answers;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("      operationId: ")) operation = line.substr(19);
        if (line == "      security: []") operation.clear();
        if (line.starts_with("        '") && !operation.empty()) answers[operation].insert(line.substr(9, 3));
    }
    CHECK(answers.size() >= 30);
    for (const auto& [name, statuses] : answers) {
        CAPTURE(name);
        CHECK(statuses.contains("401"));
        CHECK(statuses.contains("403"));
    }
}

TEST_CASE("routes: a station reaches only what is its own, and another station is not there for it") {
    Served served;
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            CAPTURE(route.pattern);
            const bool forStations =
                route.access.access == Access::station || route.access.access == Access::personOrStation;
            if (route.access.access == Access::anyone || route.access.access == Access::secretPath) continue;
            if (route.access.access == Access::newStation) continue;
            if (!forStations) CHECK(status(served, route, served.tanHue, "tan-hue") == 403);
            if (forStations && route.method == Method::get)
                CHECK(status(served, route, served.tanHue, "an-phong") == 404);
        }
    const std::string status = R"({"revision":1,"mediaReady":0,"mediaWanted":0,"output":"ready","waitingAirings":0,)"
                               R"("said":"2027-02-28T10:00:00Z"})";
    const auto posts = [&](const std::string& path, const std::string& body) {
        return served.ask(Request{Method::post, path}.withBody(body), served.tanHue).status();
    };
    CHECK(posts("/v1/stations/tan-hue/airings", "{\"airings\":[]}") == 200);
    CHECK(posts("/v1/stations/an-phong/airings", "{\"airings\":[]}") == 404);
    CHECK(posts("/v1/stations/tan-hue/status", status) == 204);
    CHECK(posts("/v1/stations/an-phong/status", status) == 404);
    CHECK(served.json(Method::get, "/v1/stations/tan-hue").contains("status"));
    CHECK_FALSE(served.json(Method::get, "/v1/stations/an-phong").contains("status"));
}

TEST_CASE("routes: a station gets the media that is planned at it, and no other, though it is in the store") {
    Served served;
    served.office.addMedia('a', 31);
    served.office.addMedia('b', 31);
    const auto planned = storedMedia(served, 'a');
    const auto others = storedMedia(served, 'b');
    auto elsewhere = TestOffice::calendar("2", "DTSTART:20270301T220000Z\r\n", "urn:loa:station:an-phong");
    elsewhere.replace(elsewhere.find(planned), planned.size(), others);
    importEvents(served.office.scheduler, TestOffice::calendar("1", "DTSTART:20270301T220000Z\r\n"), {});
    importEvents(served.office.scheduler, elsewhere, {});
    served.office.publishAll();
    const auto status = [&](const std::string& media, const std::string& secret) {
        return served.ask(Request{Method::get, "/v1/media/" + media}, secret).status();
    };
    CHECK(status(planned, served.tanHue) == 200);
    CHECK(status(others, served.tanHue) == 404);
    CHECK(status(others, served.clerk) == 200);
    removeEvent(served.office.scheduler, EventId{"1"});
    served.office.publishAll();
    CHECK(status(planned, served.tanHue) == 404);
}

TEST_CASE("routes: the manifest's ETag is of revision and content, and the holder gets 304") {
    Served served;
    const auto ask = [&](const std::string& held) {
        Request request{Method::get, "/v1/stations/tan-hue/manifest"};
        request.withHeader("Authorization", "Bearer " + served.tanHue);
        if (!held.empty()) request.withHeader("If-None-Match", held);
        return served.router.respond(request);
    };
    const auto first = ask("");
    REQUIRE(first.status() == 200);
    const std::string tag{first.header("ETag").value_or("")};
    CHECK(tag.starts_with("\"1-"));
    CHECK(ask(tag).status() == 304);
    CHECK(ask("\"0\"").status() == 200);
    // Held under our number, and not ours: an office that was restored goes on above it.
    CHECK(ask("\"1-0123456789abcdef\"").header("ETag").value_or("").starts_with("\"2-"));
}

TEST_CASE("routes: a station is told the time, signed for it and for its question alone") {
    Served served;
    const std::string nonce(32, 'a');
    const auto ask = [&](const std::string& query) {
        return served.ask(Request{Method::get, "/v1/stations/tan-hue/fresh" + query}, served.tanHue);
    };
    const std::vector office{VerifyingKey::fromText(served.office.key.publicText())};
    const auto answer = ask("?nonce=" + nonce);
    REQUIRE(answer.status() == 200);
    CHECK(answer.header("Cache-Control") == "no-store");
    const auto said = freshFromJson(verify("fresh", answer.text(), office));
    CHECK(said == FreshStatement{StationId{"tan-hue"}, nonce, served.office.clock.now(), 0});
    CHECK_THROWS_AS(verify("manifest", answer.text(), office), Error);
    served.office.publishAll();
    CHECK(freshFromJson(verify("fresh", ask("?nonce=" + nonce).text(), office)).revision == 1);
    for (const auto& wrong : {std::string{}, std::string{"?nonce="}, "?nonce=" + std::string(31, 'a'),
                              "?nonce=" + std::string(65, 'a'), "?nonce=" + std::string(32, 'G')}) {
        CAPTURE(wrong);
        const auto refused = ask(wrong);
        CHECK(refused.status() == 422);
        CHECK(Served::refusal(refused) == "bad-nonce");
    }
}
