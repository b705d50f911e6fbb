#pragma once
#include <string>
#include <string_view>

#include "scheduler/people/at_once.h"

namespace loa {

/// Passwords as Argon2id (libsodium, its interactive limits: 64 MiB, two passes). Each takes that much memory for some
/// 70 ms, so that at most two are worked on at once and a few more wait; beyond them one is told to come again (Error,
/// unavailable, "too-many-at-once"). From any thread.
class Passwords {
public:
    /// What is stored: hash, salt and limits as one text. Throws Error(unavailable) when there is no memory for it.
    std::string hash(const std::string& password);
    /// Takes the same time whatever the password is. An empty hash is that of nobody: the work is done, the answer no.
    bool matches(const std::string& password, const std::string& hash);

private:
    AtOnce<2, 12> turns_;
};

constexpr std::size_t shortestPassword = 12;   ///< characters
constexpr std::size_t longestPassword = 1024;  ///< bytes

/// Throws Error(invalid): "password-too-short", "password-too-long", "password-too-plain" for the person's own name or
/// one character over and over.
void checkPassword(std::string_view password, std::string_view name);

/// For the first sign-in: 99 random bits, in letters and digits that are read out without mistakes.
std::string newPassword();

}  // namespace loa
