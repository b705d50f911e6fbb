#include "scheduler/operations/feed_shelf.h"

namespace loa {

std::optional<FeedText> FeedShelf::find(const FeedId& feed, const Key& key) const {
    const std::lock_guard lock{mutex_};
    const auto kept = kept_.find(feed);
    return key == key_ && kept != kept_.end() ? std::optional{kept->second} : std::nullopt;
}

void FeedShelf::keep(const FeedId& feed, const Key& key, const FeedText& text) {
    const std::lock_guard lock{mutex_};
    if (key != key_) {
        kept_.clear();
        bytes_ = 0;
        key_ = key;
    }
    const auto size = text.text->size();
    if (bytes_ + size > capacity || !kept_.emplace(feed, text).second) return;
    bytes_ += size;
}

}  // namespace loa
