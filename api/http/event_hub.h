#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "api/http/stream_event.h"
#include "scheduler/domain/time.h"

namespace Poco::Net {
class StreamSocket;
}

namespace loa {

struct EventHubOptions {
    Milliseconds commentEvery{20'000};           ///< so that both ends see that the other is there
    Milliseconds stuckAfter{45'000};             ///< who takes nothing for so long is gone
    std::size_t mostWaitingBytes = 64UL * 1024;  ///< for one stream; who lets more wait is cut, and comes back
};

/// All streams of events, on one thread of its own, however many there are: who posts waits for nobody, and a slow
/// reader holds up nobody. One stream a topic: a newer one takes the place of the one before. May be used from any
/// thread.
class EventHub {
public:
    explicit EventHub(EventHubOptions options = {});
    ~EventHub();  ///< ends all streams

    /// To the topic's stream, if there is one. Numbers of one topic rise; what is not above the last is left out.
    void post(const std::string& topic, StreamEvent event);
    /// Whether it has a stream, or one is about to begin.
    bool isOpen(const std::string& topic) const;
    /// How many streams there are now.
    std::size_t streams() const;

    // For a connection that becomes a stream: first open, then earlier events, then attach or abandon.

    /// From now on what is posted under the topic is kept for it. Gives its name.
    std::int64_t open(const std::string& topic);
    /// The hub has the socket from now on; the caller never touches it again.
    void attach(std::int64_t stream, const Poco::Net::StreamSocket& socket, std::vector<StreamEvent> earlier);
    void abandon(std::int64_t stream);

private:
    class Pump;
    std::unique_ptr<Pump> pump_;
};

}  // namespace loa
