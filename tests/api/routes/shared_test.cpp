// What two communes share: each sees its own part of it, and neither takes the other's away.
#include <doctest/doctest.h>

#include "tests/api/routes/communes.h"

using namespace loa;
using namespace loa::test;

namespace {

struct Shared : Communes {
    const std::string& author = sessions.at(Role::author);

    Request get(const std::string& path, const char* accept) {
        return Request{Method::get, path}.withHeader("Accept", accept);
    }
    std::string read(const std::string& path, const char* accept = "application/json") {
        const auto answer = ask(get(path, accept), author);
        CHECK(answer.status() == 200);
        return whole(answer);
    }
    /// What becomes of it, for the first commune's author.
    std::string send(Method method, const std::string& path, const std::string& body = "",
                     const char* type = "application/json") {
        Request request{method, path};
        if (!body.empty()) request.withBody(body).withHeader("Content-Type", type);
        const auto answer = ask(std::move(request), author);
        return answer.status() < 400 ? "done" : refusal(answer);
    }
    Event stored(const std::string& id) {
        return office.database
            .read([&](ReadTransaction& transaction) { return EventRepository::find(transaction, EventId{id}); })
            .value()
            .event;
    }
};

}  // namespace

TEST_CASE(
    "shared: of an event and a campaign of two communes one sees what is one's own, in JSON, export and feeds, F73") {
    Shared shared;
    shared.office.approveAll();
    publishManifests(shared.office.scheduler);
    for (const char* path :
         {"/v1/events", "/v1/events/shared-0", "/v1/events/shared-1", "/v1/events/shared-0/review", "/v1/campaigns",
          "/v1/campaigns/campaign-0", "/v1/campaigns/campaign-0/review", "/v1/reviews?state=approved", "/v1/media",
          "/v1/occurrences?from=2027-03-01T00:00:00Z&to=2027-03-12T00:00:00Z", "/v1/stations/tan-hue/plan"})
        for (const char* accept : {"application/json", "text/calendar"}) {
            CAPTURE(std::string{path});
            CHECK(shared.foreignIn(shared.read(path, accept)) == "");
        }
    const auto event = parseJson(shared.read("/v1/events/shared-0"));
    CHECK(event.at("targets") == Json{"station:tan-hue"});
    CHECK(event.at("stationOverrides").size() == 1);
    CHECK_FALSE(event.contains("owner"));
    CHECK(parseJson(shared.read("/v1/events/shared-1")).at("owner") == "tan-hue");
    CHECK(parseJson(shared.read("/v1/campaigns/campaign-0")).at("targets") == Json{"station:tan-hue"});
    CHECK(parseJson(shared.read("/v1/campaigns/campaign-0/review")).at("reviews").size() == 1);
    for (const FeedTarget& target : std::vector<FeedTarget>{AreaId{"tan-hue"}, CampaignId{"campaign-1"}}) {
        const auto feed = createFeed(shared.office.scheduler, target, "lịch");
        const auto text = *readFeed(shared.office.scheduler, feed.secret).text;
        CHECK(text.find("LOCATION:trạm tan-hue") != std::string::npos);
        CHECK(shared.foreignIn(text) == "");
    }
}

TEST_CASE("shared: what comes from above shows where it airs, and nothing of who else hears it, F73") {
    Shared shared;
    importEvents(shared.office.scheduler,
                 TestOffice::calendar("above", "DTSTART:20270304T230000Z\r\n", "urn:loa:area:thanh-binh"), {});
    CHECK(parseJson(shared.read("/v1/events/above")).at("targets") == Json{"area:thanh-binh"});
}

TEST_CASE("shared: of a review one is told the stations in one's sight that it reaches and awaits, and no other, F73") {
    Shared shared;
    importEvents(shared.office.scheduler,
                 TestOffice::calendar("above", "DTSTART:20270304T230000Z\r\n", "urn:loa:area:thanh-binh"), {});
    shared.office.approveAll();
    for (const char* commune : {"an-phong", "tan-hue"})
        shared.office.addStation("moi-" + std::string{commune}, commune);
    const auto review = parseJson(shared.read("/v1/events/above/review"));
    CHECK(review.at("awaiting") == Json{"moi-tan-hue"});
    CHECK(shared.foreignIn(review.dump()) == "");
}

TEST_CASE(
    "shared: who does not see all of it changes none of it, and takes nothing away that they were not shown, F73") {
    Shared shared;
    for (const char* id : {"shared-0", "shared-1"}) {
        const auto before = shared.stored(id);
        const auto path = "/v1/events/" + std::string{id};
        const auto exported = shared.read(path, "text/calendar");
        CHECK(shared.send(Method::put, path, exported, "text/calendar") == "forbidden");
        CHECK(shared.send(Method::delete_, path) == "forbidden");
        CHECK(shared.send(Method::post, path + "/edits", R"({"scope":"all","change":{"title":"x"}})") == "forbidden");
        CHECK(shared.stored(id) == before);
    }
    const Json campaign{
        {"title", "x"},          {"targets", {"station:tan-hue"}}, {"announcements", {std::string(64, 'a')}},
        {"first", "2027-03-09"}, {"last", "2027-03-09"},           {"airingsPerDay", 1}};
    for (const char* id : {"campaign-0", "campaign-1"}) {
        CHECK(shared.send(Method::put, "/v1/campaigns/" + std::string{id}, dump(campaign)) == "forbidden");
        CHECK(shared.send(Method::delete_, "/v1/campaigns/" + std::string{id}) == "forbidden");
    }
}

TEST_CASE(
    "shared: the same sound has its own name in each commune, and goes from one without a word of the other, F73") {
    Shared shared;
    const auto sound = shared.office.addMedia('c', 31);
    shared.office.database.write([&](WriteTransaction& transaction) {
        for (const char* commune : {"an-phong", "tan-hue"})
            MediaRepository::savePlace(transaction, sound.id,
                                       {AreaId{commune}, "Bản của " + std::string{commune}, "a.wav"});
    });
    auto calendar = TestOffice::calendar("hidden", "DTSTART:20270306T220000Z\r\n", "urn:loa:station:an-phong");
    calendar.replace(calendar.find(std::string(64, 'a')), 64, sound.id.text());
    importEvents(shared.office.scheduler, calendar, {});
    const auto path = "/v1/media/" + sound.id.text();
    const auto neighbour = shared.sessionOf("hoa", {{Role::author, AreaId{"an-phong"}}});
    const auto theirTitle = [&] {
        return parseJson(whole(shared.ask(Request{Method::get, path + "/facts"}, neighbour))).at("title");
    };
    CHECK(parseJson(shared.read(path + "/facts")).at("title") == "Bản của tan-hue");
    CHECK(theirTitle() == "Bản của an-phong");
    CHECK(shared.send(Method::delete_, path) == "done");
    CHECK(shared.send(Method::delete_, path) == "no-such-media");
    CHECK(shared.send(Method::get, path + "/facts") == "no-such-media");
    CHECK(theirTitle() == "Bản của an-phong");
    const auto isRemoved = [&] {
        return shared.office.database.read(
            [&](ReadTransaction& transaction) { return MediaRepository::removed(transaction, sound.id); });
    };
    CHECK_FALSE(isRemoved());
    const auto remove = [&] { return shared.ask(Request{Method::delete_, path}, neighbour); };
    CHECK(Served::refusal(remove()) == "media-in-use");
    removeEvent(shared.office.scheduler, EventId{"hidden"});
    CHECK(remove().status() == 204);
    CHECK(isRemoved());
}

TEST_CASE("shared: what only an event from above sounds here has that event's name, F73") {
    Shared shared;
    auto calendar = TestOffice::calendar("above", "DTSTART:20270304T230000Z\r\n", "urn:loa:area:thanh-binh");
    calendar.replace(calendar.find(std::string(64, 'a')), 64, std::string(64, 'b'));
    importEvents(shared.office.scheduler, calendar, {});
    const auto facts = parseJson(shared.read("/v1/media/" + std::string(64, 'b') + "/facts"));
    CHECK(facts.at("title") == "Tổng đài 1022");
    CHECK_FALSE(facts.contains("originalName"));
    CHECK(shared.send(Method::delete_, "/v1/media/" + std::string(64, 'b')) == "media-in-use");
}

TEST_CASE("shared: an export that comes back is unchanged, with what was not shown in it") {
    Shared shared;
    const auto before = shared.stored("shared-0");
    const auto exported = shared.read("/v1/events", "text/calendar");
    const auto answer =
        shared.ask(Request{Method::post, "/v1/events"}.withBody(exported).withHeader("Content-Type", "text/calendar"),
                   shared.author);
    REQUIRE(answer.status() == 200);
    const auto imported = parseJson(answer.text());
    for (const auto& verdict : imported.at("verdicts")) CHECK(verdict.at("verdict") == "unchanged");
    CHECK(shared.stored("shared-0") == before);
}
