#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "player/notice/service_notice.h"
#include "player/sound/air.h"
#include "player/sound/decode_queue.h"
#include "player/sound/output_keeper.h"

namespace loa {

/// The thread that mixes 10 ms blocks and pushes them, and nothing else. Also the one that ends the process (exit
/// status 70) when a call into GStreamer hangs: it is the only thread sure to turn.
class MixLoop {
public:
    MixLoop(Air& air, const OutputKeeper& keeper, const DecodeQueue& decoding, ServiceNotice& notice);
    ~MixLoop();

private:
    void run();
    void turn();
    void fill(Output& output);
    void idle();
    void endIfHanging() const;

    Air& air_;
    const OutputKeeper& keeper_;
    const DecodeQueue& decoding_;
    ServiceNotice& notice_;
    WallClock wall_;
    std::shared_ptr<Output> output_;  ///< the one pushed to last; shared with the keeper
    std::mutex mutex_;                ///< guards stopping_
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace loa
