#pragma once
#include <sys/eventfd.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <utility>

namespace loa {

/// A bounded mailbox from any thread to one owner. `descriptor()` is readable while something is in it, so that the
/// owner can wait for it beside sockets.
template <class Message>
class Inbox {
public:
    explicit Inbox(std::size_t capacity = 64) : capacity_{capacity}, event_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {}
    ~Inbox() { close(event_); }
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;

    int descriptor() const noexcept { return event_; }

    /// Waits while the box is full; after `shut` the message is dropped.
    void post(Message message) {
        std::unique_lock lock{mutex_};
        room_.wait(lock, [&] { return messages_.size() < capacity_ || shut_; });
        if (shut_) return;
        messages_.push_back(std::move(message));
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = write(event_, &one, sizeof one);  // cannot fail below 2^64 messages
    }

    /// All that is there, without waiting.
    std::deque<Message> take() {
        const std::lock_guard lock{mutex_};
        std::uint64_t count = 0;
        [[maybe_unused]] const auto got = read(event_, &count, sizeof count);
        room_.notify_all();
        return std::exchange(messages_, {});
    }

    /// The owner reads no more: nobody shall wait for it.
    void shut() {
        const std::lock_guard lock{mutex_};
        shut_ = true;
        room_.notify_all();
    }

private:
    const std::size_t capacity_;
    const int event_;
    std::mutex mutex_;  ///< guards the two below
    std::deque<Message> messages_;
    bool shut_ = false;
    std::condition_variable room_;
};

}  // namespace loa
