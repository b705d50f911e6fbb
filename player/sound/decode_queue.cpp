// See decode_queue.h. The control thread adds and takes, the decoding thread decodes; the lock is never held while
// something is decoded.
#include "player/sound/decode_queue.h"

#include <utility>

namespace loa {

DecodeQueue::DecodeQueue(std::function<void()> wake) : wake_{std::move(wake)}, thread_{[this] { run(); }} {}

DecodeQueue::~DecodeQueue() {
    clear();
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

std::int64_t DecodeQueue::add(Descriptor memory, std::int64_t frames) {
    const std::scoped_lock lock{mutex_};
    jobs_.push_back({++lastTicket_, std::move(memory), frames});
    arrived_.notify_one();
    return lastTicket_;
}

std::vector<DecodeQueue::Answer> DecodeQueue::takeAnswers() {
    const std::scoped_lock lock{mutex_};
    return std::exchange(answers_, {});
}

void DecodeQueue::forget(std::int64_t ticket) {
    const std::scoped_lock lock{mutex_};
    std::erase_if(jobs_, [&](const Job& job) { return job.ticket == ticket; });
    if (decoding_ == ticket) cancelled_ = true;
}

void DecodeQueue::clear() {
    const std::scoped_lock lock{mutex_};
    jobs_.clear();
    cancelled_ = true;
}

void DecodeQueue::run() {
    for (;;) {
        Job job;
        {
            std::unique_lock lock{mutex_};
            arrived_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            if (stopping_) return;
            job = std::move(jobs_.front());
            jobs_.pop_front();
            cancelled_ = false;
            decoding_ = job.ticket;
        }
        Answer answer{job.ticket, decode(job.memory.get(), job.frames, cancelled_, watch_)};
        {
            const std::scoped_lock lock{mutex_};
            decoding_ = 0;
            answers_.push_back(std::move(answer));
        }
        wake_();
    }
}

}  // namespace loa
