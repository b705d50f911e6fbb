#pragma once
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// Which parts of a sound each person was sent: a browser asks for one in pieces. Forgotten at a restart, and where
/// more than `capacity` are under way: then it is listened to again. From any thread.
class ServedParts {
public:
    static constexpr std::size_t capacity = 2'000;

    /// Whether all `size` bytes were sent to the person with these, `length` from `offset`, in whatever order.
    bool complete(const std::string& person, const MediaId& media, std::uint64_t offset, std::uint64_t length,
                  std::uint64_t size);

    /// Lives as long as an answer to the person is on its way. `this` must outlive it.
    using Answering = std::shared_ptr<const void>;
    Answering begin(const std::string& person, const MediaId& media);
    /// Waits until no answer is on its way to the person, at most so long: who has got the last byte may say so before
    /// the sending side knows it.
    void awaitSent(const std::string& person, const MediaId& media, Milliseconds longest);

private:
    using Key = std::pair<std::string, MediaId>;
    using Parts = std::map<std::uint64_t, std::uint64_t>;  // from each start to its end; none touches another
    static void add(Parts& parts, std::uint64_t start, std::uint64_t end);

    std::mutex mutex_;  // guards what follows
    std::condition_variable ended_;
    std::map<Key, Parts> sent_;
    std::map<Key, int> underWay_;
};

}  // namespace loa
