#pragma once
#include <stdexcept>
#include <string>
#include <utility>

#include "scheduler/domain/words.h"

namespace loa {

/// What kind of fault a caller is told about. Each has one HTTP status (api/http).
enum class Fault {
    invalid,          ///< the caller sent something that can never work; 422
    malformed,        ///< not even readable as what it claims to be; 400
    unauthenticated,  ///< no valid token; 401
    forbidden,        ///< 403
    notFound,         ///< also what is not the caller's to see; 404
    conflict,         ///< the state of the thing does not allow it; 409
    changed,          ///< it is no longer as the caller said it was (If-Match); 412
    tooLarge,         ///< over a limit that is checked before work is done; 413
    unsupported,      ///< media type or method; 415
    unavailable,      ///< try again later; 503
    noRoom            ///< the disk is kept for what matters more; 507
};

/// The one exception for what a caller could have avoided or must retry. Our own bugs are asserts; ordinary refusals
/// are values (Rejection). `code` is a short kebab-case word that stays the same for ever ("unknown-zone"); `words` say
/// in both languages what happened and what to do. `line` is the line of the text it was found on, from 1; 0 where
/// none.
class Error : public std::runtime_error {
public:
    Error(Fault fault, std::string code, Words words, int line = 0)
        : std::runtime_error{words.en}, fault_{fault}, code_{std::move(code)}, words_{std::move(words)}, line_{line} {}
    Fault fault() const noexcept { return fault_; }
    const std::string& code() const noexcept { return code_; }
    const Words& words() const noexcept { return words_; }
    int line() const noexcept { return line_; }

private:
    Fault fault_;
    std::string code_;
    Words words_;
    int line_;
};

}  // namespace loa
