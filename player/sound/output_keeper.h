#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "player/sound/output.h"
#include "player/wire/sound_messages.h"

namespace loa {

/// Keeps an output open: opens it, watches it, and after a loss opens another (0.3 s later, then 1, 2, 5 s), for ever.
class OutputKeeper {
public:
    /// `changed` is called on the keeper's thread whenever state() became another.
    OutputKeeper(std::string sink, Output::Arrived arrived, std::function<void()> changed);
    ~OutputKeeper();

    /// The output to push to; null while there is none. Shared by the keeper, which closes it, and the mixing loop,
    /// which may be pushing at that moment.
    std::shared_ptr<Output> current() const;
    OutputState state() const;
    /// A call into GStreamer has not come back for five seconds.
    bool hangs() const { return watch_.hangs(); }
    /// Closes the output for good; returns when that is done.
    void stop();

private:
    void run();
    std::string keepOpen();
    void publish(std::shared_ptr<Output> output);
    void become(OutputState state);
    void pause(std::chrono::milliseconds length);

    const std::string sink_;
    const Output::Arrived arrived_;
    const std::function<void()> changed_;
    HangWatch watch_;
    std::atomic<bool> stopping_{false};
    bool wasReady_ = false;     ///< the keeper's thread only
    mutable std::mutex mutex_;  ///< guards the three below
    std::condition_variable wake_;
    std::shared_ptr<Output> current_;
    OutputState state_;
    std::thread thread_;
};

}  // namespace loa
