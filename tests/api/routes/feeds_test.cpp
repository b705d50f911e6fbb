// Feeds, as the office makes them and a calendar program reads them.
#include <doctest/doctest.h>

#include "scheduler/calendar/expand.h"
#include "scheduler/calendar/read_events.h"
#include "scheduler/operations/edit_event.h"
#include "scheduler/storage/campaign_repository.h"
#include "scheduler/storage/event_repository.h"
#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr const char* daily = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\nDURATION:PT31S\r\nRRULE:FREQ=DAILY\r\n";

struct Subscribed : Served {
    Subscribed() {
        office.addMedia('a', 31);
        import("district", "urn:loa:area:thanh-binh");
        import("tan-hue", "urn:loa:station:tan-hue");
        import("an-phong", "urn:loa:area:an-phong");
    }
    void import(const std::string& uid, const std::string& target) {
        importEvents(office.scheduler, TestOffice::calendar(uid, daily, target), {});
    }
    Json make(const std::string& target) {
        const auto answer = ask(Method::post, "/v1/feeds", R"({"target":")" + target + "\"}");
        REQUIRE(answer.status() == 201);
        return parseJson(answer.text());
    }
    /// As a calendar program does: without a token.
    Response fetch(const std::string& path, const std::string& held = "") {
        Request request{Method::get, path};
        if (!held.empty()) request.withHeader("If-None-Match", held);
        return router.respond(std::move(request));
    }
    std::vector<std::string> eventsAt(const std::string& path) {
        std::vector<std::string> ids;
        for (const auto& event : readEvents(fetch(path).text()).events) ids.push_back(event.id.text());
        return ids;
    }
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("feeds: a station's and an area's hold what reaches them and nothing else, and need no token") {
    Subscribed served;
    const auto station = served.make("station:tan-hue");
    CHECK(station.at("name") == "trạm tan-hue");
    CHECK(station.at("path").get<std::string>().ends_with("/tr%E1%BA%A1m%20tan-hue.ics"));
    const auto answer = served.fetch(station.at("path"));
    CHECK(answer.status() == 200);
    CHECK(answer.header("Content-Type") == "text/calendar; charset=utf-8");
    CHECK(answer.header("Cache-Control") == "private, no-cache");
    CHECK(answer.text().find("LOCATION:trạm tan-hue\r\n") != std::string::npos);
    CHECK(served.eventsAt(station.at("path")) == Ids{"district", "tan-hue"});
    CHECK(served.eventsAt(served.make("area:an-phong").at("path")) == Ids{"an-phong", "district"});
    const auto district = served.make("area:thanh-binh");
    CHECK(served.eventsAt(district.at("path")) == Ids{"an-phong", "district", "tan-hue"});
    CHECK(served.fetch(district.at("path")).text().find("LOCATION:địa bàn thanh-binh\r\n") != std::string::npos);
}

TEST_CASE("feeds: a campaign's holds its events") {
    Subscribed served;
    served.office.database.write([](WriteTransaction& transaction) {
        Campaign campaign;
        campaign.id = CampaignId{"1022"};
        campaign.title = "Tuyên truyền 1022";
        campaign.first = campaign.last = Day{std::chrono::year{2027} / 3 / 1};
        CampaignRepository::save(transaction, campaign);
    });
    const auto planned = TestOffice::calendar("of-campaign", std::string{daily} + "X-LOA-CAMPAIGN:1022\r\n");
    saveEvents(served.office.scheduler, readEvents(planned).events, Keep::yes);
    const auto feed = served.make("campaign:1022");
    CHECK(feed.at("name") == "Tuyên truyền 1022");
    CHECK(served.eventsAt(feed.at("path")) == Ids{"of-campaign"});
}

TEST_CASE("feeds: a station's shows what it drops, moves and sounds instead; other stations' do not") {
    Subscribed served;
    auto item = served.office.addMedia('b', 31);
    item.title = "Tiêm chủng";
    served.office.database.write([&](WriteTransaction& transaction) { MediaRepository::save(transaction, item); });
    const StationId tanHue{"tan-hue"};
    const auto change = [&](StationOverride own) {
        editEvent(served.office.scheduler, EventId{"district"}, EditAtStation{std::move(own)}, std::nullopt, Keep::yes);
    };
    change({at("2027-03-01T22:00:00Z"), tanHue, true, std::nullopt, std::nullopt});
    change({at("2027-03-02T22:00:00Z"), tanHue, false, at("2027-03-02T23:00:00Z"), MediaSource{item.id}});
    const auto week = [&](const std::string& target) {
        std::vector<std::string> all;
        const auto read = readEvents(served.fetch(served.make(target).at("path")).text());
        for (const auto& one : expand(read.events.front(), {at("2027-02-28T00:00:00Z"), at("2027-03-04T00:00:00Z")}))
            all.push_back(formatInstant(one.at.start) + ' ' + one.title);
        return all;
    };
    importEvents(served.office.scheduler, TestOffice::calendar("a", daily, "urn:loa:station:an-phong"), {});
    removeEvent(served.office.scheduler, EventId{"an-phong"});
    removeEvent(served.office.scheduler, EventId{"a"});
    CHECK(week("station:tan-hue") == Ids{"2027-02-28T22:00:00Z Tổng đài 1022", "2027-03-02T23:00:00Z Tiêm chủng",
                                         "2027-03-03T22:00:00Z Tổng đài 1022"});
    CHECK(week("station:an-phong") == Ids{"2027-02-28T22:00:00Z Tổng đài 1022", "2027-03-01T22:00:00Z Tổng đài 1022",
                                          "2027-03-02T22:00:00Z Tổng đài 1022", "2027-03-03T22:00:00Z Tổng đài 1022"});
}

TEST_CASE("feeds: who holds the newest text gets 304, until the text changes and not when only the plan does") {
    Subscribed served;
    const std::string path = served.make("station:tan-hue").at("path");
    const auto tag = std::string{*served.fetch(path).header("ETag")};
    CHECK(served.fetch(path, tag).status() == 304);
    served.import("elsewhere", "urn:loa:station:an-phong");
    CHECK(served.fetch(path, tag).status() == 304);
    served.import("here", "urn:loa:station:tan-hue");
    const auto changed = served.fetch(path, tag);
    CHECK(changed.status() == 200);
    CHECK(changed.header("ETag") != tag);
    removeEvent(served.office.scheduler, EventId{"here"});
    CHECK(served.fetch(path, tag).status() == 304);
}

TEST_CASE("feeds: they are listed without their addresses, and a revoked one answers as one that never was") {
    Subscribed served;
    const auto feed = served.make("area:thanh-binh");
    const std::string path = feed.at("path");
    served.fetch(path);
    const auto list = served.json(Method::get, "/v1/feeds").at("feeds");
    REQUIRE(list.size() == 1);
    CHECK(list.at(0).at("id") == feed.at("id"));
    CHECK(list.at(0).at("target") == "area:thanh-binh");
    CHECK(list.at(0).at("lastUsed") == "2027-02-28T10:00:00Z");
    CHECK_FALSE(list.at(0).contains("path"));
    const std::string address = "/v1/feeds/" + feed.at("id").get<std::string>();
    CHECK(served.ask(Method::delete_, address).status() == 204);
    CHECK(served.ask(Method::delete_, address).status() == 404);
    CHECK(served.json(Method::get, "/v1/feeds").at("feeds").empty());
    const auto revoked = served.fetch(path);
    CHECK(revoked.status() == 404);
    CHECK(revoked.text() == served.fetch("/feeds/loa_feed_00/x.ics").text());
    CHECK(revoked.text().find("loa_feed") == std::string::npos);
}

TEST_CASE("feeds: the secret opens nothing else, and a token opens no feed") {
    Subscribed served;
    std::string secret = served.make("area:thanh-binh").at("path");
    secret = secret.substr(7, secret.size() - 11);
    CHECK(served.ask(Request{Method::get, "/v1/events"}, secret).status() == 401);
    CHECK(served.fetch("/feeds/" + served.clerk + "/x.ics").status() == 404);
}

TEST_CASE("feeds: what cannot be shown is refused by name, and a station that goes takes its feed along") {
    Subscribed served;
    const auto post = [&](const std::string& body) { return served.refusal(Method::post, "/v1/feeds", body); };
    CHECK(post(R"({"target":"station:nowhere"})") == "no-such-station");
    CHECK(post(R"({"target":"area:nowhere"})") == "no-such-area");
    CHECK(post(R"({"target":"campaign:nowhere"})") == "no-such-campaign");
    CHECK(post(R"({"target":"tan-hue"})") == "bad-target");
    CHECK(post(R"({"target":"station:tan-hue","colour":"red"})") == "malformed-json");
    served.ask(Method::put, "/v1/stations/tram", R"({"name":"Trạm","area":"tan-hue"})");
    const std::string path = served.make("station:tram").at("path");
    CHECK(served.fetch(path).status() == 200);
    served.ask(Method::delete_, "/v1/stations/tram");
    CHECK(served.fetch(path).status() == 404);
}

TEST_CASE("import: the route answers with a verdict for each event, and takes away what is gone where it is asked to") {
    Subscribed served;
    const auto post = [&](const std::string& query, const std::string& text) {
        return served.ask(
            Request{Method::post, "/v1/events" + query}.withHeader("Content-Type", "text/calendar").withBody(text),
            served.clerk);
    };
    const auto text = TestOffice::calendar("x", daily);
    CHECK(post("?origin=commune", text).status() == 200);
    const auto again = parseJson(post("?origin=commune&preview=true", TestOffice::calendar("y", daily)).text());
    CHECK(again.at("verdicts").at(0).at("verdict") == "new");
    CHECK(again.at("verdicts").at(1).at("verdict") == "gone");
    CHECK(again.at("verdicts").at(1).at("event") == "x");
    CHECK(again.at("events").size() == 1);
    CHECK(post("?origin=commune&remove=all", text).status() == 422);
    CHECK(post("?origin=commune&remove=gone", TestOffice::calendar("y", daily)).status() == 200);
    CHECK(served.refusal(Method::get, "/v1/events/x") == "no-such-event");
}
