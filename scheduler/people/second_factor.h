#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "scheduler/domain/time.h"

namespace loa {

// Codes of six digits that change each half minute (TOTP, RFC 6238 with SHA-1, as every authenticator has it), from a
// secret that the office and a person's device share.

/// A new secret: 160 random bits in base32.
std::string newSecondFactor();

/// The address an authenticator reads it from, as text or as a picture: "otpauth://totp/Loa:lan?secret=…&issuer=Loa".
std::string secondFactorUri(const std::string& name, const std::string& secret);

/// The half minute whose code this is: the one of `now`, or the one beside it, since clocks differ. Empty when it is
/// none, and for a half minute not after `lastUsed`: no code is accepted twice.
std::optional<std::int64_t> stepOfCode(const std::string& secret, const std::string& code, Instant now,
                                       std::int64_t lastUsed);

/// The code of that moment, as the person's device shows it.
std::string codeAt(const std::string& secret, Instant at);

}  // namespace loa
