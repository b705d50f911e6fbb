// Each kind of JSON body the API takes, right but for one thing.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "api/http/finish.h"
#include "scheduler/storage/order_repository.h"
#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

struct Kind {
    Method method;
    std::string pattern;
    std::string path;
    Json body;
};

constexpr const char* draftText = R"({
    "title": "Gọi 1022", "class": "priority", "targets": ["station:tan-hue"],
    "media": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "policy": {"start": "soft", "preempt": "drop", "overrun": "finishCurrent", "lateJoin": "skip", "graceSeconds": 30},
    "start": "2027-03-02T05:00:00", "zone": "Asia/Ho_Chi_Minh", "durationSeconds": 31, "rule": "FREQ=DAILY",
    "description": "x"})";
constexpr const char* editText = R"({"scope": "all", "change": {"title": "Mới", "start": "2027-03-02T06:00:00"}})";
constexpr const char* occurrenceEditText = R"({
    "scope": "occurrence", "original": "2027-03-02T22:00:00Z", "change": {"start": "2027-03-02T23:00:00Z"}})";
constexpr const char* stationEditText =
    R"({"scope": "station", "original": "2027-03-02T22:00:00Z", "station": "tan-hue", "drop": true})";
constexpr const char* campaignText = R"({
    "title": "Đợt", "targets": ["area:thanh-binh"],
    "announcements": ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    "first": "2027-03-01", "last": "2027-03-03", "airingsPerDay": 1, "smallestGapMinutes": 120, "share": 0.33})";
constexpr const char* settlementText = R"({
    "upper": {"event": "e", "original": "2027-03-01T22:00:00Z"},
    "own": {"event": "f", "original": "2027-03-01T22:00:00Z"}, "winner": "upper"})";
constexpr const char* airtimeText = R"({"periods": [{
    "validFrom": "2027-01-01", "longestSeconds": 90,
    "dayparts": [{"name": "Sáng", "weekdays": ["mon"], "from": "05:00", "minutes": 90, "ceilingMinutes": 15}],
    "quietHours": [{"name": "Đêm", "from": "21:00", "minutes": 480}],
    "specialDays": [{"name": "Tết", "first": "2027-02-05", "last": "2027-02-10", "dayparts": []}]}]})";
constexpr const char* airingsText = R"({"airings": [{
    "id": {"station": "tan-hue", "epoch": 42, "sequence": 3}, "slot": "tan-hue/0/0/x", "title": "Bản tin",
    "media": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "revision": 7,
    "planned": {"start": "2027-02-28T22:00:00Z", "end": "2027-02-28T22:00:31.250Z"}, "plannedFrames": 1500000,
    "result": "partial", "reason": "soundLost", "detail": "", "startErrorMicroseconds": -412, "frames": 432000,
    "level": {"rmsDbfs": -16.5, "peakDbfs": -1.6, "silentShare": 0.01}, "bootId": "b", "sinceBootMs": 99,
    "heard": {"start": "2027-02-28T22:00:00Z", "end": "2027-02-28T22:00:09Z"}}]})";
constexpr const char* statusText = R"({
    "revision": 1, "mediaReady": 0, "mediaWanted": 0, "output": "ready", "waitingAirings": 0,
    "said": "2027-02-28T10:00:00Z", "onAir": {"slot": "s", "title": "Tổng đài 1022", "frames": 48000}})";

constexpr const char* orderText = R"({
    "type": "emergency", "targets": ["station:tan-hue"], "title": "Xả lũ", "repeats": 2, "validSeconds": 600,
    "media": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})";
constexpr const char* templateText = R"({
    "type": "emergency", "title": "Xả lũ", "area": "tan-hue",
    "media": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})";
constexpr const char* orderReportsText = R"({"reports": [{
    "order": "11111111111111111111111111111111", "state": "sounded", "at": "2027-02-28T10:00:00Z", "frames": 1500000,
    "detail": "x"}]})";

/// Members that are columns, or that somebody may hope for.
constexpr const char* coveted[] = {"approved",      "approved_by", "commune_id", "station_id",    "person",
                                   "password_hash", "code_step",   "hash",       "second_factor", "password_initial",
                                   "kind",          "created",     "disabled",   "owner_id",      "confirmed",
                                   "places",        "isAdmin",     "state",      "review",        "isFinal",
                                   "decidedBy",     "heard_by",    "tag",        "campaign_id"};

/// An office with an event, a campaign and an upload to send bodies to.
struct Receiving : Served {
    std::string event = "/v1/events/e";
    std::string campaign;
    std::string officer = sessionOf("officer", {{Role::dutyOfficer, {}}});
    std::string order = "/v1/orders/" + std::string(32, '1');

    Receiving() {
        office.addMedia('a', 31);
        OfficeOrder waiting;
        waiting.id = OrderId{std::string(32, '1')};
        waiting.made = office.clock.now();
        office.database.write([&](WriteTransaction& transaction) {
            OrderRepository::add(transaction, waiting, {{StationId{"tan-hue"}, AreaId{"tan-hue"}, {}}});
        });
        auto draft = Json::parse(draftText);
        draft["id"] = "e";
        REQUIRE(send(Method::post, "/v1/events", draft, clerk).status() == 201);
        const auto planned = send(Method::post, "/v1/campaigns", Json::parse(campaignText), clerk);
        REQUIRE(planned.status() == 201);
        campaign = *planned.header("Location");
    }

    /// All kinds, each as it would be taken.
    std::vector<Kind> kinds() const {
        const Json reason{{"reason", "Sai tên xã"}};
        const Json role = Json::array({{{"role", "auditor"}, {"area", "tan-hue"}}});
        return {
            {Method::post, "/v1/session", "/v1/session", {{"name", "lan"}, {"password", "x"}}},
            {Method::post, "/v1/session/confirmation", "/v1/session/confirmation", {{"password", "x"}}},
            {Method::post,
             "/v1/session/password",
             "/v1/session/password",
             {{"password", "x"}, {"newPassword", "một hai ba bốn"}}},
            {Method::put, "/v1/session/second-factor", "/v1/session/second-factor", {{"code", "000000"}}},
            {Method::post, "/v1/people", "/v1/people", {{"id", "x"}, {"name", "x"}, {"roles", role}}},
            {Method::put, "/v1/people/{person}", "/v1/people/clerk", {{"name", "x"}, {"roles", role}}},
            {Method::post, "/v1/tokens", "/v1/tokens", {{"name", "x"}, {"rights", {"seePlan"}}, {"days", 3}}},
            {Method::put, "/v1/areas/{area}", "/v1/areas/x", {{"name", "x"}, {"parent", "thanh-binh"}}},
            {Method::put, "/v1/areas/{area}/airtime", "/v1/areas/tan-hue/airtime", Json::parse(airtimeText)},
            {Method::put, "/v1/stations/{station}", "/v1/stations/tan-hue", {{"name", "x"}, {"area", "tan-hue"}}},
            {Method::put, "/v1/stations/{station}/settlement", "/v1/stations/tan-hue/settlement",
             Json::parse(settlementText)},
            {Method::post, "/v1/enrolment", "/v1/enrolment", {{"code", "K7Q"}, {"key", "x"}, {"proof", "x"}}},
            {Method::post, "/v1/stations/{station}/airings", "/v1/stations/tan-hue/airings", Json::parse(airingsText)},
            {Method::post, "/v1/stations/{station}/status", "/v1/stations/tan-hue/status", Json::parse(statusText)},
            {Method::post, "/v1/stations/{station}/order-reports", "/v1/stations/tan-hue/order-reports",
             Json::parse(orderReportsText)},
            {Method::post, "/v1/orders", "/v1/orders", Json::parse(orderText)},
            {Method::post, "/v1/orders/{order}/confirmation", order + "/confirmation", {{"type", "emergency"}}},
            {Method::post, "/v1/order-templates", "/v1/order-templates", Json::parse(templateText)},
            {Method::post, "/v1/feeds", "/v1/feeds", {{"target", "station:tan-hue"}, {"name", "x"}}},
            {Method::post, "/v1/uploads", "/v1/uploads", {{"name", "a.wav"}, {"title", "x"}, {"bytes", 10}}},
            {Method::post, "/v1/speech", "/v1/speech", {{"title", "x"}, {"text", "Gọi 1022."}}},
            {Method::post, "/v1/events", "/v1/events", Json::parse(draftText)},
            {Method::post, "/v1/events/{event}/edits", event + "/edits", Json::parse(editText)},
            {Method::post, "/v1/events/{event}/edits", event + "/edits", Json::parse(occurrenceEditText)},
            {Method::post, "/v1/events/{event}/edits", event + "/edits", Json::parse(stationEditText)},
            {Method::post, "/v1/events/{event}/rejection", event + "/rejection", reason},
            {Method::post, "/v1/events/{event}/withdrawal", event + "/withdrawal", reason},
            {Method::post, "/v1/campaigns", "/v1/campaigns", Json::parse(campaignText)},
            {Method::put, "/v1/campaigns/{campaign}", campaign, Json::parse(campaignText)},
            {Method::post, "/v1/campaigns/{campaign}/rejection", campaign + "/rejection", reason},
            {Method::post, "/v1/campaigns/{campaign}/withdrawal", campaign + "/withdrawal", reason}};
    }

    Response send(Method method, const std::string& path, const Json& body, const std::string& secret) {
        return sendText(method, path, dump(body), secret);
    }
    Response sendText(Method method, const std::string& path, const std::string& body, const std::string& secret) {
        return ask(Request{method, path}.withHeader("Content-Type", "application/json").withBody(body), secret);
    }
    /// As the one of all who may.
    Response sendText(const Kind& kind, const std::string& body) {
        auto answer = sendText(kind.method, kind.path, body, clerk);
        for (const auto& other : {admin, tanHue, officer})
            if (answer.status() == 403 || answer.status() == 404)
                answer = sendText(kind.method, kind.path, body, other);
        return answer;
    }
    Response send(const Kind& kind, const Json& body) { return sendText(kind, dump(body)); }
};

/// Where there are objects in it, itself among them.
std::vector<Json::json_pointer> objectsIn(const Json& body) {
    std::vector<Json::json_pointer> found{Json::json_pointer{}};
    const auto leaves = body.flatten();
    for (const auto& [place, value] : leaves.items())
        for (Json::json_pointer at{place}; !at.empty(); at = at.parent_pointer())
            if (body.at(at).is_object() && std::ranges::find(found, at) == found.end()) found.push_back(at);
    return found;
}

/// The body with that text, which need not be JSON, in the place of a value.
std::string withText(Json body, const std::string& place, const std::string& text) {
    const std::string here = "HERE";
    body[Json::json_pointer{place}] = here;
    auto dumped = dump(body);
    return dumped.replace(dumped.find('"' + here + '"'), here.size() + 2, text);
}

/// The body with that member of the object twice; its second name is spelt as `name`, which may have escapes.
std::string withTwice(Json body, const Json::json_pointer& object, const std::string& member, const std::string& name) {
    const std::string here = "HERE";
    const Json value = body[object][member];
    body[object][here] = value;
    auto dumped = dump(body);
    return dumped.replace(dumped.find('"' + here + '"'), here.size() + 2, '"' + name + '"');
}

std::size_t bodyLimitOf(const Kind& kind) {
    for (const auto& table : allRoutes())
        for (const auto& route : table)
            if (route.method == kind.method && route.pattern == kind.pattern) return route.bodyLimit;
    return 0;
}

/// What no JSON value may be, wherever it stands.
const std::vector<std::string> noValues{R"("\ud800")",
                                        R"("\udc00")",
                                        R"("\ud800\u0041")",
                                        R"("a\u0000b")",
                                        std::string{"\"a\0b\"", 5},
                                        std::string{"\0", 1},
                                        "\"\xff\xfe\"",
                                        "\"\xed\xa0\x80\"",
                                        "\"\xc0\xaf\"",
                                        "1e400",
                                        "-1e400",
                                        "1e99999999999",
                                        "NaN",
                                        "-Infinity",
                                        "01",
                                        "+1",
                                        "'x'",
                                        "/**/1",
                                        "[1,]",
                                        ","};

/// One of each type, in turn.
const std::vector<Json> types{Json::array(), Json::object(), Json{7}, Json{-0.5}, Json{"zz zz"}, Json{true}, Json{}};

}  // namespace

TEST_CASE_FIXTURE(Receiving, "F75 bodies: each route that takes JSON has its kind here") {
    std::set<std::string> here;
    for (const auto& kind : kinds()) here.insert(std::string{toText(kind.method)} + ' ' + kind.pattern);
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            const auto name = std::string{toText(route.method)} + ' ' + std::string{route.pattern};
            const bool takesJson =
                route.bodyLimit > 0 && name != "PATCH /v1/uploads/{upload}" && name != "PUT /v1/events/{event}";
            CAPTURE(name);
            CHECK(here.contains(name) == takesJson);
        }
}

TEST_CASE_FIXTURE(Receiving,
                  "F75 bodies: a member nobody asked for is refused, whatever it is called and wherever it is") {
    for (const auto& kind : kinds())
        for (const auto& place : objectsIn(kind.body))
            for (const std::string member : coveted) {
                CAPTURE(kind.path);
                CAPTURE(place.to_string());
                CAPTURE(member);
                auto more = kind.body;
                more[place][member] = "admin";
                const auto answer = send(kind, more);
                CHECK(answer.status() == 400);
                CHECK(refusal(answer) == "malformed-json");
            }
}

TEST_CASE_FIXTURE(Receiving, "F75 bodies: a member of another type is refused, in words, and nothing is done") {
    const auto before = json(Method::get, "/v1/events").dump() + json(Method::get, "/v1/campaigns").dump();
    for (const auto& kind : kinds()) {
        const auto leaves = kind.body.flatten();
        for (const auto& [place, value] : leaves.items())
            for (const auto& other : types) {
                const Json::json_pointer at{place};
                if (other.type() == kind.body.at(at).type() || (other.is_number() && value.is_number())) continue;
                CAPTURE(kind.path);
                CAPTURE(place);
                CAPTURE(other.dump());
                auto wrong = kind.body;
                wrong[at] = other;
                const auto answer = send(kind, wrong);
                CHECK(answer.status() == 400);
                CHECK(answer.text().find("\"vi\":") != std::string::npos);
            }
    }
    CHECK(json(Method::get, "/v1/events").dump() + json(Method::get, "/v1/campaigns").dump() == before);
}

TEST_CASE_FIXTURE(Receiving,
                  "F75 bodies: one too large is refused at its limit, and one too deep wherever the depth is") {
    const std::string deep = std::string(1000, '[') + std::string(1000, ']');
    for (const auto& kind : kinds()) {
        CAPTURE(kind.path);
        for (const auto& table : allRoutes())
            for (const auto& route : table)
                if (route.method == kind.method && route.pattern == kind.pattern) {
                    const auto text = dump(kind.body);
                    CHECK(sendText(kind, text + std::string(route.bodyLimit - text.size() + 1, ' ')).status() == 413);
                }
        for (const auto& [member, value] : kind.body.items()) {
            auto text = dump(kind.body);
            const auto at = text.find('"' + member + "\":") + member.size() + 3;
            CHECK(sendText(kind, text.replace(at, dump(value).size(), deep)).status() == 400);
        }
    }
}

TEST_CASE_FIXTURE(Receiving, "F81 bodies: what is SQL to somebody is text in every member, and changes nothing else") {
    const auto all = [&] {
        return json(Method::get, "/v1/people/clerk").dump() + json(Method::get, "/v1/people/admin").dump() +
               json(Method::get, "/v1/areas/thanh-binh").dump() + json(Method::get, "/v1/events/e").dump();
    };
    const auto before = all();
    for (const auto& kind : kinds()) {
        // These change just what is looked at.
        if (kind.path == event + "/edits" || kind.pattern == "/v1/people/{person}") continue;
        const auto leaves = kind.body.flatten();
        for (const auto& [place, value] : leaves.items())
            for (const char* payload : {"'; DROP TABLE event; --", "x' OR '1'='1", "x', 'admin'), ('y", "$1", "%"}) {
                if (!value.is_string()) continue;
                CAPTURE(kind.path);
                CAPTURE(place);
                CAPTURE(payload);
                auto hostile = kind.body;
                hostile[Json::json_pointer{place}] = payload;
                CHECK(send(kind, hostile).status() < 500);
            }
    }
    CHECK(all() == before);
}

TEST_CASE_FIXTURE(Receiving,
                  "F80 bodies: markup in every member comes back as JSON that no browser runs, to the letter") {
    const std::string markup = "<script>alert(1)</script>\"><img src=x onerror=alert(1)> & javascript:alert(1) dấu";
    int taken = 0;
    for (const auto& kind : kinds()) {
        if (kind.pattern == "/v1/people/{person}") continue;  // it would end the session it is asked by
        const auto leaves = kind.body.flatten();
        for (const auto& [place, value] : leaves.items()) {
            if (!value.is_string()) continue;
            CAPTURE(kind.path);
            CAPTURE(place);
            auto hostile = kind.body;
            hostile[Json::json_pointer{place}] = markup;
            const auto answer = finish(nullptr, send(kind, hostile));
            const auto type = answer.header("Content-Type").value_or("application/json");
            CHECK((type == "application/json" || type == "application/problem+json"));
            CHECK(answer.header("X-Content-Type-Options") == "nosniff");
            if (answer.status() / 100 == 2 && answer.text().find("alert(1)") != std::string::npos) {
                CHECK(parseJson(answer.text()).dump().find(Json(markup).dump()) != std::string::npos);
                ++taken;
            }
        }
    }
    CHECK(taken >= 8);
}

TEST_CASE_FIXTURE(Receiving, "F91 bodies: a value that is none is refused wherever it stands, and nothing is done") {
    const auto before = office.database.changes();
    for (const auto& kind : kinds()) {
        const auto leaves = kind.body.flatten();
        for (const auto& [place, value] : leaves.items())
            for (const auto& text : noValues) {
                CAPTURE(kind.path);
                CAPTURE(place);
                CAPTURE(text);
                const auto answer = sendText(kind, withText(kind.body, place, text));
                CHECK(answer.status() == 400);
                CHECK(refusal(answer) == "malformed-json");
            }
    }
    CHECK(office.database.changes() == before);
}

TEST_CASE_FIXTURE(Receiving, "F91 bodies: a member that is there twice is refused, however its name is spelt") {
    const auto before = office.database.changes();
    for (const auto& kind : kinds())
        for (const auto& place : objectsIn(kind.body))
            for (const auto& [member, value] : kind.body.at(place).items()) {
                const auto escaped = "\\u00" + std::string{"0123456789abcdef"[member.front() >> 4]} +
                                     "0123456789abcdef"[member.front() & 15] + member.substr(1);
                for (const auto& name : {member, escaped}) {
                    CAPTURE(kind.path);
                    CAPTURE(place.to_string());
                    CAPTURE(name);
                    const auto answer = sendText(kind, withTwice(kind.body, place, member, name));
                    CHECK(answer.status() == 400);
                    CHECK(refusal(answer) == "malformed-json");
                    CHECK(answer.text().find("is there twice") != std::string::npos);
                }
            }
    CHECK(office.database.changes() == before);
}

TEST_CASE_FIXTURE(Receiving, "F91 bodies: 100,000 levels are refused wherever they stand, and nothing is done") {
    const auto before = office.database.changes();
    constexpr std::size_t levels = 100'000;
    std::string objects;
    for (std::size_t i = 0; i < levels; ++i) objects += "{\"a\":";
    int read = 0;
    for (const auto& kind : kinds()) {
        const auto limit = bodyLimitOf(kind);
        const auto leaves = kind.body.flatten();
        for (const auto& deep :
             {std::string(levels, '['), std::string(levels, '[') + std::string(levels, ']'), objects})
            for (const auto& [place, value] : leaves.items()) {
                CAPTURE(kind.path);
                CAPTURE(place);
                const auto text = withText(kind.body, place, deep);
                const auto answer = sendText(kind, text);
                CHECK(answer.status() == (text.size() > limit ? 413 : 400));
                read += text.size() > limit ? 0 : 1;
            }
    }
    CHECK(read > 100);
    CHECK(office.database.changes() == before);
}
