#pragma once
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "api/http/stream_event.h"

namespace loa {

/// An event as it is written (HTML, "server-sent events").
std::string eventText(const StreamEvent& event);

/// One stream of the hub: what waits to go out, and the socket it goes out by. On the hub's thread alone. What ends the
/// stream is thrown as whatever the socket throws, or as a std::runtime_error.
class EventStream {
public:
    using Time = std::chrono::steady_clock::time_point;
    EventStream(std::string topic, std::size_t mostWaitingBytes)
        : topic_{std::move(topic)}, mostWaitingBytes_{mostWaitingBytes} {}
    ~EventStream();  ///< closes
    EventStream(const EventStream&) = delete;
    EventStream& operator=(const EventStream&) = delete;

    const std::string& topic() const { return topic_; }
    /// Until it has its socket, it keeps what comes.
    void take(StreamEvent event, Time now);
    void attach(const Poco::Net::StreamSocket& socket, std::vector<StreamEvent> earlier, Time now);
    bool isAttached() const { return socket_.has_value(); }
    int descriptor() const { return socket_->impl()->sockfd(); }

    void comment(Time now);
    void write(Time now);  ///< as much as the socket takes
    void listen();         ///< nobody speaks on a stream: throws when it ends, or when somebody does
    bool isWaiting() const { return !out_.empty(); }
    Time wrote() const { return wrote_; }            ///< when anything last went into it
    Time progressed() const { return progressed_; }  ///< when it was last empty, or took something

private:
    void add(const std::string& text, Time now);
    long send();

    const std::string topic_;
    const std::size_t mostWaitingBytes_;
    std::optional<Poco::Net::StreamSocket> socket_;  // a copy: the last one closes
    std::vector<StreamEvent> kept_;                  // before it has its socket
    std::string out_;
    std::int64_t told_ = 0;  // the highest number
    Time wrote_{};
    Time progressed_{};
};

}  // namespace loa
