#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "scheduler/media/spoken_tokens.h"

namespace loa {

/// What a rule makes of the tokens from one place on.
struct Spoken {
    std::size_t tokens;  ///< how many it used
    std::string text;
};

/// Looks at the tokens from `at` on; empty where they are not its own. Pure.
using SpokenRule = std::optional<Spoken> (*)(const Tokens& tokens, std::size_t at);

/// All rules, in the order they are asked: what is written in more than one way is claimed by the more special one
/// first.
std::span<const SpokenRule> spokenRules();

/// In spoken_dates.cpp: days, months and times of day.
std::optional<Spoken> sayDate(const Tokens& tokens, std::size_t at);
std::optional<Spoken> sayMonthOfYear(const Tokens& tokens, std::size_t at);
std::optional<Spoken> sayTime(const Tokens& tokens, std::size_t at);

/// In spoken_addresses.cpp: web and mail addresses, telephone numbers.
std::optional<Spoken> sayAddress(const Tokens& tokens, std::size_t at);
std::optional<Spoken> sayTelephone(const Tokens& tokens, std::size_t at);

}  // namespace loa
