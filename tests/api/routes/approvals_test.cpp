// What lets something sound takes two people: tried at each route that approves, and at each that changes what was
// approved.
#include <doctest/doctest.h>

#include <map>

#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

const std::string event = "/v1/events/e";
const std::string sound(64, 'a');

const Json campaignBody{{"title", "Đợt"},
                        {"targets", {"area:thanh-binh"}},
                        {"announcements", {sound}},
                        {"first", "2027-03-02"},
                        {"last", "2027-03-02"},
                        {"airingsPerDay", 1},
                        {"smallestGapMinutes", 120},
                        {"share", 1.0}};

std::string calendar(const std::string& title = "Tổng đài 1022") {
    auto text = TestOffice::calendar("e", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\n");
    const std::string usual = "Tổng đài 1022";
    return text.replace(text.find(usual), usual.size(), title);
}

/// "both" may write and approve, as far as one may; so may "other".
struct TwoPeople : Served {
    std::string both = sessionOf("both", {{Role::author, {}}, {Role::approver, {}}});
    std::string other = sessionOf("other", {{Role::author, {}}, {Role::approver, {}}});

    TwoPeople() {
        office.addMedia('a', 31);
        for (const char* person : {"both", "other"}) {
            auto own = office.scheduler;
            own.actor = {Actor::Kind::person, person, ""};
            noteServed(own, MediaId{sound}, 0, 10, 10);
            reportHeard(own, MediaId{sound});
        }
    }
    Response send(Method method, const std::string& path, const std::string& body, const std::string& who,
                  const std::string& tag = "") {
        Request request{method, path};
        const bool isJson = body.starts_with('{');
        if (!body.empty()) request.withHeader("Content-Type", isJson ? "application/json" : "text/calendar");
        if (!tag.empty()) request.withHeader("If-Match", tag);
        return ask(request.withBody(body), who);
    }
    std::string tagAt(const std::string& path, const std::string& who) {
        const auto seen = ask(Request{Method::get, path}, who);
        return std::string{seen.header("ETag").value_or("")};
    }
    /// The path of what "who" has drafted by these words.
    std::string drafted(const std::string& what, const std::string& who) {
        if (what == "event") {
            REQUIRE(send(Method::post, "/v1/events", calendar(), who).status() == 200);
            return event;
        }
        const auto planned = send(Method::post, "/v1/campaigns", dump(campaignBody), who);
        REQUIRE(planned.status() == 201);
        return std::string{*planned.header("Location")};
    }
    Response approve(const std::string& path, const std::string& who) {
        return send(Method::post, path + "/approval", "", who, tagAt(path + "/review", who));
    }
    int submit(const std::string& path, const std::string& who) {
        return send(Method::post, path + "/submission", "", who).status();
    }
    /// What will sound.
    std::size_t slots() {
        std::size_t count = 0;
        for (const char* station : {"tan-hue", "an-phong"})
            count +=
                json(Method::get, "/v1/stations/" + std::string{station} + "/plan?day=2027-03-02").at("slots").size();
        return count;
    }
    std::set<std::string> states(const std::string& path) {
        const auto review = parseJson(ask(Request{Method::get, path + "/review"}, other).text());
        if (review.contains("state")) return {review.at("state")};
        std::set<std::string> all;
        for (const auto& each : review.at("reviews")) all.insert(each.at("state").get<std::string>());
        return all;
    }
};

struct Change {
    Method method;
    std::string pattern;
    std::string what;  ///< it changes
    std::string more;  ///< of the path
    std::string body;
};

std::vector<Change> changes() {
    auto other = campaignBody;
    other["title"] = "Đợt khác";
    const std::string original = R"("original": "2027-03-01T22:00:00Z")";
    return {
        {Method::post, "/v1/events", "event", "", calendar("Tin khác")},
        {Method::put, "/v1/events/{event}", "event", "", calendar("Tin khác")},
        {Method::post, "/v1/events/{event}/edits", "event", "/edits",
         R"({"scope": "all", "change": {"title": "Khác"}})"},
        {Method::post, "/v1/events/{event}/edits", "event", "/edits",
         R"({"scope": "occurrence", )" + original + R"(, "change": {"start": "2027-03-01T23:00:00Z"}})"},
        {Method::post, "/v1/events/{event}/edits", "event", "/edits",
         R"({"scope": "station", )" + original + R"(, "station": "tan-hue", "drop": true})"},
        {Method::put, "/v1/campaigns/{campaign}", "campaign", "", dump(other)},
    };
}

/// Routes on which an author changes what was approved, other than these, change no text: they take it away, hand it
/// on, or it is not an event's.
const std::set<std::string> changeNoText{"DELETE /v1/events/{event}", "DELETE /v1/campaigns/{campaign}",
                                         "POST /v1/campaigns", "POST /v1/events/{event}/submission",
                                         "POST /v1/campaigns/{campaign}/submission"};

std::string nameOf(const SchedulerRoute& route) {
    return std::string{toText(route.method)} + ' ' + std::string{route.pattern};
}

}  // namespace

TEST_CASE("F71 approvals: on no route that approves does a writer bring their own to the air") {
    int tried = 0;
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            if (route.access.right != Right::approve || route.pattern.starts_with("/v1/order-templates/")) continue;
            CAPTURE(nameOf(route));
            const bool isEvents = route.pattern.starts_with("/v1/events/{event}/");
            REQUIRE((isEvents || route.pattern.starts_with("/v1/campaigns/{campaign}/")));
            const std::string step{route.pattern.substr(route.pattern.rfind('/'))};
            TwoPeople office;
            const auto path = office.drafted(isEvents ? "event" : "campaign", office.both);
            for (const bool isSubmitted : {false, true}) {
                if (isSubmitted) REQUIRE(office.submit(path, office.both) == 200);
                const auto body = route.bodyLimit > 0 ? R"({"reason": "x"})" : "";
                const auto answer = office.send(route.method, path + step, body, office.both,
                                                office.tagAt(path + "/review", office.both));
                if (step == "/approval") CHECK(answer.status() == 409);
                if (step == "/approval" && isSubmitted) CHECK(Served::refusal(answer) == "own-event");
                CHECK_FALSE(office.states(path).contains("approved"));
                CHECK(office.slots() == 0);
            }
            if (step != "/approval") continue;
            CHECK(office.approve(path, office.other).status() == 200);
            CHECK(office.slots() == 2);
            ++tried;
        }
    CHECK(tried == 2);
}

TEST_CASE("F71 approvals: nobody approves a template of their own, and an order goes out by nobody's own word") {
    TwoPeople office;
    const auto officer = office.sessionOf("officer", {{Role::dutyOfficer, {}}, {Role::approver, {}}});
    const Json wish{{"type", "emergency"}, {"title", "Xả lũ"}, {"media", sound}};
    const auto made = parseJson(office.send(Method::post, "/v1/order-templates", dump(wish), office.both).text());
    const auto path = "/v1/order-templates/" + made.at("id").get<std::string>() + "/approval";
    CHECK(Served::refusal(office.send(Method::post, path, "", office.both)) == "own-template");
    CHECK(office.send(Method::post, path, "", office.other).status() == 200);
    const Json order{{"type", "emergency"},
                     {"targets", {"area:thanh-binh"}},
                     {"template", made.at("id")},
                     {"repeats", 1},
                     {"validSeconds", 600}};
    const auto id = parseJson(office.send(Method::post, "/v1/orders", dump(order), officer).text()).at("id");
    const auto confirm = [&](const std::string& who) {
        return office.send(Method::post, "/v1/orders/" + id.get<std::string>() + "/confirmation",
                           R"({"type": "emergency"})", who);
    };
    CHECK(Served::refusal(confirm(officer)) == "own-order");
    CHECK(confirm(office.other).status() == 200);
}

TEST_CASE("F71 approvals: whoever changes what was approved voids it, and does not approve it again themselves") {
    std::set<std::string> tried;
    for (const auto& change : changes()) {
        CAPTURE(change.pattern);
        CAPTURE(change.body);
        TwoPeople office;
        const auto path = office.drafted(change.what, office.other);
        REQUIRE(office.submit(path, office.other) == 200);
        REQUIRE(office.approve(path, office.both).status() == 200);
        REQUIRE(office.slots() == 2);
        const auto tag = office.tagAt(path, office.both);
        const auto target = change.pattern.ends_with('}') || !change.more.empty() ? path + change.more : change.pattern;
        const bool needsTag = change.method == Method::put;
        const auto changed = office.send(change.method, target, change.body, office.both, needsTag ? tag : "");
        CAPTURE(changed.text());
        REQUIRE(changed.status() < 300);
        CHECK(office.slots() == 0);
        CHECK_FALSE(office.states(path).contains("approved"));
        CHECK(office.approve(path, office.both).status() == 409);
        REQUIRE(office.submit(path, office.both) == 200);
        CHECK(Served::refusal(office.approve(path, office.both)) == "own-event");
        CHECK(office.slots() == 0);
        CHECK(office.approve(path, office.other).status() == 200);
        CHECK(office.slots() >= 1);
        tried.insert(std::string{toText(change.method)} + ' ' + change.pattern);
    }
    for (const auto& table : allRoutes())
        for (const auto& route : table) {
            const bool writes = route.access.right == Right::draft || route.access.right == Right::planCampaigns;
            if (!writes || route.method == Method::get || changeNoText.contains(nameOf(route))) continue;
            CAPTURE(nameOf(route));
            CHECK(tried.contains(nameOf(route)));
        }
}
