#include "scheduler/people/second_factor.h"

#include <doctest/doctest.h>

using namespace loa;

namespace {

/// "12345678901234567890" of RFC 6238, appendix B.
const std::string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

Instant second(std::int64_t seconds) {
    return fromEpochMilliseconds(seconds * 1000);
}

}  // namespace

TEST_CASE("second factor: the codes are those of RFC 6238") {
    CHECK(codeAt(secret, second(59)) == "287082");
    CHECK(codeAt(secret, second(1111111109)) == "081804");
    CHECK(codeAt(secret, second(1234567890)) == "005924");
    CHECK(codeAt(secret, second(20000000000)) == "353130");
}

TEST_CASE("second factor: a clock may be one half minute off, not two") {
    const auto now = second(1234567890);
    CHECK(stepOfCode(secret, codeAt(secret, now), now, 0) == 1234567890 / 30);
    CHECK(stepOfCode(secret, codeAt(secret, now - std::chrono::seconds{30}), now, 0) == 1234567890 / 30 - 1);
    CHECK(stepOfCode(secret, codeAt(secret, now + std::chrono::seconds{30}), now, 0) == 1234567890 / 30 + 1);
    CHECK_FALSE(stepOfCode(secret, codeAt(secret, now - std::chrono::seconds{60}), now, 0));
    CHECK_FALSE(stepOfCode(secret, codeAt(secret, now + std::chrono::seconds{60}), now, 0));
}

TEST_CASE("second factor: no code is accepted twice, and none that is older than the last") {
    const auto now = second(1234567890);
    const auto used = stepOfCode(secret, codeAt(secret, now), now, 0).value();
    CHECK_FALSE(stepOfCode(secret, codeAt(secret, now), now, used));
    CHECK_FALSE(stepOfCode(secret, codeAt(secret, now - std::chrono::seconds{30}), now, used));
    CHECK(stepOfCode(secret, codeAt(secret, now + std::chrono::seconds{30}), now, used));
}

TEST_CASE("second factor: what is no code is none") {
    const auto now = second(1234567890);
    for (const char* text : {"", "5924", "0005924", "005925", "00592a", "005924 "})
        CHECK_FALSE(stepOfCode(secret, text, now, 0));
}

TEST_CASE("second factor: each secret is its own, and an authenticator can read its address") {
    const auto made = newSecondFactor();
    CHECK(made.size() == 32);
    CHECK(made != newSecondFactor());
    CHECK(secondFactorUri("lan", made) == "otpauth://totp/Loa:lan?secret=" + made + "&issuer=Loa");
    const auto now = second(1234567890);
    CHECK(stepOfCode(made, codeAt(made, now), now, 0));
}
