// One thread that does everything slow to an output: opening, closing, asking for its volume. The mixing loop only ever
// takes the pointer. If a call here hangs, the process is ended by whoever asks hangs().
#include "player/sound/output_keeper.h"

#include <algorithm>
#include <array>

#include "scheduler/domain/error.h"

namespace loa {
namespace {

using namespace std::chrono_literals;

constexpr std::array retries{300ms, 1000ms, 2000ms, 5000ms};
constexpr Nanoseconds volumeEvery = 250ms;

}  // namespace

OutputKeeper::OutputKeeper(std::string sink, Output::Arrived arrived, std::function<void()> changed)
    : sink_{std::move(sink)}, arrived_{std::move(arrived)}, changed_{std::move(changed)}, thread_{[this] { run(); }} {}

OutputKeeper::~OutputKeeper() {
    stop();
}

void OutputKeeper::stop() {
    stopping_ = true;
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

std::shared_ptr<Output> OutputKeeper::current() const {
    const std::scoped_lock lock{mutex_};
    return current_;
}

/// The mixing loop may know of a loss before the keeper's thread does, which may hang in asking for the volume.
OutputState OutputKeeper::state() const {
    const std::scoped_lock lock{mutex_};
    if (const auto why = current_ ? current_->lost() : std::nullopt) return {OutputState::State::lost, *why};
    return state_;
}

void OutputKeeper::run() {
    for (std::size_t failures = 0; !stopping_;) {
        wasReady_ = false;
        const auto why = keepOpen();
        failures = wasReady_ ? 0 : failures;
        if (!stopping_) become({OutputState::State::lost, why});
        pause(retries[std::min(failures++, retries.size() - 1)]);
    }
}

/// Opens one output and stays with it until it is lost. Why it was.
std::string OutputKeeper::keepOpen() try {
    const auto output = std::make_shared<Output>(sink_, arrived_, watch_);
    publish(output);
    for (Nanoseconds volumeRead{0}; !stopping_ && !output->lost();) {
        output->listen();
        if (output->ready() && !wasReady_) {
            wasReady_ = true;
            become({OutputState::State::ready, sink_});
        }
        if (monotonicNow() - volumeRead < volumeEvery) continue;
        output->readVolume();
        volumeRead = monotonicNow();
    }
    const auto why = output->lost();
    if (why) become({OutputState::State::lost, *why});
    publish(nullptr);
    output->close();
    return why.value_or("");
} catch (const Error& error) {
    return error.what();
}

void OutputKeeper::publish(std::shared_ptr<Output> output) {
    const std::scoped_lock lock{mutex_};
    current_ = std::move(output);
}

void OutputKeeper::become(OutputState state) {
    {
        const std::scoped_lock lock{mutex_};
        if (state == state_) return;
        state_ = std::move(state);
    }
    changed_();
}

void OutputKeeper::pause(std::chrono::milliseconds length) {
    std::unique_lock lock{mutex_};
    wake_.wait_for(lock, length, [this] { return stopping_.load(); });
}

}  // namespace loa
