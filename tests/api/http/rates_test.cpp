#include "api/http/rates.h"

#include <doctest/doctest.h>

#include "tests/api/http/raw_client.h"
#include "tests/api/http/test_house.h"

namespace loa {

namespace {

using namespace std::chrono_literals;

const Rates::Time start{1h};

Budgets small() {
    Budgets budgets;
    budgets.reads = {3, 1s};
    budgets.writes = {2, 1s};
    budgets.reports = {5, 100ms};
    budgets.refusals = {2, 1s};
    return budgets;
}

CountedCaller person(const std::string& name) {
    return {true, name};
}

CountedCaller address(const std::string& name) {
    return {false, name};
}

int granted(Rates& rates, Counted counted, const CountedCaller& caller, Rates::Time now, int tries) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += rates.take(counted, caller, now).has_value() ? 0 : 1;
    return count;
}

struct LimitedHouse {
    House house;
    Router router = houseRouter(house);
    LimitedHouse() { router.limit(small()); }

    Response ask(std::string_view path, const std::string& token, const std::string& peer = "192.0.2.1",
                 Method method = Method::get) {
        Request request{method, path};
        request.withPeer(peer);
        if (!token.empty()) request.withHeader("Authorization", "Bearer " + token);
        return router.respond(request);
    }
    int statusAfter(int asked, std::string_view path, const std::string& token) {
        int status = 0;
        for (int i = 0; i < asked; ++i) status = ask(path, token).status();
        return status;
    }
};

}  // namespace

TEST_CASE("rates: a budget is granted at once, and then one by one as time passes") {
    Rates rates{small()};
    CHECK(granted(rates, Counted::read, person("lan"), start, 10) == 3);
    CHECK(granted(rates, Counted::read, person("lan"), start + 999ms, 10) == 0);
    CHECK(granted(rates, Counted::read, person("lan"), start + 2s, 10) == 2);
    CHECK(granted(rates, Counted::read, person("lan"), start + 1h, 10) == 3);
}

TEST_CASE("rates: a refusal says how long to wait, and after that long there is one more") {
    Rates rates{small()};
    granted(rates, Counted::write, person("lan"), start, 2);
    const auto refusal = rates.take(Counted::write, person("lan"), start + 300ms);
    REQUIRE(refusal);
    CHECK(refusal->wait == 700ms);
    CHECK_FALSE(rates.take(Counted::write, person("lan"), start + 300ms + refusal->wait));
}

TEST_CASE("rates: who asks on while refused loses nothing by it") {
    Rates rates{small()};
    CHECK(granted(rates, Counted::write, person("lan"), start, 1000) == 2);
    CHECK(granted(rates, Counted::write, person("lan"), start + 2s, 1000) == 2);
}

TEST_CASE("rates: callers do not spend each other's budgets, nor one kind another's") {
    Rates rates{small()};
    CHECK(granted(rates, Counted::read, address("192.0.2.1"), start, 100) == 3);
    CHECK(granted(rates, Counted::read, address("192.0.2.2"), start, 100) == 3);
    CHECK(granted(rates, Counted::read, person("192.0.2.1"), start, 100) == 3);
    CHECK(granted(rates, Counted::write, address("192.0.2.1"), start, 100) == 2);
}

TEST_CASE("F98 rates: a station that posts 1,000 reports a second gets its 10 a second, and the others theirs") {
    Rates rates{small()};
    int mad = 0;
    int calm = 0;
    for (int millisecond = 0; millisecond < 60'000; ++millisecond) {
        const auto now = start + millisecond * 1ms;
        mad += granted(rates, Counted::report, person("station mad"), now, 1);
        if (millisecond % 1000 == 0) calm += granted(rates, Counted::report, person("station calm"), now, 1);
    }
    CHECK(mad == 5 + 599);
    CHECK(calm == 60);
}

TEST_CASE("rates: no flood of addresses takes more memory, or a principal's budget") {
    Rates rates{small(), 100};
    granted(rates, Counted::read, person("lan"), start, 3);
    for (int i = 0; i < 100'000; ++i) rates.take(Counted::read, address(std::to_string(i)), start);
    CHECK(rates.callers() <= 102);
    CHECK(granted(rates, Counted::read, person("lan"), start, 1) == 0);
    CHECK(granted(rates, Counted::read, person("hoa"), start, 3) == 3);
    // Those without room of their own share a budget; what nobody has spent of is forgotten.
    CHECK(granted(rates, Counted::read, address("late"), start, 1) == 0);
    CHECK(granted(rates, Counted::read, address("late"), start + 1h, 3) == 3);
    CHECK(rates.callers() <= 3);
}

TEST_CASE("rates: it is news once a minute that a caller is refused") {
    Rates rates{small()};
    granted(rates, Counted::write, person("lan"), start, 2);
    int news = 0;
    for (int i = 0; i < 130'000; ++i)
        if (const auto refusal = rates.take(Counted::write, person("lan"), start + i * 1ms)) news += refusal->isNews;
    CHECK(news == 3);
}

TEST_CASE("rates: an IPv6 address stands for its /64") {
    CHECK(networkOf("2001:db8:1:2:3:4:5:6") == networkOf("2001:db8:1:2::1"));
    CHECK(networkOf("2001:db8:1:2::1") != networkOf("2001:db8:1:3::1"));
    CHECK(networkOf("192.0.2.1") == "192.0.2.1");
    CHECK(networkOf("192.0.2.1") != networkOf("192.0.2.2"));
    CHECK(networkOf("::ffff:192.0.2.1") != networkOf("::ffff:192.0.2.2"));
    CHECK(networkOf("") == "");
}

TEST_CASE("router: over the budget the answer is 429, when to come back, and why in both languages") {
    LimitedHouse it;
    CHECK(it.statusAfter(3, "/v1/stations/an-phong", "office-token") == 200);
    const auto refused = it.ask("/v1/stations/an-phong", "office-token");
    CHECK(refused.status() == 429);
    CHECK(refused.header("Retry-After") == "1");
    CHECK(contains(refused.text(), "urn:loa:problem:too-many-requests"));
    CHECK(contains(refused.text(), "\"vi\":\"Gửi quá nhiều yêu cầu."));
    CHECK(contains(refused.text(), "\"en\":\"There are too many requests."));
    CHECK(it.ask("/v1/stations/an-phong", "office-token", "192.0.2.1", Method::head).status() == 429);
}

TEST_CASE("router: wrong tokens are counted by address, and never to those who have a right one") {
    LimitedHouse it;
    CHECK(it.statusAfter(2, "/v1/stations/an-phong", "guess") == 401);
    CHECK(it.statusAfter(1, "/v1/stations/an-phong", "guess") == 429);
    CHECK(it.statusAfter(1, "/nowhere", "") == 429);
    CHECK(it.statusAfter(1, "/v1/stations/an-phong", "office-token") == 200);
    CHECK(it.ask("/v1/stations/an-phong", "guess", "192.0.2.2").status() == 401);
}

TEST_CASE(
    "router: a known browser is counted by itself where nobody is signed in, whatever others of its address ask") {
    LimitedHouse it;
    const auto ask = [&](const std::string& cookies, const std::string& path = "/hello") {
        return it.router.respond(Request{Method::get, path}.withPeer("192.0.2.1").withHeader("Cookie", cookies))
            .status();
    };
    for (int i = 0; i < 4; ++i) it.ask("/hello", "");
    CHECK(it.ask("/hello", "").status() == 429);
    for (const char* unknown : {"", "__Host-loa-browser=guess", "__Host-loa=known-a", "x__Host-loa-browser=known-a"})
        CHECK(ask(unknown) == 429);
    for (int i = 0; i < 3; ++i) CHECK(ask("__Host-loa-browser=known-a") == 200);
    CHECK(ask("__Host-loa-browser=known-a") == 429);
    CHECK(ask("a=b; __Host-loa-browser=known-b") == 200);
    for (int i = 0; i < 3; ++i) it.ask("/nowhere", "");
    CHECK(it.ask("/nowhere", "").status() == 429);
    CHECK(ask("__Host-loa-browser=known-c", "/nowhere") == 404);
    for (int i = 0; i < 3; ++i) CHECK(ask("__Host-loa=session; __Host-loa-browser=known-a", "/v1/stations/an") == 200);
}

TEST_CASE("router: what is refused by an Error is counted as all that is refused") {
    LimitedHouse it;
    CHECK(it.statusAfter(2, "/v1/stations/an-phong", "busy-token") == 503);
    CHECK(it.statusAfter(1, "/v1/stations/an-phong", "busy-token") == 429);
}

TEST_CASE("F98 router: that a caller is limited is said once, with neither token nor query") {
    LimitedHouse it;
    it.statusAfter(50, "/v1/stations/an-phong?loa_office_secret=1", "station-token");
    const auto lines = it.house.logged();
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] ==
          "limited caller=\"station an-phong\" peer=\"192.0.2.1\" kind=reads method=GET "
          "path=\"/v1/stations/an-phong\"");
}

}  // namespace loa
