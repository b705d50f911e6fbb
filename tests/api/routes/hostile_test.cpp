// What strangers put into paths, queries and bodies, tried on every route of the tables.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "api/routes/answers.h"
#include "scheduler/operations/readiness.h"
#include "scheduler/storage/order_repository.h"
#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr const char* canary = "Chuyện kín";

const std::vector<std::string> sqlPayloads{"' OR '1'='1",
                                           "\" OR \"1\"=\"1",
                                           "'; DROP TABLE area; --",
                                           "x') OR 1=1 --",
                                           "1 UNION SELECT hash FROM token",
                                           "%",
                                           "_",
                                           "$1",
                                           "?1",
                                           "x' || (SELECT name FROM area) || '"};

const std::vector<std::string> pathPayloads{"..",
                                            ".",
                                            "../../../../etc/passwd",
                                            "/etc/passwd",
                                            "..\\..\\windows\\win.ini",
                                            "%2e%2e%2fetc%2fpasswd",
                                            "file:///etc/passwd",
                                            "loa.db",
                                            "a/../../loa.db",
                                            std::string{"a\0.ics", 6},
                                            "Tân Huề",
                                            "Ta\xcc\x82n Hue\xcc\x82\xcc\x80",
                                            std::string(300, 'a')};

/// An office with something to lose.
struct Guarded : Served {
    std::string officer = sessionOf("officer", {{Role::dutyOfficer, {}}});

    Guarded() {
        beatHeart(office.scheduler);
        office.addMedia('a', 31);
        importEvents(office.scheduler, titled(TestOffice::calendar("1", "DTSTART:20270301T220000Z\r\n")), {});
        ask(Method::put, "/v1/areas/an-giang", R"({"name":"Tỉnh An Giang"})");
        OfficeOrder order;
        order.id = OrderId{std::string(32, '1')};
        order.made = office.clock.now();
        office.database.write([&](WriteTransaction& transaction) {
            OrderRepository::add(transaction, order, {{StationId{"tan-hue"}, AreaId{"tan-hue"}, {}}});
        });
    }
    static std::string titled(std::string calendar) {
        const std::string title = "Tổng đài 1022";
        return calendar.replace(calendar.find(title), title.size(), canary);
    }
    /// The status, also of a request that is refused before there is one.
    Response answer(Method method, const std::string& target, const std::string& body, const std::string& secret,
                    const std::string& type = "application/json") {
        try {
            Request request{method, target};
            if (!body.empty()) request.withHeader("Content-Type", type).withBody(body);
            return ask(std::move(request), secret);
        } catch (const Error& error) {
            return Response::problem(error, Language::vi);
        }
    }
    std::string everything() {
        std::string all;
        for (const auto* path : {"/v1/areas", "/v1/events", "/v1/feeds", "/v1/campaigns"})
            all += whole(ask(Method::get, path));
        return all;
    }
    const std::string& secretFor(const SchedulerRoute& route) {
        if (route.access.access == Access::station) return tanHue;
        const auto& right = route.access.right;
        const auto clerkMay = [&](Role role) { return has(role, *right); };
        const bool isClerks = !right || clerkMay(Role::author) || clerkMay(Role::approver) || clerkMay(Role::operator_);
        return isClerks ? clerk : clerkMay(Role::dutyOfficer) ? officer : admin;
    }
};

/// The pattern with every {name} replaced by what `valueOf` gives for it.
template <class ValueOf>
std::string filled(std::string_view pattern, const ValueOf& valueOf) {
    std::string path;
    while (!pattern.empty()) {
        const auto open = std::min(pattern.find('{'), pattern.size());
        path += pattern.substr(0, open);
        pattern.remove_prefix(open);
        const auto close = pattern.find('}');
        if (close == pattern.npos) continue;
        path += percentEncoded(valueOf(pattern.substr(1, close - 1)));
        pattern.remove_prefix(close + 1);
    }
    return path;
}

/// Ids of things that are there, as far as they are.
std::string realId(std::string_view name) {
    if (name == "event") return "1";
    if (name == "person") return "clerk";
    if (name == "upload") return std::string(32, 'f');
    if (name == "media") return std::string(64, 'a');
    if (name == "order") return std::string(32, '1');
    return "tan-hue";
}

std::set<std::string> queryNames() {
    std::ifstream file{std::string{std::getenv("LOA_SOURCE_DIR")} + "/api/openapi.yaml"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    std::set<std::string> names;
    for (auto at = text.find("in: query"); at != text.npos; at = text.find("in: query", at + 1)) {
        const auto name = text.rfind("name: ", at) + 6;
        names.insert(text.substr(name, text.find_first_of(",\n", name) - name));
    }
    return names;
}

std::set<std::filesystem::path> filesOf(const Served& served) {
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{served.office.directory.path()})
        if (entry.is_regular_file()) files.insert(entry.path());
    return files;
}

bool takesJson(const SchedulerRoute& route) {
    return route.bodyLimit > 0 && route.method != Method::patch &&
           !(route.method == Method::put && route.pattern == "/v1/events/{event}");
}

}  // namespace

TEST_CASE("F81 routes: what is SQL to somebody is text in every path value, and changes nothing") {
    Guarded it;
    const auto before = it.everything();
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            if (route.pattern.find('{') == route.pattern.npos) continue;
            for (const auto& payload : sqlPayloads) {
                CAPTURE(route.pattern);
                CAPTURE(payload);
                const auto path = filled(route.pattern, [&](auto) { return payload; });
                const auto answered =
                    it.answer(route.method, path, route.bodyLimit > 0 ? "{}" : "", it.secretFor(route));
                CHECK(answered.status() >= 400);
                CHECK(answered.status() < 500);
            }
        }
    CHECK(it.everything() == before);
}

TEST_CASE("F81 routes: what is SQL to somebody is text in every query value, and opens nothing") {
    Guarded it;
    const auto names = queryNames();
    CHECK(names.size() >= 10);
    const auto before = it.everything();
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            if (route.method != Method::get) continue;
            for (const auto& name : names)
                for (const auto& payload : sqlPayloads) {
                    CAPTURE(route.pattern);
                    CAPTURE(name);
                    const auto path = filled(route.pattern, realId) + "?" + name + "=" + percentEncoded(payload);
                    CHECK(it.answer(route.method, path, "", it.secretFor(route)).status() < 500);
                }
        }
    const std::string period = "from=2027-03-01T00:00:00Z&to=2027-03-03T00:00:00Z";
    REQUIRE(whole(it.ask(Method::get, "/v1/occurrences?" + period)).find(canary) != std::string::npos);
    for (const auto& payload : sqlPayloads)
        for (const auto* query : {"/v1/occurrences?station=", "/v1/as-run?station=", "/v1/as-run?area="}) {
            CAPTURE(query);
            CAPTURE(payload);
            const auto text =
                whole(it.answer(Method::get, query + percentEncoded(payload) + "&" + period, "", it.clerk));
            CHECK(text.find(canary) == std::string::npos);
        }
    CHECK(it.everything() == before);
}

TEST_CASE("F83 routes: no path value reaches a file, whatever it is written like") {
    Guarded it;
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            if (route.method != Method::get || route.pattern.find('{') == route.pattern.npos) continue;
            for (const auto& payload : pathPayloads) {
                CAPTURE(route.pattern);
                CAPTURE(payload);
                const auto path = filled(route.pattern, [&](auto) { return payload; });
                const auto answered = it.answer(route.method, path, "", it.secretFor(route));
                CHECK(answered.status() >= 400);
                CHECK(answered.status() < 500);
            }
        }
}

TEST_CASE("F83 uploads: a file's name is kept as a name, and no file is called so") {
    Guarded it;
    const auto before = filesOf(it);
    for (const auto& payload : pathPayloads) {
        CAPTURE(payload);
        const Json body{{"name", payload}, {"title", "Tin"}, {"bytes", 8}};
        const auto begun = it.answer(Method::post, "/v1/uploads", dump(body), it.clerk);
        CHECK((begun.status() == 201 || begun.status() == 400));
        if (begun.status() != 201) continue;
        Request piece{Method::patch, "/v1/uploads/" + parseJson(begun.text()).at("id").get<std::string>()};
        piece.withHeader("Content-Type", "application/offset+octet-stream").withHeader("Upload-Offset", "0");
        CHECK(it.ask(piece.withBody("abcd"), it.clerk).status() == 200);
    }
    int files = 0;
    for (const auto& path : filesOf(it)) {
        if (before.contains(path)) continue;
        const auto name = path.stem().string();
        CAPTURE(path);
        CHECK(name.size() == 32);
        CHECK(name.find_first_not_of("0123456789abcdef") == name.npos);
        ++files;
    }
    CHECK(files >= 8);
    CHECK_FALSE(std::filesystem::exists(it.office.directory.path().parent_path() / "loa.db"));
}

TEST_CASE("F91 routes: JSON made to break a reader is a 400 on every route that takes JSON") {
    Guarded it;
    const std::vector<std::string> payloads{std::string(60'000, '['),
                                            std::string(30'000, '[') + std::string(30'000, ']'),
                                            "{\"a\":" + std::string(60'000, '{'),
                                            R"({"name":"a","name":"b"})",
                                            R"({"title":"a","title":"b"})",
                                            R"({"name":1e400,"title":1e400,"bytes":1e400})",
                                            R"({"name":"\ud800","title":"\ud800"})",
                                            R"({"name":"a\u0000b","title":"a\u0000b"})",
                                            std::string{"{\"name\":\"a\0b\"}", 14},
                                            "{\"name\":\"\xff\xfe\"}",
                                            "\xef\xbb\xbf",
                                            "nul",
                                            R"({"name":NaN})",
                                            R"({"name":"a"} {"name":"b"})",
                                            "[]",
                                            "\"text\"",
                                            "null"};
    int tried = 0;
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            if (!takesJson(route)) continue;
            for (const auto& payload : payloads) {
                CAPTURE(route.pattern);
                CAPTURE(payload.substr(0, 60));
                const auto answered =
                    it.answer(route.method, filled(route.pattern, realId), payload, it.secretFor(route));
                // A campaign that is not there is not there, whatever was sent for it.
                CHECK((answered.status() == 400 ||
                       (answered.status() == 404 && route.pattern.starts_with("/v1/campaigns/{campaign}"))));
                ++tried;
            }
        }
    CHECK(tried >= 10 * static_cast<int>(payloads.size()));
}

TEST_CASE("F91 routes: 100,000 levels of JSON are refused where a body may be that long, and elsewhere as too long") {
    Guarded it;
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            if (!takesJson(route)) continue;
            CAPTURE(route.pattern);
            const auto answered =
                it.answer(route.method, filled(route.pattern, realId), std::string(100'000, '['), it.secretFor(route));
            CHECK((answered.status() == 400 || answered.status() == 404 || answered.status() == 413));
        }
}

TEST_CASE("F80 routes: a name with markup comes back letter for letter, as JSON that no browser runs") {
    Guarded it;
    for (const std::string name :
         {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)",
          "Xã Tân Huề & <b>An Phong</b>", "Ta\xcc\x82n Hue\xcc\x82\xcc\x80", "</title><svg/onload=1>"}) {
        CAPTURE(name);
        const auto saved =
            it.answer(Method::put, "/v1/stations/x", dump(Json{{"name", name}, {"area", "tan-hue"}}), it.admin);
        REQUIRE(saved.status() == 200);
        const auto read = it.ask(Method::get, "/v1/stations/x");
        const auto kept = parseJson(read.text()).at("name").get<std::string>();
        // Letters are kept in their composed form (NFC); nothing else is changed.
        CHECK((kept == name || name.starts_with("Ta\xcc\x82")));
        if (kept != name) CHECK(kept == "Tân Huề");
        CHECK(read.header("Content-Type") == "application/json");
    }
}
