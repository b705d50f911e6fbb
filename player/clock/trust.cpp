#include "player/clock/trust.h"

namespace loa {
namespace {

Milliseconds ageOf(const KnownTime& known, const ClockReading& reading) {
    return reading.sinceBoot - known.sinceBoot;
}

/// Not before this, whatever the wall clock shows: what was true once, and the time that has passed since. What the
/// office said is the truth, and what was only believed gives way to it.
std::optional<Instant> leastOf(const ClockReading& reading, const ClockEvidence& evidence) {
    if (const auto& known = evidence.office ? evidence.office : evidence.good)
        return known->at(reading.sinceBoot) - driftOver(ageOf(*known, reading));
    if (evidence.before) return *evidence.before + reading.sinceBoot - driftOver(reading.sinceBoot);
    return std::nullopt;
}

std::string secondsText(Milliseconds length) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(length).count()) + " s";
}

/// What speaks against the wall clock; empty when nothing does.
std::string againstIt(const ClockReading& reading, const ClockEvidence& evidence) {
    if (const auto& office = evidence.office) {
        const auto off = reading.now - office->at(reading.sinceBoot);
        if (std::chrono::abs(off) > witnessTolerance + driftOver(ageOf(*office, reading)))
            return "it is " + secondsText(off) + " off the office's time";
        if (ageOf(*office, reading) <= officeWordLasts) return "";
    }
    // The office would have outvoted it: a station that once believed a false time shall not be mute for ever.
    const auto least = leastOf(reading, evidence);
    if (least && reading.now < *least - witnessTolerance) return "it is before " + formatInstant(*least);
    return "";
}

}  // namespace

ClockVerdict judgeClock(const ClockReading& reading, const ClockEvidence& evidence) {
    const auto untrusted = [&](const std::string& why) {
        return ClockVerdict{ClockTrust::untrusted, leastOf(reading, evidence).value_or(Instant{}), why};
    };
    if (const auto why = againstIt(reading, evidence); !why.empty()) return untrusted(why);
    if (evidence.office && ageOf(*evidence.office, reading) <= officeWordLasts)
        return {ClockTrust::trusted, reading.now, "the office says so"};
    if (reading.synchronised) return {ClockTrust::trusted, reading.now, "the kernel says so"};
    if (!evidence.good) return untrusted("nobody has told the time since the machine was started");
    const auto& good = *evidence.good;
    if (std::chrono::abs(reading.now - good.at(reading.sinceBoot)) > witnessTolerance)
        return untrusted("it was set, and nobody says that this is right");
    if (ageOf(good, reading) > holdoverLasts)
        return untrusted("nobody has told the time for " + secondsText(ageOf(good, reading)));
    return {ClockTrust::holdover, reading.now, "it was right, and goes on by itself"};
}

}  // namespace loa
