#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "api/signing/signing.h"
#include "player/clock/trust.h"
#include "scheduler/domain/id.h"

namespace loa {

/// What the station asked the office to tell it the time by.
struct TimeQuestion {
    std::string nonce;
    Milliseconds asked{0};  ///< since boot
};

/// The time that the office's answer tells, as of the middle between question and answer. Throws Error: bad-signature;
/// malformed; invalid "answer-of-another-question", for another station too; unavailable "answer-too-slow" after more
/// than 2 s.
KnownTime officeTime(std::string_view document, const std::vector<VerifyingKey>& officeKeys, const StationId& station,
                     const TimeQuestion& question, Milliseconds answered);

}  // namespace loa
