// A box becomes a station over the API, and people see which one.
#include <doctest/doctest.h>

#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

struct Enrolling : Served {
    int manifest(const std::string& token) {
        return ask(Request{Method::get, "/v1/stations/tan-hue/manifest"}, token).status();
    }
    Response enrols(const EnrolmentRequest& request) {
        return ask(Request{Method::post, "/v1/enrolment"}
                       .withHeader("Content-Type", "application/json")
                       .withBody(toJson(request)),
                   "");
    }
};

}  // namespace

TEST_CASE_FIXTURE(Enrolling,
                  "enrolment: with a code from the page a box becomes the station, and the one before is nobody") {
    office.scheduler.officeCa = "ours";
    CHECK(manifest(tanHue) == 200);
    const auto given = json(Method::post, "/v1/stations/tan-hue/enrolment");
    CHECK(given.at("expires") == formatInstant(office.clock.now() + enrolmentCodeLife));
    CHECK(manifest(tanHue) == 200);  // as long as nobody has used it
    const auto code = readEnrolmentCode(given.at("code").get<std::string>());
    const auto shown =
        parseJson(ask(Request{Method::get, "/v1/enrolment"}, "").text()).at("officeCa").get<std::string>();
    CHECK(shown == "ours");
    const auto key = SigningKey::generate();
    const auto answer = enrols(provenRequest(code, key, shown));
    REQUIRE(answer.status() == 201);
    const auto token = key.open(provenEnrolled(answer.text(), code, key, shown).sealedToken);
    CHECK(manifest(tanHue) == 401);
    CHECK(manifest(token) == 200);
    const auto identity = json(Method::get, "/v1/stations/tan-hue").at("identity");
    CHECK(identity.at("number") == 2);
    CHECK(identity.at("words") == sixWords(key.publicText(), office.key.publicText()));
    CHECK_FALSE(identity.contains("retired"));

    const auto again = enrols(provenRequest(code, SigningKey::generate(), shown));
    CHECK(again.status() == 403);
    CHECK(refusal(again) == "code-refused");
    CHECK(ask(Method::delete_, "/v1/stations/tan-hue/identity").status() == 204);
    CHECK(manifest(token) == 401);
    CHECK(json(Method::get, "/v1/stations/tan-hue").at("identity").contains("retired"));
    CHECK(refusal(Method::delete_, "/v1/stations/tan-hue/identity") == "no-such-identity");
    CHECK(refusal(Method::delete_, "/v1/stations/nowhere/identity") == "no-such-station");
}

TEST_CASE_FIXTURE(Enrolling, "enrolment: no program and no station makes a code, whatever its token is good for") {
    const auto token = issuePersonalToken(office.scheduler, PersonId{"admin"}, "máy", rightsForTokens(), std::nullopt);
    for (const auto& secret : {token.secret, tanHue})
        CHECK(ask(Request{Method::post, "/v1/stations/tan-hue/enrolment"}, secret).status() == 403);
}

TEST_CASE_FIXTURE(Enrolling, "F68 enrolment: one address gets so many tries, and no more") {
    Budgets budgets;
    router.limit(budgets);
    const auto request = provenRequest(readEnrolmentCode(makeEnrolmentCode()), SigningKey::generate(), "");
    int refused = 0;
    for (int i = 0; i < 3 * budgets.enrolments.burst; ++i) refused += enrols(request).status() == 429;
    CHECK(refused >= budgets.enrolments.burst);
    CHECK(manifest(tanHue) == 200);
}
