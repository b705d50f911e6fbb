#include "api/http/event_stream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

namespace loa {
namespace {

constexpr std::size_t mostKeptEvents = 1'000;
// Until then the kernel tries to reach a peer that answers nothing.
constexpr unsigned silentMilliseconds = 45'000;

bool isBefore(const StreamEvent& a, const StreamEvent& b) {
    return a.number < b.number;
}

}  // namespace

std::string eventText(const StreamEvent& event) {
    std::string text;
    if (event.number > 0) text += "id: " + std::to_string(event.number) + '\n';
    return text + "event: " + event.name + "\ndata: " + event.data + "\n\n";
}

EventStream::~EventStream() {
    if (!socket_) return;
    try {
        socket_->close();
    } catch (const std::exception&) {
        // The peer is gone: there is nobody to say goodbye to.
    }
}

void EventStream::take(StreamEvent event, Time now) {
    if (!socket_) {
        if (kept_.size() >= mostKeptEvents) throw std::runtime_error{"too many events before the stream began"};
        kept_.push_back(std::move(event));
        return;
    }
    if (event.number > 0 && event.number <= told_) return;
    told_ = std::max(told_, event.number);
    add(eventText(event), now);
}

void EventStream::attach(const Poco::Net::StreamSocket& socket, std::vector<StreamEvent> earlier, Time now) {
    socket_ = socket;
    socket_->setBlocking(false);
    static_cast<void>(
        ::setsockopt(descriptor(), IPPROTO_TCP, TCP_USER_TIMEOUT, &silentMilliseconds, sizeof silentMilliseconds));
    wrote_ = progressed_ = now;
    earlier.insert(earlier.end(), kept_.begin(), kept_.end());
    kept_.clear();
    std::ranges::stable_sort(earlier, isBefore);
    for (auto& event : earlier) {
        take(std::move(event), now);
        write(now);  // at once: however much there is, who reads gets on
    }
    if (earlier.empty()) comment(now);  // something at once, so that who comes in knows it
}

void EventStream::add(const std::string& text, Time now) {
    if (out_.size() + text.size() > mostWaitingBytes_) throw std::runtime_error{"the reader is too slow"};
    if (out_.empty()) progressed_ = now;
    out_ += text;
    wrote_ = now;
}

void EventStream::comment(Time now) {
    add(":\n\n", now);
}

long EventStream::send() {
    const auto size = std::min<std::size_t>(out_.size(), 16 * 1024);
    if (socket_->secure()) return socket_->sendBytes(out_.data(), static_cast<int>(size));
    return ::send(descriptor(), out_.data(), size, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void EventStream::write(Time now) {
    while (!out_.empty()) {
        const auto sent = send();
        if (sent == 0 || (sent < 0 && !socket_->secure() && errno != EAGAIN && errno != EINTR))
            throw std::runtime_error{"the peer is gone"};
        if (sent < 0) return;  // it takes nothing more for now
        out_.erase(0, static_cast<std::size_t>(sent));
        progressed_ = now;
    }
}

void EventStream::listen() {
    std::array<char, 256> heard{};
    const auto received = socket_->secure() ? socket_->receiveBytes(heard.data(), static_cast<int>(heard.size()))
                                            : ::recv(descriptor(), heard.data(), heard.size(), MSG_DONTWAIT);
    if (received >= 0) throw std::runtime_error{received == 0 ? "the peer has ended" : "the peer speaks on a stream"};
    if (!socket_->secure() && errno != EAGAIN && errno != EINTR) throw std::runtime_error{"the peer is gone"};
}

}  // namespace loa
