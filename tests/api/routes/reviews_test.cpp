// Soạn - duyệt - phát through the API: two people, each signed in.
#include <doctest/doctest.h>

#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

const std::string sound(64, 'a');

/// "author" has written a daily series for the district; "approver" has not.
struct Reviewed : Served {
    std::string author = sessionOf("author", {{Role::author, {}}});
    std::string approver = sessionOf("approver", {{Role::approver, {}}});
    std::string event = "/v1/events/e";

    Reviewed() {
        office.addMedia('a', 31);
        const auto text =
            TestOffice::calendar("e", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\nRRULE:FREQ=DAILY\r\n");
        REQUIRE(
            ask(Request{Method::post, "/v1/events"}.withHeader("Content-Type", "text/calendar").withBody(text), author)
                .status() == 200);
    }
    Response post(const std::string& path, const std::string& secret, const std::string& tag = "",
                  const std::string& body = "") {
        Request request{Method::post, path};
        if (!tag.empty()) request.withHeader("If-Match", '"' + tag + '"');
        if (!body.empty()) request.withHeader("Content-Type", "application/json").withBody(body);
        return ask(std::move(request), secret);
    }
    Response reviewAs(const std::string& secret) { return ask(Request{Method::get, event + "/review"}, secret); }
    std::string tag() {
        std::string tag{*reviewAs(approver).header("ETag")};
        std::erase(tag, '"');
        return tag;
    }
    /// As a connection tells it: the file lies in the test's office as facts only.
    void serveWhole() {
        auto own = office.scheduler;
        own.actor = {Actor::Kind::person, "approver", ""};
        noteServed(own, MediaId{sound}, 0, 10, 10);
    }
    std::size_t slots() { return json(Method::get, "/v1/stations/tan-hue/plan?day=2027-03-02").at("slots").size(); }
};

}  // namespace

TEST_CASE("reviews: submitted, heard, approved, on the air; and withdrawn again") {
    Reviewed office;
    CHECK(office.json(Method::get, "/v1/events").at("events").at(0).at("state") == "draft");
    CHECK(office.json(Method::get, "/v1/reviews").at("reviews").empty());
    CHECK(office.post(office.event + "/submission", office.author).status() == 200);
    const auto waiting = office.json(Method::get, "/v1/reviews").at("reviews");
    REQUIRE(waiting.size() == 1);
    CHECK(waiting.at(0).at("title") == "Tổng đài 1022");
    CHECK(waiting.at(0).at("writers") == Json{"author"});
    CHECK(parseJson(office.reviewAs(office.approver).text()).at("unheard") == Json{sound});
    CHECK(office.post("/v1/media/" + sound + "/heard", office.approver).status() == 409);
    office.serveWhole();
    CHECK(office.post("/v1/media/" + sound + "/heard", office.approver).status() == 200);
    CHECK(office.slots() == 0);
    CHECK(office.post(office.event + "/approval", office.approver).status() == 422);
    CHECK(office.post(office.event + "/approval", office.approver, "0123").status() == 412);
    CHECK(office.post(office.event + "/approval", office.approver, office.tag()).status() == 200);
    CHECK(office.slots() == 1);
    CHECK(parseJson(office.reviewAs(office.author).text()).at("lastApproved").at("by") == "approver");
    CHECK(office.post(office.event + "/withdrawal", office.author).status() == 200);
    CHECK(office.slots() == 0);
    CHECK(parseJson(office.reviewAs(office.author).text()).at("state") == "withdrawn");
}

TEST_CASE("reviews: a program with a person's token has heard nothing for them") {
    Reviewed office;
    const auto token =
        issuePersonalToken(office.office.scheduler, PersonId{"approver"}, "script", {Right::seePlan}, std::nullopt);
    office.serveWhole();
    const auto answer = office.post("/v1/media/" + sound + "/heard", token.secret);
    CHECK(answer.status() == 403);
    CHECK(Served::refusal(answer) == "heard-by-a-program");
    CHECK(parseJson(office.reviewAs(office.approver).text()).at("unheard") == Json{sound});
}

TEST_CASE("F71 reviews: who wrote it is told that somebody else has to approve it") {
    Reviewed office;  // the clerk may do both: write, and approve
    const auto drop = R"({"scope":"occurrence","original":"2027-03-01T22:00:00Z","drop":true})";
    REQUIRE(office.post(office.event + "/edits", office.clerk, "", drop).status() == 200);
    office.post(office.event + "/submission", office.clerk);
    const auto answer = office.post(office.event + "/approval", office.clerk, office.tag());
    CHECK(answer.status() == 409);
    CHECK(parseJson(answer.text()).at("type") == "urn:loa:problem:own-event");
    CHECK(parseJson(answer.text()).at("vi") ==
          "“Tổng đài 1022”: Người soạn không tự duyệt tin của mình. Nhờ người duyệt khác.");
}

TEST_CASE("reviews: what is rejected says why, in the words of who rejected it") {
    Reviewed office;
    office.post(office.event + "/submission", office.author);
    CHECK(office.post(office.event + "/rejection", office.approver).status() == 422);
    CHECK(office.post(office.event + "/rejection", office.approver, "", R"({"why": "x"})").status() == 400);
    const auto rejected = office.post(office.event + "/rejection", office.approver, "", R"({"reason": "sai giờ"})");
    CHECK(parseJson(rejected.text()).at("reason") == "sai giờ");
    const auto plan = office.json(Method::get, "/v1/stations/tan-hue/plan?day=2027-03-02");
    CHECK(plan.at("rejections").at(0).at("code") == "not-approved");
    CHECK(plan.at("rejections").at(0).at("vi") == "Tin bị từ chối: “sai giờ”. Sửa rồi trình duyệt lại.");
    CHECK(office.refusal(Method::get, "/v1/reviews?state=aired") == "bad-state");
}

TEST_CASE("reviews: a feed shows what is not approved as tentative, and what was withdrawn not at all") {
    Reviewed office;
    const auto made = parseJson(whole(office.post("/v1/feeds", office.author, "", R"({"target": "station:tan-hue"})")));
    const auto feed = [&] { return office.ask(Method::get, made.at("path").get<std::string>()).text(); };
    CHECK(feed().find("STATUS:TENTATIVE") != std::string::npos);
    office.office.approveAll();
    CHECK(feed().find("STATUS:CONFIRMED") != std::string::npos);
    office.post(office.event + "/withdrawal", office.author);
    CHECK(feed().find("SUMMARY") == std::string::npos);
}
