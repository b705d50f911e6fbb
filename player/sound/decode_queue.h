#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "player/sound/decode.h"
#include "player/wire/sound_socket.h"

namespace loa {

/// Decodes one item after the other on a thread of its own.
class DecodeQueue {
public:
    struct Answer {
        std::int64_t ticket = 0;
        Decoded decoded;
    };

    /// `wake` is called on the decoding thread when an answer is there to take.
    explicit DecodeQueue(std::function<void()> wake);
    ~DecodeQueue();
    /// The ticket its answer will carry.
    std::int64_t add(Descriptor memory, std::int64_t frames);
    std::vector<Answer> takeAnswers();
    /// Not wanted any more: nobody shall wait for it. Its answer may still come.
    void forget(std::int64_t ticket);
    /// Forgets what waits and gives up what is being decoded; answers may still come.
    void clear();
    bool hangs() const { return watch_.hangs(); }

private:
    struct Job {
        std::int64_t ticket = 0;
        Descriptor memory;
        std::int64_t frames = 0;
    };
    void run();

    const std::function<void()> wake_;
    HangWatch watch_;
    std::atomic<bool> cancelled_{false};
    std::mutex mutex_;  ///< guards all below
    std::condition_variable arrived_;
    std::deque<Job> jobs_;
    std::vector<Answer> answers_;
    std::int64_t lastTicket_ = 0;
    std::int64_t decoding_ = 0;  ///< the ticket; 0: none
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace loa
