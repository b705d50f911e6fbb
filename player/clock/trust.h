#pragma once
#include <optional>
#include <string>

#include "scheduler/domain/clock_trust.h"
#include "scheduler/domain/time.h"

namespace loa {

/// One look at the machine's clocks.
struct ClockReading {
    Instant now{};              ///< by the wall clock, which may be wrong
    Milliseconds sinceBoot{0};  ///< nobody sets it
    bool synchronised = false;  ///< the kernel's word; false is the lack of one
};

/// A true time, and how long the machine had been running then: enough to know it ever after, until it is started anew.
struct KnownTime {
    Instant time{};
    Milliseconds sinceBoot{0};
    Instant at(Milliseconds then) const { return time + (then - sinceBoot); }
};

/// All that is known of the true time.
struct ClockEvidence {
    std::optional<KnownTime> office;  ///< the office's newest signed word, since the machine was started
    std::optional<KnownTime> good;    ///< when the clock was last trusted, since the machine was started
    std::optional<Instant> before;    ///< when it was last trusted before that: a lower bound, never the truth
};

struct ClockVerdict {
    ClockTrust trust = ClockTrust::untrusted;
    Instant leastNow{};  ///< it is certainly not earlier than this; where the clock is believed, what it shows
    std::string why;     ///< for technicians, English
};

/// How long the office's word is a witness.
constexpr Milliseconds officeWordLasts = std::chrono::hours{1};
/// How far a witness may be from the wall clock.
constexpr Milliseconds witnessTolerance{5'000};

/// By how much a machine's clock is wrong, at most, after it has run by itself for so long: 50 ppm, a cheap crystal in
/// a hot cabinet.
constexpr Milliseconds driftOver(Milliseconds length) {
    return length / 20'000;
}
/// Until it may be wrong by a minute: 60 s at 50 ppm is 1,200,000 s, 13 days, 21 hours and 20 minutes. A crystal that
/// is twice as bad is then two minutes off.
constexpr Milliseconds holdoverLasts = std::chrono::seconds{60} * 20'000;
static_assert(driftOver(holdoverLasts) == std::chrono::minutes{1});

/// How far the wall clock is believed. Trusted: the kernel says that it is kept right, or the office has said the time
/// within the last hour, and no witness says otherwise by more than 5 s. The office's word goes on to speak against the
/// clock when it is older, for as much as drift cannot explain; and a clock that shows less than the last good time is
/// wrong, unless the office says that this was. Holdover: without a witness, but trusted since the machine was started
/// and not set since. Else untrusted.
ClockVerdict judgeClock(const ClockReading& reading, const ClockEvidence& evidence);

}  // namespace loa
