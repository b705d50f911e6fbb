#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

#include "player/uplink/http_connection.h"

namespace loa {

/// The stream on which the office tells of orders and of newer plans at once: a connection and a thread of its own, so
/// that nothing else holds up an order. Opened anew whenever it ends, for ever: after 0.25 s, then at growing distances
/// of at most 5 s. Without a byte for `streamSilence` it is dead, whatever the network says (F40).
class OrderStream {
public:
    /// `datesCount` as HttpConnection takes it. `answer` is called on this object's thread: StreamOpened, OrderArrived,
    /// PlanChanged.
    OrderStream(const HttpUplinkSettings& settings, const std::atomic<bool>& datesCount, HttpUplink::Answer answer);
    /// Breaks what is under way and waits for the thread.
    ~OrderStream();
    /// From the next time it is opened on, orders with a higher number than `after` are asked for. Any thread.
    void listen(std::int64_t after);

private:
    void run();
    void follow();
    bool rest(std::chrono::milliseconds wait);

    const std::string path_;
    const int jitter_;
    const HttpUplink::Answer answer_;
    HttpConnection connection_;
    std::mutex mutex_;  ///< guards the two below
    std::condition_variable wake_;
    std::int64_t after_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace loa
