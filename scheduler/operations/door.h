#pragma once
#include <mutex>

#include "scheduler/operations/token_uses.h"
#include "scheduler/people/passwords.h"
#include "scheduler/people/throttle.h"

namespace loa {

/// What stands before the office's people: one for the whole program, so that all who get in or try to are seen
/// together. From any thread.
class Door {
public:
    Passwords& passwords() { return passwords_; }
    TokenUses& tokenUses() { return tokenUses_; }

    /// As Throttle has them; times are since boot.
    Milliseconds takeCode(const SignInTry& attempt, Milliseconds now) {
        const std::lock_guard lock{mutex_};
        return throttle_.takeCode(attempt, now);
    }
    Milliseconds take(const SignInTry& attempt, Milliseconds now) {
        const std::lock_guard lock{mutex_};
        return throttle_.take(attempt, now);
    }
    void succeeded(const SignInTry& attempt, Milliseconds now) {
        const std::lock_guard lock{mutex_};
        throttle_.succeeded(attempt, now);
    }

private:
    Passwords passwords_;
    TokenUses tokenUses_;
    std::mutex mutex_;
    Throttle throttle_;  // under mutex_
};

}  // namespace loa
