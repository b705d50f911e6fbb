#pragma once
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace loa {

/// What was read or made lately, by name, as long as the state it came from is the same: a new state empties it. At
/// most `limit` of them; what does not fit is made anew each time. From any thread.
template <class State, class Value>
class Kept {
public:
    explicit Kept(std::size_t limit) : limit_{limit} {}

    std::optional<Value> find(const State& state, const std::string& name) const {
        const std::lock_guard lock{mutex_};
        if (!(state_ == state)) return std::nullopt;
        const auto found = kept_.find(name);
        return found == kept_.end() ? std::nullopt : std::optional{found->second};
    }

    /// `state` is what held before the value was read.
    void keep(const State& state, const std::string& name, Value value) {
        const std::lock_guard lock{mutex_};
        if (!(state_ == state)) kept_.clear();
        state_ = state;
        if (kept_.size() < limit_) kept_.insert_or_assign(name, std::move(value));
    }

private:
    const std::size_t limit_;
    mutable std::mutex mutex_;  // guards what follows
    State state_{};
    std::map<std::string, Value> kept_;
};

}  // namespace loa
