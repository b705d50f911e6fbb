// How far a right reaches that one has: not to what a body names elsewhere, nor to what sounds elsewhere, too.
#include <doctest/doctest.h>

#include "scheduler/operations/import_events.h"
#include "tests/api/routes/communes.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("rights: a body cannot reach past the path: targets, owners, media, parents and areas elsewhere, F73") {
    Communes communes;
    const auto& author = communes.sessions.at(Role::author);
    const auto& admin = communes.sessions.at(Role::admin);
    const auto send = [&](Method method, const std::string& path, const std::string& body, const std::string& session,
                          const std::string& type = "application/json") {
        const auto answer =
            communes.ask(Request{method, path}.withBody(body).withHeader("Content-Type", type), session);
        return answer.status() < 400 ? std::string{"done"} : Served::refusal(answer);
    };
    const auto import = [&](const std::string& uid, const std::string& target, char digit = 'a') {
        auto text = TestOffice::calendar(uid, "DTSTART:20270303T220000Z\r\n", target);
        text.replace(text.find(std::string(64, 'a')), 64, std::string(64, digit));
        return send(Method::post, "/v1/events", text, author, "text/calendar");
    };
    const auto importWith = [&](const std::string& lines) {
        const auto text =
            TestOffice::calendar("new-2", "DTSTART:20270303T220000Z\r\n" + lines, "urn:loa:station:tan-hue");
        return send(Method::post, "/v1/events", text, author, "text/calendar");
    };
    const std::string theirSound(64, 'b');
    const auto changeAt = [&](const std::string& station, const std::string& what) {
        return importWith("X-LOA-OVERRIDE;X-STATION=" + station + ";X-ORIGINAL=20270303T220000Z;" + what +
                          ":change\r\n");
    };
    CHECK(importWith("X-LOA-OWNER:an-phong\r\n") == "unknown-target");
    CHECK(importWith("X-LOA-OWNER:nowhere\r\n") == "unknown-target");
    CHECK(changeAt("an-phong", "X-START=20270303T230000Z") == "unknown-target");
    CHECK(changeAt("nowhere", "X-START=20270303T230000Z") == "unknown-target");
    CHECK(changeAt("tan-hue", "X-MEDIA=" + theirSound) == "unknown-media");
    CHECK(importWith("RRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:new-2\r\n"
                     "DTSTAMP:20270101T000000Z\r\nSUMMARY:x\r\nRECURRENCE-ID:20270304T220000Z\r\n"
                     "DTSTART:20270304T223000Z\r\nATTACH:urn:loa:media:" +
                     theirSound + "\r\nATTENDEE;CUTYPE=RESOURCE:urn:loa:station:tan-hue\r\n") == "unknown-media");
    CHECK(import("new", "urn:loa:station:tan-hue") == "done");
    CHECK(import("new-2", "urn:loa:station:an-phong") == "unknown-target");
    CHECK(import("new-2", "urn:loa:area:thanh-binh") == "unknown-target");
    CHECK(import("new-2", "urn:loa:station:tan-hue", 'b') == "unknown-media");
    CHECK(import("event-an-phong", "urn:loa:station:tan-hue") == "event-exists");
    const auto campaign = [&](const std::string& member, const Json& value) {
        Json body{{"title", "x"},          {"targets", {"station:tan-hue"}}, {"announcements", {std::string(64, 'a')}},
                  {"first", "2027-03-09"}, {"last", "2027-03-09"},           {"airingsPerDay", 1}};
        body[member] = value;
        return send(Method::post, "/v1/campaigns?preview=true", dump(body), author);
    };
    CHECK(campaign("title", "y") == "done");
    CHECK(campaign("announcements", Json{theirSound}) == "unknown-media");
    for (const std::string commune : {"an-phong", "nowhere"}) {
        CHECK(campaign("targets", Json{"station:" + commune}) == "unknown-target");
        CHECK(campaign("owner", commune) == "unknown-target");
    }
    CHECK(send(Method::post, "/v1/feeds", R"({"target":"station:an-phong"})", author) == "no-such-station");
    CHECK(send(Method::post, "/v1/feeds", R"({"target":"campaign:campaign-an-phong"})", author) == "no-such-campaign");
    CHECK(send(Method::put, "/v1/stations/new", R"({"name":"x","area":"an-phong"})", admin) == "unknown-area");
    CHECK(send(Method::put, "/v1/stations/tan-hue", R"({"name":"x","area":"an-phong"})", admin) == "unknown-area");
    CHECK(send(Method::put, "/v1/stations/an-phong", R"({"name":"x","area":"tan-hue"})", admin) == "id-taken");
    CHECK(send(Method::put, "/v1/stations/an-phong", R"({"name":"","area":"tan-hue"})", admin) == "no-name");
    CHECK(send(Method::put, "/v1/stations/an-phong", R"({"name":"x","area":"an-phong"})", admin) == "unknown-area");
    CHECK(send(Method::put, "/v1/areas/new", R"({"name":"x"})", admin) == "forbidden");
    CHECK(send(Method::put, "/v1/areas/new", R"({"name":"x","parent":"thanh-binh"})", admin) == "unknown-area");
    CHECK(send(Method::put, "/v1/areas/an-phong", R"({"name":"x"})", admin) == "forbidden");
    CHECK(send(Method::put, "/v1/areas/an-phong", R"({"name":"x","parent":"tan-hue"})", admin) == "id-taken");
    CHECK(send(Method::put, "/v1/areas/new", R"({"name":"x","parent":"tan-hue"})", admin) == "done");
    CHECK(send(Method::post, "/v1/people", R"({"id":"x","name":"x","roles":[{"role":"author","area":"an-phong"}]})",
               admin) == "unknown-area");
    CHECK(send(Method::post, "/v1/people", R"({"id":"x","name":"x","roles":[{"role":"author"}]})", admin) ==
          "forbidden");
}

TEST_CASE("F71 rights: what sounds in two communes is approved by who may in both, and by no commune alone") {
    Communes communes;
    importEvents(communes.office.scheduler,
                 TestOffice::calendar("both", "DTSTART:20270304T220000Z\r\n", "urn:loa:area:thanh-binh"), {});
    takeReviewStep(communes.office.scheduler, ReviewStep::submit, {EventId{"both"}}, "", {});
    const auto approve = [&](const std::string& session) {
        Request request{Method::post, "/v1/events/both/approval"};
        request.withHeader("If-Match", reviewsOf(communes.office.scheduler, {EventId{"both"}}).tag);
        return communes.ask(std::move(request), session);
    };
    CHECK(approve(communes.sessions.at(Role::approver)).status() == 403);
    const auto district = communes.sessionOf("huyen", {{Role::approver, AreaId{"thanh-binh"}}});
    CHECK(Served::refusal(approve(district)) == "not-heard");
}

TEST_CASE("F71 rights: what is in a commune's own plan and sounds at the neighbour's, too, takes who may at both") {
    Communes communes;
    auto& scheduler = communes.office.scheduler;
    for (const char* id : {"shared-0", "shared-1"}) {
        CAPTURE(std::string{id});
        takeReviewStep(scheduler, ReviewStep::submit, {EventId{id}}, "", {});
        for (const std::string step : {"approval", "rejection"}) {
            Request request{Method::post, "/v1/events/" + std::string{id} + '/' + step};
            request.withHeader("If-Match", reviewsOf(scheduler, {EventId{id}}).tag);
            if (step == "rejection")
                request.withHeader("Content-Type", "application/json").withBody(R"({"reason":"x"})");
            const auto answer = communes.ask(std::move(request), communes.sessions.at(Role::approver));
            CHECK(answer.status() == 403);
            CHECK(Served::refusal(answer) == "forbidden");
        }
    }
}

TEST_CASE("rights: what airs here from above is seen and not touched") {
    Communes communes;
    importEvents(communes.office.scheduler,
                 TestOffice::calendar("above", "DTSTART:20270304T220000Z\r\n", "urn:loa:area:thanh-binh"), {});
    const auto& author = communes.sessions.at(Role::author);
    CHECK(communes.ask(Request{Method::get, "/v1/events/above"}, author).status() == 200);
    CHECK(communes.ask(Request{Method::delete_, "/v1/events/above"}, author).status() == 403);
    const auto district = communes.sessionOf("huyen", {{Role::author, AreaId{"thanh-binh"}}});
    CHECK(communes.ask(Request{Method::get, "/v1/events/event-an-phong"}, district).status() == 200);
    CHECK(communes.ask(Request{Method::delete_, "/v1/events/above"}, district).status() == 204);
}
