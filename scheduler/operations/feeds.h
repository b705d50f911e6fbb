#pragma once
#include <string>
#include <vector>

#include "scheduler/domain/feed.h"
#include "scheduler/operations/feed_shelf.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// What a feed shows: what sounded for the last time earlier than that is left out, and what can only be shown
/// occurrence by occurrence is shown so far ahead.
constexpr std::chrono::days feedPast{90};
constexpr std::chrono::days feedHorizon{300};

/// A feed just made, with the secret of its address; shown once, only its hash is kept.
struct CreatedFeed {
    Feed feed;
    std::string secret;
};

/// An empty name becomes that of what the feed shows. Throws Error: notFound for a target that is not there, or
/// not in sight; forbidden; invalid for a name.
CreatedFeed createFeed(Scheduler& scheduler, const FeedTarget& target, const std::string& name);

/// Those the actor sees and that can be read, by the time they were made.
std::vector<Feed> openFeeds(Scheduler& scheduler);

/// Its address stops working at once. Throws Error(notFound) when it is not there or was revoked before.
void revokeFeed(Scheduler& scheduler, const FeedId& feed);

/// The calendar behind a secret address. Notes its use at most once an hour, and not where the store takes no writes.
/// Throws one and the same Error(notFound) whether there never was such a feed, it was revoked, or what it showed is
/// gone.
AnswerText readFeed(Scheduler& scheduler, const std::string& secret);

}  // namespace loa
