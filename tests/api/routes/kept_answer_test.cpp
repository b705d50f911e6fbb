// A station's day is made once while nothing changes, and never shows what was.
#include <doctest/doctest.h>

#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

const std::string firstOfMarch = "/v1/stations/tan-hue/plan?day=2027-03-01";

std::string tagOf(const Response& response) {
    return std::string{response.header("ETag").value_or("")};
}

/// And approved.
Response planned(Served& served, const std::string& uid, const std::string& start) {
    auto answer = served.ask(Request{Method::post, "/v1/events"}
                                 .withHeader("Content-Type", "text/calendar")
                                 .withBody(TestOffice::calendar(uid, "DTSTART:" + start + "\r\n")),
                             served.clerk);
    served.office.approveAll();
    return answer;
}

}  // namespace

TEST_CASE("station's day: its tag stays while its content does, and is another for another day or station") {
    Served served;
    served.office.addMedia('a', 60);
    REQUIRE(planned(served, "one", "20270301T050000Z").status() == 200);
    const auto first = served.ask(Method::get, firstOfMarch);
    CHECK(tagOf(first).size() > 2);
    CHECK(served.ask(Method::get, firstOfMarch).text() == first.text());
    served.office.clock.advance(std::chrono::minutes{5});
    CHECK(tagOf(served.ask(Method::get, firstOfMarch)) == tagOf(first));
    CHECK(tagOf(served.ask(Method::get, "/v1/stations/tan-hue/plan?day=2027-03-02")) != tagOf(first));
    CHECK(served.ask(Method::get, "/v1/stations/an-phong/plan?day=2027-03-01").text() != first.text());
}

TEST_CASE("station's day: what was changed shows in the next answer, within the same second") {
    Served served;
    served.office.addMedia('a', 60);
    const auto slots = [&] { return served.json(Method::get, firstOfMarch).at("slots").size(); };
    CHECK(slots() == 0);
    REQUIRE(planned(served, "one", "20270301T050000Z").status() == 200);
    CHECK(slots() == 1);
    const auto before = tagOf(served.ask(Method::get, firstOfMarch));
    publishManifest(served.office.scheduler, StationId{"tan-hue"});
    CHECK(tagOf(served.ask(Method::get, firstOfMarch)) != before);
    REQUIRE(served.ask(Method::delete_, "/v1/events/one").status() == 204);
    CHECK(slots() == 0);
}

TEST_CASE("station's day: a start that passes unpublished shows as passed, though nothing was written") {
    Served served;
    served.office.addMedia('a', 60);
    REQUIRE(planned(served, "one", "20270301T050000Z").status() == 200);
    served.office.clock.set(at("2027-03-01T05:00:00Z"));
    CHECK(served.json(Method::get, firstOfMarch).at("slots").size() == 1);
    served.office.clock.set(at("2027-03-01T05:00:01Z"));
    CHECK(served.json(Method::get, firstOfMarch).at("slots").empty());
    CHECK(served.json(Method::get, firstOfMarch).at("rejections").at(0).at("code") == "start-passed");
}

TEST_CASE("area's day: the answer to one question is never given to another that has the same words") {
    Served served;
    const std::string day = "day=2027-03-01&from=";
    CHECK(served.ask(Method::get, "/v1/areas/thanh-binh/plan?" + day + "x%20y").status() == 200);
    CHECK(served.ask(Method::get, "/v1/areas/thanh-binh%20x/plan?" + day + "y").status() == 404);
}
