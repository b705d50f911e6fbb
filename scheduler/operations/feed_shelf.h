#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "scheduler/domain/feed.h"

namespace loa {

/// A feed as it is served.
struct FeedText {
    std::string tag;  ///< changes exactly when the text does
    std::shared_ptr<const std::string> text;
};

/// The texts of feeds while the plan and the day are the same: calendar programs ask again and again, mostly for
/// nothing new. From any thread.
class FeedShelf {
public:
    /// Of all that is kept, in bytes; what does not fit is made anew when it is asked for.
    static constexpr std::size_t capacity = 64'000'000;

    struct Key {
        std::int64_t planVersion = 0;
        Instant firstDay{};
        bool operator==(const Key&) const = default;
    };
    std::optional<FeedText> find(const FeedId& feed, const Key& key) const;
    void keep(const FeedId& feed, const Key& key, const FeedText& text);

private:
    mutable std::mutex mutex_;  // guards what follows
    Key key_;                   ///< of all that is kept
    std::map<FeedId, FeedText> kept_;
    std::size_t bytes_ = 0;
};

}  // namespace loa
