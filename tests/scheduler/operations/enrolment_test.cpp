#include "scheduler/operations/enrolment.h"

#include <doctest/doctest.h>

#include "scheduler/operations/accept_airings.h"
#include "scheduler/operations/callers.h"
#include "scheduler/storage/identity_repository.h"
#include "tests/scheduler/operations/refusal.h"
#include "tests/support/audit_trail.h"
#include "tests/support/enrolled_station.h"

using namespace loa;
using namespace loa::test;

namespace {

const StationId station{"tan-hue"};

struct Meeting : TestOffice {
    std::string code;
    std::int64_t begun;

    Meeting() {
        scheduler.officeCa = "ours";
        code = issueEnrolmentCode(scheduler, station).code;
        begun = newestOf(database);
    }
    EnrolmentRequest request(const std::string& with, const std::string& ca = "ours") {
        return provenRequest(readEnrolmentCode(with), SigningKey::generate(), ca);
    }
    std::string refusal(const EnrolmentRequest& asked) {
        return refusalOf([&] { enrol(scheduler, asked); });
    }
    /// Names this code and has another: whoever guesses.
    EnrolmentRequest guess() {
        auto asked = request(makeEnrolmentCode());
        asked.code = readEnrolmentCode(code).name;
        return asked;
    }
    std::vector<std::string> verbs() { return verbsOf(database, begun); }
    std::optional<StationIdentity> newest() {
        return database.read(
            [](ReadTransaction& transaction) { return IdentityRepository::newest(transaction, station); });
    }
};

using Verbs = std::vector<std::string>;

}  // namespace

TEST_CASE_FIXTURE(Meeting,
                  "enrolment: a box with the code is the station, by its own token, and both show the same words") {
    const auto asked = readEnrolmentCode(code);
    const auto own = SigningKey::generate();
    const auto got = provenEnrolled(enrol(scheduler, provenRequest(asked, own, "ours")), asked, own, "ours");
    CHECK(got.station == station);
    CHECK(got.identity == 1);
    Callers callers{scheduler};
    const auto caller = callers.ofToken(own.open(got.sealedToken));
    REQUIRE(caller);
    CHECK(caller->token->station == station);
    CHECK_FALSE(caller->standing.holds(Right::seePlaces));
    CHECK(newest()->key == own.publicText());
    CHECK(newest()->words == sixWords(own.publicText(), got.officeKeys.front()));
    CHECK(verbs() == Verbs{"enrol-station"});
    const auto entry = trailOf(database, begun).back();
    CHECK(entry.actor.kind == Actor::Kind::station);
    CHECK(entry.after.find(newest()->words) != std::string::npos);
}

TEST_CASE_FIXTURE(Meeting,
                  "F68 enrolment: a code opens once; whoever comes with it again raises an alarm and ends it") {
    enrol(scheduler, request(code));
    CHECK(refusal(request(code)) == "code-refused");
    CHECK(refusal(request(code)) == "code-refused");
    CHECK(verbs() == Verbs{"enrol-station", "alarm-code-reused"});
    CHECK(newest()->number == 1);
}

TEST_CASE_FIXTURE(Meeting,
                  "F68 enrolment: the fifth wrong try ends the code and raises an alarm, and the right one is late") {
    for (int i = 0; i < 3 * enrolmentTries; ++i) CHECK(refusal(guess()) == "code-refused");
    CHECK(refusal(request(code)) == "code-refused");
    CHECK(verbs() ==
          Verbs{"refuse-enrolment", "refuse-enrolment", "refuse-enrolment", "refuse-enrolment", "alarm-code-guessed"});
    CHECK_FALSE(newest());
}

TEST_CASE_FIXTURE(Meeting, "F68 enrolment: after four wrong tries the right one still opens") {
    for (int i = 0; i + 1 < enrolmentTries; ++i) CHECK(refusal(guess()) == "code-refused");
    CHECK(refusal(request(code)) == "");
}

TEST_CASE_FIXTURE(Meeting,
                  "F68 enrolment: thousands of guesses open nothing, and those that name no code leave no entry") {
    constexpr int guesses = 2'000;
    for (int i = 0; i < guesses; ++i) {
        auto asked = guess();
        if (i % 2) asked.code = "###";
        CHECK(refusal(asked) == "code-refused");
    }
    CHECK(verbs().size() == enrolmentTries);
    CHECK_FALSE(newest());
}

TEST_CASE_FIXTURE(Meeting, "F68 enrolment: a code is good for 15 minutes, and not a moment more") {
    clock.advance(enrolmentCodeLife - Milliseconds{1});
    const auto other = issueEnrolmentCode(scheduler, StationId{"an-phong"}).code;
    CHECK(refusal(request(code)) == "");
    clock.advance(enrolmentCodeLife);
    CHECK(refusal(request(other)) == "code-refused");
}

TEST_CASE_FIXTURE(Meeting, "enrolment: a new code for the station ends the one before") {
    const auto second = issueEnrolmentCode(scheduler, station).code;
    CHECK(refusal(request(code)) == "code-refused");
    CHECK(refusal(request(second)) == "");
}

TEST_CASE_FIXTURE(Meeting, "F43 enrolment: a box that was shown another CA is refused, and that is an alarm") {
    CHECK(refusal(request(code, "theirs")) == "code-refused");
    CHECK(verbs() == Verbs{"alarm-office-impersonated"});
    CHECK_FALSE(newest());
    CHECK(refusal(request(code)) == "");
}

TEST_CASE_FIXTURE(Meeting, "enrolment: a key that was enrolled once is no other box's, and costs no try") {
    const auto own = SigningKey::generate();
    enrol(scheduler, provenRequest(readEnrolmentCode(code), own, "ours"));
    const auto other = issueEnrolmentCode(scheduler, StationId{"an-phong"}).code;
    CHECK(refusal(provenRequest(readEnrolmentCode(other), own, "ours")) == "key-known");
    CHECK(refusal(request(other)) == "");
}

TEST_CASE_FIXTURE(
    Meeting, "F69 enrolment: another box closes the identity before it with its last number, and that opens nothing") {
    Callers callers{scheduler};
    const auto first = enrolled(*this, "tan-hue");
    StationStatus status;
    status.epoch = 7;
    status.lastSequence = 42;
    acceptStatus(scheduler, station, status);
    const auto second = enrolled(*this, "tan-hue");
    CHECK_FALSE(callers.ofToken(first.token));
    CHECK(callers.ofToken(second.token));
    CHECK(newest()->number == 2);
    const auto closed = database.read([&](ReadTransaction& transaction) {
        return IdentityRepository::findByKey(transaction, first.key.publicText());
    });
    REQUIRE(closed);
    CHECK(closed->retired == clock.now());
    CHECK(closed->epoch == 7);
    CHECK(closed->lastSequence == 42);
}

TEST_CASE_FIXTURE(Meeting, "F69 enrolment: a retired box is nobody at once, and stays closed where it was") {
    Callers callers{scheduler};
    const auto box = enrolled(*this, "tan-hue");
    CHECK(callers.ofToken(box.token));
    retireIdentity(scheduler, station);
    CHECK_FALSE(callers.ofToken(box.token));
    CHECK(newest()->retired == clock.now());
    CHECK(refusalOf([&] { retireIdentity(scheduler, station); }) == "no-such-identity");
    StationStatus late;
    late.epoch = 7;
    late.lastSequence = 99;
    acceptStatus(scheduler, station, late);
    CHECK(newest()->lastSequence == 0);
}

TEST_CASE_FIXTURE(Meeting, "enrolment: what the office keeps of a code lets nobody enrol") {
    const auto kept = database.read([&](ReadTransaction& transaction) {
        return GivenCodeRepository::find(transaction, readEnrolmentCode(code).name);
    });
    REQUIRE(kept);
    const EnrolmentCode stolen{kept->name, SigningKey::fromSeed(kept->key)};
    CHECK(refusal(provenRequest(stolen, SigningKey::generate(), "ours")) == "code-refused");
}
