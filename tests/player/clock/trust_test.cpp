#include "player/clock/trust.h"

#include <doctest/doctest.h>

using namespace loa;
using namespace std::chrono_literals;

namespace {

const Instant noon = *parseInstant("2027-03-02T05:00:00Z");
constexpr Milliseconds up = 20h;  ///< how long the machine has been running

/// One row: what is known, and what follows. Witnesses are given by how far they lie from the wall clock, which shows
/// noon, and how old their word is.
struct Row {
    const char* what;
    bool synchronised;
    std::optional<Milliseconds> office;  ///< ahead of the wall clock
    Milliseconds officeAge;
    std::optional<Milliseconds> good;  ///< the same of the last good time of this boot
    Milliseconds goodAge;
    std::optional<Milliseconds> before;  ///< the last good time of an earlier boot, before noon
    ClockTrust trust;
};

KnownTime known(Milliseconds ahead, Milliseconds age) {
    return {noon + ahead - age, up - age};
}

ClockVerdict judged(const Row& row) {
    ClockEvidence evidence;
    if (row.office) evidence.office = known(*row.office, row.officeAge);
    if (row.good) evidence.good = known(*row.good, row.goodAge);
    if (row.before) evidence.before = noon - *row.before;
    return judgeClock({noon, up, row.synchronised}, evidence);
}

constexpr auto none = std::nullopt;
constexpr auto untrusted = ClockTrust::untrusted;
constexpr auto holdover = ClockTrust::holdover;
constexpr auto trusted = ClockTrust::trusted;

const Row rows[] = {
    // Nobody vouches for it. A time saved before the power went is none who does (F28).
    {"nobody has told the time", false, none, 0h, none, 0h, none, untrusted},
    {"F28: the machine was off for 9 h and goes on from the time it saved", false, none, 0h, none, 0h, up, untrusted},
    // Each witness alone.
    {"the kernel keeps it right", true, none, 0h, none, 0h, none, trusted},
    {"the office has said so just now", false, 0s, 0h, none, 0h, none, trusted},
    {"the office says 5 s more", false, 5s, 0h, none, 0h, none, trusted},
    {"the office says 5 s less", false, -5s, 0h, none, 0h, none, trusted},
    {"the office said so an hour ago", false, 0s, 1h, none, 0h, none, trusted},
    {"the office said so longer ago", false, 0s, 1h + 1ms, none, 0h, none, untrusted},
    // Witnesses that do not agree with the clock (F31).
    {"the office says more", false, 5001ms, 0h, none, 0h, none, untrusted},
    {"F31: NTP keeps it 4 h ahead of the office", true, -4h, 0h, none, 0h, none, untrusted},
    {"F31: and the office's word is old, but no crystal drifts by that much", true, -4h, 10h, none, 0h, none,
     untrusted},
    {"the office's word is old, and drift explains the rest", true, 6s, 10h, none, 0h, none, trusted},
    {"the kernel says so, and the office 6 s more", true, 6s, 1h, none, 0h, none, untrusted},
    // Going on alone.
    {"it was right an hour ago and was not set since", false, none, 0h, 0s, 1h, none, holdover},
    {"it was set by a minute since", false, none, 0h, 60s, 1h, none, untrusted},
    {"it was set back by a minute since", false, none, 0h, -60s, 1h, none, untrusted},
    {"the office's word is old and it was right then", false, 0s, 2h, 0s, 2h, none, holdover},
    {"it was right, and the office now says otherwise", false, 10s, 0h, 0s, 1h, none, untrusted},
    // The last good time is a lower bound: what it has passed by is wrong, whoever keeps it there.
    {"the kernel keeps it before a time that has passed", true, none, 0h, none, 0h, -1h, untrusted},
    {"the machine has been running for longer than the clock moved on", true, none, 0h, none, 0h, up - 1min, untrusted},
    {"the kernel keeps it after that", true, none, 0h, none, 0h, up + 1min, trusted},
    {"the kernel sets it back within a boot", true, none, 0h, 4h, 1h, none, untrusted},
    {"the office says that the time believed before was false", false, 0s, 0h, none, 0h, -24h * 365, trusted},
};

}  // namespace

TEST_CASE("F28 F31 clock trust: from what the witnesses say") {
    for (const auto& row : rows) {
        CAPTURE(row.what);
        const auto verdict = judged(row);
        CHECK(verdict.trust == row.trust);
        CHECK_FALSE(verdict.why.empty());
        if (routineMaySound(verdict.trust)) CHECK(verdict.leastNow == noon);
    }
}

TEST_CASE("clock trust: holdover lasts until a cheap crystal may be a minute off, and no longer") {
    const KnownTime good{noon, 1h};
    const auto after = [&](Milliseconds length) {
        ClockEvidence evidence;
        evidence.good = good;
        return judgeClock({noon + length, 1h + length, false}, evidence).trust;
    };
    CHECK(after(13 * 24h + 21h + 20min) == holdover);
    CHECK(after(13 * 24h + 21h + 20min + 1s) == untrusted);
}

TEST_CASE(
    "F27 clock trust: at 1970 it is certainly later than the last good time, and how much the machine ran since") {
    ClockEvidence evidence;
    evidence.before = noon;
    const auto verdict = judgeClock({Instant{1min}, 1h, true}, evidence);
    CHECK(verdict.trust == untrusted);
    CHECK(verdict.leastNow > noon + 1h - 1s);
    CHECK(verdict.leastNow <= noon + 1h);
    evidence.office = KnownTime{noon + 10h, 1h};
    CHECK(judgeClock({Instant{1min}, 1h, false}, evidence).leastNow == noon + 10h);
    CHECK(judgeClock({Instant{1min}, 1h, false}, {}).leastNow == Instant{});
}
