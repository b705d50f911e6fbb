// The routes of planning, as a console would use them.
#include <doctest/doctest.h>

#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

/// An announcement of 31 seconds each day at 05:00 in Vietnam, in the whole district.
Json announcement() {
    return {{"title", "Gọi 1022"},
            {"media", std::string(64, 'a')},
            {"targets", {"area:thanh-binh"}},
            {"start", "2027-03-02T05:00:00"},
            {"durationSeconds", 31},
            {"rule", "FREQ=DAILY"}};
}

struct Planner : Served {
    Planner() { office.addMedia('a', 31); }
    Response post(const std::string& path, const Json& body) {
        return ask(Request{Method::post, path}.withHeader("Content-Type", "application/json").withBody(dump(body)),
                   clerk);
    }
    /// The id the event got.
    std::string plan(const Json& body) {
        const auto answer = post("/v1/events", body);
        REQUIRE(answer.status() == 201);
        office.approveAll();
        return parseJson(answer.text()).at("event").at("id");
    }
    /// With everything approved.
    Json planOf(const std::string& day) {
        office.approveAll();
        return json(Method::get, "/v1/stations/tan-hue/plan?day=" + day);
    }
};

}  // namespace

TEST_CASE("planning: an event made as JSON airs, and its answer says what it collides with") {
    Planner planner;
    planner.plan(announcement());
    auto second = announcement();
    second["class"] = "priority";
    const auto answer = planner.post("/v1/events", second);
    CHECK(answer.status() == 201);
    CHECK(answer.header("Location").has_value());
    const auto saved = parseJson(answer.text());
    CHECK(saved.at("event").at("policy").at("overrun") == "finishCurrent");
    REQUIRE(saved.at("clashes").size() == 1);
    CHECK(saved.at("clashes").at(0).at("outcome") == "stays");
    CHECK(saved.at("clashes").at(0).at("stations") == Json{"an-phong", "tan-hue"});
}

TEST_CASE("planning: a preview answers alike and saves nothing") {
    Planner planner;
    const auto answer = planner.post("/v1/events?preview=true", announcement());
    CHECK(answer.status() == 200);
    CHECK(parseJson(answer.text()).at("event").at("title") == "Gọi 1022");
    CHECK(planner.json(Method::get, "/v1/events").at("events").empty());
    CHECK(planner.post("/v1/events?preview=perhaps", announcement()).status() == 422);
}

TEST_CASE("planning: one day of a station is a day of its own zone, with what is refused and why") {
    Planner planner;
    planner.plan(announcement());
    const auto day = planner.planOf("2027-03-02");
    REQUIRE(day.at("slots").size() == 1);
    CHECK(day.at("slots").at(0).at("at").at("start") == "2027-03-01T22:00:00Z");
    CHECK(planner.planOf("2027-03-01").at("slots").empty());
    CHECK(planner.planOf("2028-03-01").at("slots").size() == 1);
    CHECK(planner.refusal(Method::get, "/v1/stations/tan-hue/plan?day=2027-02-30") == "bad-day");
}

TEST_CASE("planning: an edit goes the way people edit, and an old page does not overwrite a newer change") {
    Planner planner;
    const auto id = planner.plan(announcement());
    const std::string edits = "/v1/events/" + id + "/edits";
    const auto tag = std::string{*planner.ask(Method::get, "/v1/events/" + id).header("ETag")};
    CHECK(
        planner.post(edits, {{"scope", "occurrence"}, {"original", "2027-03-02T22:00:00Z"}, {"drop", true}}).status() ==
        200);
    CHECK(planner.planOf("2027-03-03").at("slots").empty());
    CHECK(planner
              .post(edits, {{"scope", "station"},
                            {"original", "2027-03-03T22:00:00Z"},
                            {"station", "tan-hue"},
                            {"change", {{"start", "2027-03-04T10:00:00Z"}}}})
              .status() == 200);
    CHECK(planner.planOf("2027-03-04").at("slots").at(0).at("at").at("start") == "2027-03-04T10:00:00Z");
    auto stale =
        Request{Method::post, edits}.withHeader("Content-Type", "application/json").withHeader("If-Match", tag);
    stale.withBody(R"({"scope":"all","change":{"title":"Tên mới"}})");
    CHECK(planner.ask(stale, planner.clerk).status() == 412);
    CHECK(planner.post(edits, {{"scope", "all"}, {"drop", true}}).status() == 400);
    CHECK(planner.post(edits, {{"scope", "all"}, {"change", {{"titel", "x"}}}}).status() == 400);
}

TEST_CASE("planning: the commune sees its clash to settle and decides") {
    Planner planner;
    auto district = announcement();
    district["class"] = "priority";
    auto commune = district;
    commune["targets"] = {"area:tan-hue"};
    district["rule"] = commune["rule"] = "";
    const auto upper = planner.plan(district);
    const auto own = planner.plan(commune);
    const auto clashes = planner.json(Method::get, "/v1/stations/tan-hue/clashes").at("clashes");
    REQUIRE(clashes.size() == 1);
    CHECK_FALSE(clashes.at(0).at("isFinal"));
    CHECK(planner.planOf("2027-03-02").at("slots").at(0).at("event") == upper);
    const auto name = [](const std::string& event) {
        return Json{{"event", event}, {"original", "2027-03-01T22:00:00Z"}};
    };
    const Json decision{{"upper", name(upper)}, {"own", name(own)}, {"winner", "own"}};
    const auto settled = planner.json(Method::put, "/v1/stations/tan-hue/settlement", dump(decision));
    CHECK(settled.at("settlement").at("decidedBy") == "clerk");
    CHECK(planner.planOf("2027-03-02").at("slots").at(0).at("event") == own);
    CHECK(planner.planOf("2027-03-02").at("rejections").at(0).at("code") == "settled-otherwise");
}

TEST_CASE("planning: airtime is set for an area, holds for the stations below it, and goes out as it came in") {
    Planner planner;
    planner.plan(announcement());
    const Json rules{{"periods",
                      {{{"dayparts",
                         {{{"name", "buổi chiều"},
                           {"from", "17:00"},
                           {"minutes", 60},
                           {"ceilingMinutes", 15},
                           {"volumeCeilingDb", -6}}}},
                        {"quietHours", Json::array()},
                        {"specialDays", Json::array()},
                        {"airingsPerDay", 2}}}}};
    const std::string path = "/v1/areas/thanh-binh/airtime";
    CHECK(planner.ask(Method::put, path, dump(rules)).status() == 200);
    CHECK(planner.planOf("2027-03-02").at("rejections").at(0).at("code") == "outside-dayparts");
    const auto saved = planner.post("/v1/events?preview=true", announcement());
    CHECK(parseJson(saved.text()).at("closed").at(0).at("stations").size() == 2);
    auto asked = Request{Method::get, path}.withHeader("Accept", "text/calendar");
    const auto calendar = planner.ask(asked, planner.clerk).text();
    CHECK(calendar.find("BEGIN:VAVAILABILITY") != std::string::npos);
    auto back = Request{Method::put, path}.withHeader("Content-Type", "text/calendar").withBody(calendar);
    CHECK(planner.ask(back, planner.clerk).status() == 200);
    const auto again = planner.json(Method::get, path).at("periods").at(0);
    CHECK(again.at("dayparts").at(0).at("ceilingMinutes") == 15);
    CHECK(again.at("dayparts").at(0).at("volumeCeilingDb") == -6);
    CHECK(again.at("airingsPerDay") == 2);
    CHECK(planner.refusal(Method::put, path, R"({"periods":[{},{}]})") == "validity-overlap");
    CHECK(planner
              .ask(Method::put, path,
                   R"({"periods":[{"dayparts":[{"name":"x","from":"05:00","minutes":1,"volumeCeilingDb":-21}]}]})")
              .status() == 400);
    CHECK(planner.ask(Method::put, path, R"({"periods":[{"dayparts":[{"name":"x","from":"25:00","minutes":1}]}]})")
              .status() == 400);
}

TEST_CASE("planning: a campaign is proposed, accepted as it was shown, planned anew and removed") {
    Planner planner;
    planner.office.addMedia('b', 45);
    Json asked{{"title", "Tuyên truyền 1022"},
               {"targets", {"area:thanh-binh"}},
               {"announcements", {std::string(64, 'a'), std::string(64, 'b')}},
               {"first", "2027-03-01"},
               {"last", "2027-03-07"},
               {"airingsPerDay", 3},
               {"smallestGapMinutes", 120}};
    const auto proposal = planner.post("/v1/campaigns?preview=true&placements=true", asked);
    REQUIRE(proposal.status() == 200);
    const auto shown = parseJson(proposal.text());
    CHECK(shown.at("score").at("airings") == 2 * 7 * 3);
    CHECK(shown.at("placements").size() == 2 * 7 * 3);
    CHECK(shown.at("missing").empty());
    CHECK(planner.json(Method::get, "/v1/campaigns").at("campaigns").empty());
    auto accept = Request{Method::post, "/v1/campaigns"}.withHeader("Content-Type", "application/json");
    accept.withHeader("If-Match", std::string{*proposal.header("ETag")}).withBody(dump(asked));
    const auto accepted = planner.ask(accept, planner.clerk);
    REQUIRE(accepted.status() == 201);
    const std::string address{*accepted.header("Location")};
    CHECK(planner.planOf("2027-03-02").at("slots").size() == 3);
    const auto stored = planner.json(Method::get, address);
    CHECK(stored.at("announcements") == asked.at("announcements"));
    CHECK(planner.json(Method::get, "/v1/events").at("events").at(0).at("campaign") == stored.at("id"));
    asked["airingsPerDay"] = 2;
    const auto anew =
        planner.ask(Request{Method::put, address}.withHeader("Content-Type", "application/json").withBody(dump(asked)),
                    planner.clerk);
    CHECK(anew.status() == 200);
    CHECK(planner.planOf("2027-03-02").at("slots").size() == 2);
    CHECK(planner.ask(Method::delete_, address).status() == 204);
    CHECK(planner.planOf("2027-03-02").at("slots").empty());
    CHECK(planner.refusal(Method::get, address) == "no-such-campaign");
    asked["share"] = 0;
    CHECK(planner.post("/v1/campaigns", asked).status() == 422);
    asked["shares"] = 1;
    CHECK(planner.post("/v1/campaigns", asked).status() == 400);
}

TEST_CASE("planning: the day of an area has all its stations, with the airtime each has and what is taken of it") {
    Planner planner;
    planner.plan(announcement());
    const Json rules{{"periods",
                      {{{"dayparts", {{{"name", "sáng"}, {"from", "05:00"}, {"minutes", 60}, {"ceilingMinutes", 15}}}},
                        {"quietHours", {{{"name", "đêm"}, {"from", "22:00"}, {"minutes", 300}}}},
                        {"specialDays", Json::array()},
                        {"airingsPerDay", 2}}}}};
    CHECK(planner.ask(Method::put, "/v1/areas/tan-hue/airtime", dump(rules)).status() == 200);
    const auto day = planner.json(Method::get, "/v1/areas/thanh-binh/plan?day=2027-03-02");
    REQUIRE(day.at("stations").size() == 2);
    CHECK_FALSE(day.contains("next"));
    CHECK(day.at("stations").at(0).at("station") == "an-phong");
    CHECK_FALSE(day.at("stations").at(0).at("airtime").at(0).at("restricted"));
    const auto& tanHue = day.at("stations").at(1);
    CHECK(tanHue.at("name") == "trạm tan-hue");
    CHECK(tanHue.at("slots").size() == 1);
    const auto& daypart = tanHue.at("airtime").at(0).at("dayparts").at(0);
    CHECK(daypart.at("at").at("start") == "2027-03-01T22:00:00Z");
    CHECK(daypart.at("ceilingSeconds") == 900);
    CHECK(daypart.at("usedSeconds") == 31);
    CHECK(tanHue.at("airtime").at(0).at("quietHours").at(0).at("name") == "đêm");
    CHECK(planner.json(Method::get, "/v1/stations/tan-hue/plan?day=2027-03-02").at("airtime") == tanHue.at("airtime"));
    CHECK(planner.json(Method::get, "/v1/areas/thanh-binh/plan?day=2027-03-02&from=b").at("stations").size() == 1);
    CHECK(planner.refusal(Method::get, "/v1/areas/thanh-binh/plan") == "bad-day");
    CHECK(planner.refusal(Method::get, "/v1/areas/nowhere/plan?day=2027-03-02") == "no-such-area");
}

TEST_CASE("planning: a week of an area is one timeline for each station, page by page, with each day's airtime") {
    Planner planner;
    planner.plan(announcement());
    const auto week = planner.json(Method::get, "/v1/areas/thanh-binh/plan?day=2027-03-01&days=7");
    REQUIRE(week.at("stations").size() == 2);
    const auto& anPhong = week.at("stations").at(0);
    CHECK(anPhong.at("slots").size() == 6);  // from the 2nd on
    REQUIRE(anPhong.at("airtime").size() == 7);
    CHECK(anPhong.at("airtime").at(6).at("day") == "2027-03-07");
    CHECK(anPhong.at("window").at("end") == "2027-03-07T17:00:00Z");
    CHECK(planner.json(Method::get, "/v1/stations/an-phong/plan?day=2027-03-01&days=7").at("slots") ==
          anPhong.at("slots"));
    for (const char* days : {"0", "32", "-1", "7x", "99999999999"})
        CHECK(planner.refusal(Method::get, std::string{"/v1/areas/thanh-binh/plan?day=2027-03-01&days="} + days) ==
              "bad-days");
    for (int i = 0; i < 30; ++i) planner.office.addStation("p-" + std::to_string(100 + i), "tan-hue");
    std::size_t seen = 0;
    std::string from;
    do {
        const auto page = planner.json(Method::get, "/v1/areas/thanh-binh/plan?day=2027-03-01&days=31&from=" + from);
        seen += page.at("stations").size();
        CHECK(page.at("stations").size() <= 11);
        from = page.value("next", "");
    } while (!from.empty());
    CHECK(seen == 32);
}

TEST_CASE("planning: a daypart over midnight is as full as all of it is, on the day it begins") {
    Planner planner;
    auto late = announcement();
    late["start"] = "2027-03-02T23:59:50";
    auto early = announcement();
    early["start"] = "2027-03-03T00:10:00";
    planner.plan(late);
    planner.plan(early);
    const Json rules{{"periods",
                      {{{"dayparts", {{{"name", "đêm giao thừa"}, {"from", "23:30"}, {"minutes", 60}}}},
                        {"quietHours", Json::array()},
                        {"specialDays", Json::array()}}}}};
    REQUIRE(planner.ask(Method::put, "/v1/areas/tan-hue/airtime", dump(rules)).status() == 200);
    const auto day = planner.planOf("2027-03-02");
    REQUIRE(day.at("slots").size() == 1);
    CHECK(day.at("airtime").at(0).at("dayparts").at(0).at("usedSeconds") == 62);
}
