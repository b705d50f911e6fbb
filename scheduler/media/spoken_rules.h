#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "scheduler/media/spoken_pieces.h"

namespace loa {

/// What a rule makes of the pieces from one place on.
struct Spoken {
    std::size_t pieces;  ///< how many it used
    std::string text;
};

/// Looks at the pieces from `at` on; empty where they are not its own. Pure.
using SpokenRule = std::optional<Spoken> (*)(const SpokenPieces& pieces, std::size_t at);

/// All rules, in the order they are asked: what is written in more than one way is claimed by the more special one
/// first.
std::span<const SpokenRule> spokenRules();

/// In spoken_dates.cpp: days, months and times of day.
std::optional<Spoken> sayDate(const SpokenPieces& pieces, std::size_t at);
std::optional<Spoken> sayMonthOfYear(const SpokenPieces& pieces, std::size_t at);
std::optional<Spoken> sayTime(const SpokenPieces& pieces, std::size_t at);

/// In spoken_addresses.cpp: web and mail addresses, telephone numbers.
std::optional<Spoken> sayAddress(const SpokenPieces& pieces, std::size_t at);
std::optional<Spoken> sayTelephone(const SpokenPieces& pieces, std::size_t at);

}  // namespace loa
