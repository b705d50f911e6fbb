#pragma once
#include <map>
#include <mutex>
#include <optional>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"
#include "scheduler/storage/database.h"

namespace loa {

/// When tokens were last used, as far as that is not written down yet: a write for each request would be one too many.
/// It helps people, and nothing depends on it: a power cut takes a minute of it. From any thread.
class TokenUses {
public:
    void note(const TokenId& token, Instant at);
    /// Empty where all of its uses are written down.
    std::optional<Instant> of(const TokenId& token) const;
    /// Writes down what was noted, once a minute at most; `now` is since boot. Throws Error where the store takes no
    /// writes: then it is kept until the next time.
    void keep(Database& database, Milliseconds now);
    /// The same at once.
    void finish(Database& database);

private:
    mutable std::mutex mutex_;  // guards what follows
    std::map<TokenId, Instant> noted_;
    std::optional<Milliseconds> written_;
};

}  // namespace loa
