#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/feed.h"
#include "scheduler/storage/transaction.h"

namespace loa {

struct FeedRepository {
    /// Whatever its state.
    static std::optional<Feed> find(ReadTransaction& transaction, const FeedId& id);
    /// Likewise. `hash` is of the secret in its address, hexadecimal, made by the caller.
    static std::optional<Feed> findByHash(ReadTransaction& transaction, const std::string& hash);
    /// Ordered by creation, then id; revoked ones too.
    static std::vector<Feed> all(ReadTransaction& transaction);
    /// No two may have the same id or hash.
    static void add(WriteTransaction& transaction, const Feed& feed, const std::string& hash);
    static void touch(WriteTransaction& transaction, const FeedId& id, Instant usedAt);
    /// False when it is not there or was revoked before.
    static bool revoke(WriteTransaction& transaction, const FeedId& id, Instant at);
};

}  // namespace loa
