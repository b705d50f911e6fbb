#pragma once
#include <cstdint>

#include "scheduler/domain/feed.h"
#include "scheduler/operations/kept_answers.h"

namespace loa {

/// All that the text of a feed depends on.
struct FeedState {
    std::int64_t planVersion = 0;
    Instant firstDay{};
    bool operator==(const FeedState&) const = default;
};

/// The texts of feeds, by id, while the plan and the day are the same: calendar programs ask again and again, mostly
/// for nothing new.
class FeedShelf : public Kept<FeedState, AnswerText> {
public:
    static constexpr std::size_t capacity = 64'000'000;  ///< bytes; what does not fit is made when it is asked for
    FeedShelf() : Kept{capacity, capacity} {}
};

}  // namespace loa
