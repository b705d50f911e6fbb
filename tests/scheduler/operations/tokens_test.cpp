#include "scheduler/operations/tokens.h"

#include <doctest/doctest.h>

#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("tokens: a station's new token ends the one before, and is only this station's") {
    TestOffice office;
    KnownTokens known{10};
    const StationId station{"tan-hue"};
    const auto first = issueStationToken(office.database, office.clock, station);
    const auto second = issueStationToken(office.database, office.clock, station);
    CHECK_FALSE(authenticate(office.database, office.clock, known, first.secret).has_value());
    const auto token = authenticate(office.database, office.clock, known, second.secret);
    REQUIRE(token.has_value());
    CHECK(token->kind == TokenKind::station);
    CHECK(token->station == station);
    CHECK_THROWS_AS(issueStationToken(office.database, office.clock, StationId{"nowhere"}), Error);
}

TEST_CASE("tokens: a code works once, and not after fifteen minutes") {
    TestOffice office;
    KnownTokens known{10};
    const auto code = issueCode(office.database, office.clock, "page");
    const auto held = authenticate(office.database, office.clock, known, code.secret);
    REQUIRE(held.has_value());
    CHECK(held->kind == TokenKind::code);
    const auto issued = redeemCode(office.database, office.clock, held->id);
    CHECK(authenticate(office.database, office.clock, known, issued.secret)->kind == TokenKind::office);
    CHECK_THROWS_AS(redeemCode(office.database, office.clock, held->id), Error);
    CHECK_FALSE(authenticate(office.database, office.clock, known, code.secret).has_value());

    const auto late = issueCode(office.database, office.clock, "page");
    office.clock.advance(codeLife);
    CHECK_FALSE(authenticate(office.database, office.clock, known, late.secret).has_value());
}

TEST_CASE("tokens: a signed-in token ends after twelve hours, an office token does not; a secret is not in the file") {
    TestOffice office;
    KnownTokens known{10};
    const auto code = issueCode(office.database, office.clock, "page");
    const auto signedIn =
        redeemCode(office.database, office.clock, authenticate(office.database, office.clock, known, code.secret)->id);
    const auto forEver = issueOfficeToken(office.database, office.clock, "clerk", std::nullopt);
    office.clock.advance(signedInLife);
    CHECK_FALSE(authenticate(office.database, office.clock, known, signedIn.secret).has_value());
    CHECK(authenticate(office.database, office.clock, known, forEver.secret).has_value());
    CHECK_FALSE(authenticate(office.database, office.clock, known, "loa_office_" + std::string(64, '0')).has_value());
}

TEST_CASE("tokens: signing in cannot renew itself: only a token without an end makes codes") {
    TestOffice office;
    KnownTokens known{10};
    const auto lasting = issueOfficeToken(office.database, office.clock, "clerk", std::nullopt);
    const auto holder = authenticate(office.database, office.clock, known, lasting.secret)->id;
    const auto code = issueCode(office.database, office.clock, "clerk", holder);
    const auto signedIn =
        redeemCode(office.database, office.clock, authenticate(office.database, office.clock, known, code.secret)->id);
    const auto session = authenticate(office.database, office.clock, known, signedIn.secret)->id;
    CHECK_THROWS_AS(issueCode(office.database, office.clock, "clerk", session), Error);
    CHECK_THROWS_AS(issueCode(office.database, office.clock, "clerk", TokenId{"nobody's"}), Error);
}

TEST_CASE("tokens: a revoked token opens nothing from that moment, and only what opens something is listed") {
    TestOffice office;
    KnownTokens known{10};
    const auto kept = issueOfficeToken(office.database, office.clock, "kept", std::nullopt);
    const auto lost = issueOfficeToken(office.database, office.clock, "lost laptop", std::nullopt);
    issueCode(office.database, office.clock, "page");
    CHECK(usableTokens(office.database, office.clock).size() == 3);
    const auto id = authenticate(office.database, office.clock, known, lost.secret)->id;
    revokeToken(office.database, office.clock, id);
    CHECK_FALSE(authenticate(office.database, office.clock, known, lost.secret).has_value());
    CHECK(authenticate(office.database, office.clock, known, kept.secret).has_value());
    CHECK_THROWS_AS(revokeToken(office.database, office.clock, id), Error);
    office.clock.advance(codeLife);
    const auto left = usableTokens(office.database, office.clock);
    REQUIRE(left.size() == 1);
    CHECK(left.front().name == "kept");
    CHECK(left.front().lastUsed.has_value());
}
