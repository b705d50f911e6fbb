// The thread of the stream: follows it until it ends or falls silent, then rests a little and opens it anew. Orders are
// passed on as they came; nobody has verified them.
#include "player/uplink/order_stream.h"

#include <Poco/Exception.h>

#include <algorithm>

#include "player/uplink/event_reader.h"
#include "scheduler/domain/kill_point.h"

namespace loa {
namespace {

using namespace std::chrono_literals;

constexpr auto firstRest = 250ms;
constexpr auto longestRest = 4s;  // and a quarter more: shorter than a link that is up for ten seconds

constexpr auto lastingLeast = 5s;  // a try that took less, whatever it came to, is no reason to hurry

HttpUplinkSettings forStream(HttpUplinkSettings settings) {
    settings.timeout = settings.streamSilence;
    return settings;
}

}  // namespace

OrderStream::OrderStream(const HttpUplinkSettings& settings, const std::atomic<bool>& datesCount,
                         HttpUplink::Answer answer)
    : path_{"/v1/stations/" + settings.station.text() + "/stream"},
      jitter_{settings.jitter},
      answer_{std::move(answer)},
      connection_{forStream(settings), datesCount},
      thread_{[this] { run(); }} {}

OrderStream::~OrderStream() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_one();
    connection_.interrupt();
    thread_.join();
}

void OrderStream::listen(std::int64_t after) {
    const std::lock_guard lock{mutex_};
    after_ = after;
}

/// False when it is time to end.
bool OrderStream::rest(std::chrono::milliseconds wait) {
    std::unique_lock lock{mutex_};
    return !wake_.wait_for(lock, wait, [this] { return stopping_; });
}

void OrderStream::run() {
    std::chrono::milliseconds wait = firstRest;
    do {
        const auto begun = std::chrono::steady_clock::now();
        try {
            follow();
        } catch (const Poco::Exception&) {
        } catch (const std::exception&) {
        }
        const bool lasted = std::chrono::steady_clock::now() - begun > lastingLeast;
        wait = lasted ? firstRest : std::min<std::chrono::milliseconds>(wait * 2, longestRest);
    } while (rest(wait + wait * jitter_ / 4000));
}

void OrderStream::follow() {
    HttpConnection::Request request{"GET", path_, "", {{"Accept", "text/event-stream"}}};
    {
        const std::lock_guard lock{mutex_};
        if (stopping_) return;
        request.headers.emplace_back("Last-Event-ID", std::to_string(after_));
    }
    EventReader reader;
    connection_.follow(
        request,
        [&](const HttpConnection::Response& response) {
            if (response.status != 200) throw std::runtime_error{"HTTP " + std::to_string(response.status)};
            answer_(StreamOpened{});
        },
        [&](std::string_view bytes) {
            for (auto& event : reader.add(bytes)) {
                if (event.name == "order") {
                    killPoint("player.orderArrived");
                    answer_(OrderArrived{std::move(event.data)});
                } else if (event.name == "plan") {
                    answer_(PlanChanged{});
                }
            }
        });
}

}  // namespace loa
