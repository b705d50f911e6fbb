#pragma once
#include <string>
#include <string_view>

#include "api/signing/signing.h"

namespace loa {

/// A new code, as people read it aloud: five groups of four of the 32 letters and digits of Crockford's base32 (no I,
/// L, O, U). Three name the code, sixteen are its 80 random bits, and the last finds slips.
std::string makeEnrolmentCode();

/// What a code is good for.
struct EnrolmentCode {
    std::string name;  ///< not secret: tells the office which code is meant
    SigningKey
        key;  ///< made from all of it: who can sign with this has the code. The office keeps the public half alone
};

/// However it was typed: small letters, O for 0, I and L for 1, with or without hyphens and blanks. Throws
/// Error(invalid, "bad-code") for any single wrong letter and any two neighbours that changed places.
EnrolmentCode readEnrolmentCode(std::string_view typed);

}  // namespace loa
