#include "scheduler/people/throttle.h"

#include <doctest/doctest.h>

using namespace loa;

namespace {

constexpr Milliseconds start = std::chrono::hours{1};
constexpr Milliseconds endOfAttack = start + Milliseconds{59'990};

std::string address(int number) {
    return "10." + std::to_string(number / 65536 % 256) + '.' + std::to_string(number / 256 % 256) + '.' +
           std::to_string(number % 256);
}

/// How many of the tries of one minute, one after the other, are let through. None of them is right.
template <class Attempt>
int letThrough(Throttle& throttle, int tries, const Attempt& attempt) {
    int let = 0;
    for (int i = 0; i < tries; ++i)
        if (throttle.take(attempt(i), start + Milliseconds{60'000} * i / tries) == Milliseconds{0}) ++let;
    return let;
}

}  // namespace

TEST_CASE("throttle: an account is tried at most 10 times in a minute, from one address or from many, F76") {
    Throttle one;
    CHECK(letThrough(one, 1000, [](int) { return SignInTry{"lan", "10.0.0.1"}; }) <= 5);
    Throttle many;
    CHECK(letThrough(many, 1000, [](int i) { return SignInTry{"lan", address(i)}; }) <= 5);
    Throttle known;
    CHECK(letThrough(known, 1000, [](int i) { return SignInTry{"lan", "10.0.0.1", i % 2 == 0}; }) <= 10);
    Throttle knownInMany;
    CHECK(letThrough(knownInMany, 1000, [](int i) { return SignInTry{"lan", address(i), i % 2 == 0}; }) <= 10);
}

TEST_CASE("throttle: a browser of one's own is shut by nobody's guesses but those made by itself, F76") {
    Throttle throttle;
    const SignInTry own{"lan", "10.0.0.1", true, false, "browser a"};
    const SignInTry other{"lan", "10.0.0.1", true, false, "browser b"};
    for (int i = 0; i < 5000; ++i) {
        const auto now = start + Milliseconds{60'000} * i / 5000;
        throttle.take({"lan", address(i), i % 2 == 0}, now);
        throttle.take({"lan", "10.0.0.1", i % 2 == 0}, now);
        throttle.takeCode({"lan", "10.0.0.1", i % 2 == 0}, now);
        throttle.take({"n" + std::to_string(i), "10.0.0.1"}, now);
    }
    for (int i = 0; i < 60; ++i) {
        CHECK(throttle.takeCode(own, endOfAttack) == Milliseconds{0});
        CHECK(throttle.take(own, endOfAttack) == Milliseconds{0});
        throttle.succeeded(own, endOfAttack);
        auto withCode = own;
        withCode.hasCode = true;
        throttle.succeeded(withCode, endOfAttack);
    }
    int let = 0;
    for (int i = 0; i < 1000; ++i) let += throttle.take(own, endOfAttack) == Milliseconds{0} ? 1 : 0;
    CHECK(let == 3);
    CHECK(throttle.take(own, endOfAttack) > Milliseconds{0});
    CHECK(throttle.take(other, endOfAttack) == Milliseconds{0});
    CHECK(throttle.take({"minh", "10.0.0.1", true, false, "browser a"}, endOfAttack) == Milliseconds{0});
    // Their own browser, taken to where they never were.
    CHECK(throttle.take({"lan", address(1), false, false, "browser c"}, endOfAttack) == Milliseconds{0});
    CHECK(throttle.takeCode({"lan", "10.0.0.1", false, false, "browser c"}, endOfAttack) == Milliseconds{0});
}

TEST_CASE("throttle: guesses spread over many accounts are slow for one address, and over all, F76") {
    Throttle one;
    CHECK(letThrough(one, 5000, [](int i) { return SignInTry{"n" + std::to_string(i), "10.0.0.1"}; }) <= 42);
    Throttle all;
    CHECK(letThrough(all, 5000, [](int i) { return SignInTry{"n" + std::to_string(i), address(i)}; }) <= 321);
    CHECK(all.size() < 10'000);
}

TEST_CASE("throttle: an account under attack stays open for its owner where it has signed in, or with a code, F76") {
    Throttle throttle;
    letThrough(throttle, 1000, [](int i) { return SignInTry{"lan", address(i)}; });
    const auto now = endOfAttack;
    CHECK(throttle.take({"lan", "10.0.0.9"}, now) > Milliseconds{0});
    CHECK(throttle.take({"lan", "10.9.9.9", true}, now) == Milliseconds{0});
    CHECK(throttle.take({"lan", "10.0.0.9", false, true}, now) == Milliseconds{0});
}

TEST_CASE("throttle: an account that is guessed at from its own office stays open from elsewhere") {
    Throttle throttle;
    letThrough(throttle, 1000, [](int) { return SignInTry{"lan", "10.0.0.1", true}; });
    const auto now = endOfAttack;
    CHECK(throttle.take({"lan", "10.0.0.1", true}, now) > Milliseconds{0});
    CHECK(throttle.take({"lan", "10.0.0.2"}, now) == Milliseconds{0});
}

TEST_CASE("throttle: an address that many share survives who guesses from it") {
    Throttle throttle;
    letThrough(throttle, 5000, [](int i) { return SignInTry{"n" + std::to_string(i), "10.0.0.1"}; });
    const auto now = endOfAttack;
    CHECK(throttle.take({"minh", "10.0.0.1"}, now) > Milliseconds{0});
    for (int i = 0; i < 60; ++i) {
        const SignInTry regular{"người " + std::to_string(i), "10.0.0.1", true};
        CHECK(throttle.take(regular, now) == Milliseconds{0});
        throttle.succeeded(regular, now);
    }
}

TEST_CASE("throttle: what was right does not count, and the wait ends when it says so") {
    Throttle throttle;
    const SignInTry attempt{"lan", "10.0.0.1"};
    for (int i = 0; i < 100; ++i) {
        CHECK(throttle.take(attempt, start) == Milliseconds{0});
        throttle.succeeded(attempt, start);
    }
    for (int i = 0; i < 3; ++i) CHECK(throttle.take(attempt, start) == Milliseconds{0});
    const auto wait = throttle.take(attempt, start);
    CHECK(wait == Milliseconds{30'000});
    CHECK(throttle.take(attempt, start + wait - Milliseconds{1}) > Milliseconds{0});
    CHECK(throttle.take(attempt, start + wait) == Milliseconds{0});
}

TEST_CASE("throttle: codes are looked at so slowly that none is guessed, and an owner's not with the strangers', F76") {
    Throttle throttle;
    constexpr int tries = 10'000;  // of one day
    int let = 0;
    for (int i = 0; i < tries; ++i)
        if (throttle.takeCode({"lan", address(i)}, start + Milliseconds{86'400'000} * i / tries) == Milliseconds{0})
            ++let;
    CHECK(let <= 10 + 24 * 60 * 2);
    const auto now = start + Milliseconds{86'400'000};
    while (throttle.takeCode({"lan", "10.0.0.9"}, now) == Milliseconds{0}) continue;
    const SignInTry known{"lan", "10.0.0.9", true, true};
    for (int i = 0; i < 100; ++i) {
        CHECK(throttle.takeCode(known, now) == Milliseconds{0});
        throttle.succeeded(known, now);
    }
}

TEST_CASE("throttle: one household's IPv6 addresses are one address") {
    CHECK(countedAddress("2001:db8:1:2::7") == countedAddress("2001:db8:1:2:ffff::1"));
    CHECK(countedAddress("2001:db8:1:2::7") != countedAddress("2001:db8:1:3::7"));
    CHECK(countedAddress("10.0.0.1") == "10.0.0.1");
    CHECK(countedAddress("::ffff:10.0.0.1") == "::ffff:10.0.0.1");
}

TEST_CASE("throttle: what has leaked away is forgotten") {
    Throttle throttle;
    for (int i = 0; i < 100'000; ++i) {
        const SignInTry attempt{"n" + std::to_string(i), address(i)};
        throttle.takeCode(attempt, start + Milliseconds{100} * i);
        throttle.take(attempt, start + Milliseconds{100} * i);
    }
    CHECK(throttle.size() < 6'000);
}
