#pragma once
#include <cstddef>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace loa {

/// What was read or made lately, by name, as long as the state it came from is the same: a new state empties it. At
/// most `limit` of them, of `bytesLimit` in all; what does not fit is made anew each time. From any thread.
template <class State, class Value>
class Kept {
public:
    explicit Kept(std::size_t limit, std::size_t bytesLimit = std::numeric_limits<std::size_t>::max())
        : limit_{limit}, bytesLimit_{bytesLimit} {}

    std::optional<Value> find(const State& state, const std::string& name) const {
        const std::lock_guard lock{mutex_};
        if (!(state_ == state)) return std::nullopt;
        const auto found = kept_.find(name);
        return found == kept_.end() ? std::nullopt : std::optional{found->second};
    }

    /// `state` is what held before the value was read. `bytes`: what the value takes up beside its name.
    void keep(const State& state, const std::string& name, Value value, std::size_t bytes = 0) {
        const std::lock_guard lock{mutex_};
        if (!(state_ == state)) {
            kept_.clear();
            bytes_ = 0;
        }
        state_ = state;
        bytes += name.size();
        if (kept_.size() >= limit_ || bytes > bytesLimit_ - bytes_) return;
        if (kept_.try_emplace(name, std::move(value)).second) bytes_ += bytes;
    }

private:
    const std::size_t limit_;
    const std::size_t bytesLimit_;
    mutable std::mutex mutex_;  // guards what follows
    State state_{};
    std::map<std::string, Value> kept_;
    std::size_t bytes_ = 0;  // of what is kept
};

}  // namespace loa
