#include "scheduler/operations/served_parts.h"

#include <algorithm>
#include <iterator>

namespace loa {

void ServedParts::add(Parts& parts, std::uint64_t start, std::uint64_t end) {
    auto at = parts.upper_bound(start);
    if (at != parts.begin() && std::prev(at)->second >= start) --at;
    while (at != parts.end() && at->first <= end) {
        start = std::min(start, at->first);
        end = std::max(end, at->second);
        at = parts.erase(at);
    }
    parts.emplace(start, end);
}

bool ServedParts::complete(const std::string& person, const MediaId& media, std::uint64_t offset, std::uint64_t length,
                           std::uint64_t size) {
    const std::lock_guard lock{mutex_};
    const Key key{person, media};
    if (sent_.size() >= capacity && !sent_.contains(key)) sent_.clear();
    auto& parts = sent_[key];
    add(parts, offset, offset + length);
    if (parts.begin()->first > 0 || parts.begin()->second < size) return false;
    sent_.erase(key);
    return true;
}

ServedParts::Answering ServedParts::begin(const std::string& person, const MediaId& media) {
    const Key key{person, media};
    const auto end = [this, key](const void*) {
        const std::lock_guard lock{mutex_};
        if (--underWay_[key] == 0) underWay_.erase(key);
        ended_.notify_all();
    };
    const std::lock_guard lock{mutex_};
    ++underWay_[key];
    return {this, end};
}

void ServedParts::awaitSent(const std::string& person, const MediaId& media, Milliseconds longest) {
    std::unique_lock lock{mutex_};
    ended_.wait_for(lock, longest, [&] { return !underWay_.contains({person, media}); });
}

}  // namespace loa
