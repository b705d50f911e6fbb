// The uplink: lanes, each a thread with its own connection, so that a long download never holds up a row, and neither
// holds up what an order needs. A lane
// does one request after the other and posts exactly one answer for each; nothing is thrown out of it.
#include "player/uplink/http_uplink.h"

#include <Poco/Exception.h>

#include <condition_variable>
#include <deque>
#include <thread>

#include "api/wire/airing_json.h"
#include "api/wire/order_json.h"
#include "api/wire/status_json.h"
#include "player/uplink/http_connection.h"
#include "player/uplink/order_stream.h"
#include "scheduler/domain/error.h"
#include "scheduler/domain/kill_point.h"

namespace loa {
namespace {

constexpr std::size_t manifestLimit = 16 * 1024 * 1024;
constexpr std::size_t receiptLimit = 1024 * 1024;
constexpr std::size_t timeLimit = 16 * 1024;

using Request = RequestFailed::Request;

RequestFailed refused(Request request, const HttpConnection::Response& response) {
    constexpr std::size_t shown = 200;
    return {
        request, response.status, "HTTP " + std::to_string(response.status) + " " + response.body.substr(0, shown), {}};
}

UplinkAnswer fetchedManifest(HttpConnection& connection, const std::string& path, const std::string& etag) {
    HttpConnection::Request request{"GET", path + "/manifest"};
    if (!etag.empty()) request.headers.emplace_back("If-None-Match", etag);
    auto response = connection.exchange(request, manifestLimit);
    if (response.status == 304) return ManifestUnchanged{};
    if (response.status != 200) return refused(Request::manifest, response);
    return ManifestFetched{std::move(response.body), std::move(response.etag)};
}

UplinkAnswer toldTime(HttpConnection& connection, const std::string& path, const std::string& nonce) {
    auto response = connection.exchange({"GET", path + "/fresh?nonce=" + nonce}, timeLimit);
    if (response.status != 200) return refused(Request::time, response);
    return TimeTold{std::move(response.body)};
}

UplinkAnswer postedAirings(HttpConnection& connection, const std::string& path, const std::vector<Airing>& airings) {
    const auto response = connection.exchange({"POST", path + "/airings", airingsToJson(airings)}, receiptLimit);
    killPoint("player.outboxSent");
    if (response.status != 200) return refused(Request::airings, response);
    return AiringsReceived{receiptFromJson(response.body)};
}

UplinkAnswer postedStatus(HttpConnection& connection, const std::string& path, const StationStatus& status) {
    const auto response = connection.exchange({"POST", path + "/status", toJson(status)}, receiptLimit);
    if (response.status == 204) return StatusReceived{};
    if (response.status != 200) return refused(Request::status, response);
    return StatusReceived{lackingFromJson(response.body)};
}

UplinkAnswer fetchedOrderSounds(HttpConnection& connection, const std::string& path) {
    const auto response = connection.exchange({"GET", path + "/order-sounds"}, receiptLimit);
    if (response.status != 200) return refused(Request::orderSounds, response);
    return OrderSoundsFetched{orderSoundsFromJson(response.body)};
}

UplinkAnswer postedOrderReports(HttpConnection& connection, const std::string& path,
                                const std::vector<OrderReport>& reports) {
    const auto response =
        connection.exchange({"POST", path + "/order-reports", orderReportsToJson(reports)}, receiptLimit);
    if (response.status != 204) return refused(Request::orderReports, response);
    return OrderReportsReceived{};
}

/// Goes on where an earlier try ended, if the office agrees.
UplinkAnswer fetchedMedia(HttpConnection& connection, const MediaWanted& wanted, MediaSink& sink) {
    const auto offset = sink.have();
    if (offset < wanted.bytes) {
        HttpConnection::Request request{"GET", "/v1/media/" + wanted.media.text()};
        if (offset > 0)
            request.headers = {{"Range", "bytes=" + std::to_string(offset) + "-"},
                               {"If-Range", '"' + wanted.media.text() + '"'}};
        HttpConnection::Response answer;
        connection.stream(
            request,
            [&](const HttpConnection::Response& head) {
                answer = head;
                const bool goesOn = head.contentRange.starts_with("bytes " + std::to_string(offset) + "-");
                if (head.status == 200 || head.status == 416 || (head.status == 206 && !goesOn)) sink.restart();
                if (head.status == 206 && !goesOn) answer.status = 416;
            },
            [&](std::string_view bytes) {
                if (answer.status == 200 || answer.status == 206) sink.append(bytes);
            });
        if (answer.status != 200 && answer.status != 206) return refused(Request::media, answer);
    }
    sink.finish();
    return MediaArrived{wanted.media};
}

}  // namespace

/// A thread with a queue and a connection.
class HttpUplink::Lane {
public:
    using Work = std::function<void(HttpConnection&)>;

    Lane(const HttpUplinkSettings& settings, const std::atomic<bool>& datesCount)
        : connection_{settings, datesCount}, thread_{[this] { run(); }} {}

    ~Lane() {
        {
            const std::lock_guard lock{mutex_};
            stopping_ = true;
        }
        wake_.notify_one();
        connection_.interrupt();
        thread_.join();
    }

    void add(Work work) {
        {
            const std::lock_guard lock{mutex_};
            queue_.push_back(std::move(work));
        }
        wake_.notify_one();
    }

private:
    void run() {
        for (;;) {
            Work work;
            {
                std::unique_lock lock{mutex_};
                wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
                if (stopping_) return;
                work = std::move(queue_.front());
                queue_.pop_front();
            }
            work(connection_);
        }
    }

    HttpConnection connection_;
    std::mutex mutex_;  ///< guards queue_ and stopping_
    std::condition_variable wake_;
    std::deque<Work> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

namespace {

/// `ask` as a piece of work: whatever it throws becomes the one answer.
template <class Ask>
auto answering(const HttpUplink::Answer& answer, Request request, MediaId media, Ask ask) {
    return [=](HttpConnection& connection) {
        RequestFailed failure{request, 0, "", media};
        try {
            auto result = ask(connection);
            if (auto* failed = std::get_if<RequestFailed>(&result)) failed->media = media;
            return answer(std::move(result));
        } catch (const Poco::Exception& fault) {
            failure.why = fault.displayText();
        } catch (const std::exception& fault) {
            failure.why = fault.what();
        }
        answer(std::move(failure));
    };
}

}  // namespace

HttpUplink::HttpUplink(const HttpUplinkSettings& settings, Answer answer, OpenSink openSink)
    : settings_{settings},
      path_{"/v1/stations/" + settings.station.text()},
      answer_{std::move(answer)},
      openSink_{std::move(openSink)},
      exchange_{std::make_unique<Lane>(settings, datesCount_)},
      media_{std::make_unique<Lane>(settings, datesCount_)},
      urgent_{std::make_unique<Lane>(settings, datesCount_)} {}

HttpUplink::~HttpUplink() = default;

void HttpUplink::fetchManifest(const std::string& etag) {
    exchange_->add(answering(answer_, Request::manifest, {}, [path = path_, etag](HttpConnection& connection) {
        return fetchedManifest(connection, path, etag);
    }));
}

void HttpUplink::postAirings(const std::vector<Airing>& airings) {
    exchange_->add(answering(answer_, Request::airings, {}, [path = path_, airings](HttpConnection& connection) {
        return postedAirings(connection, path, airings);
    }));
}

void HttpUplink::postStatus(const StationStatus& status) {
    exchange_->add(answering(answer_, Request::status, {}, [path = path_, status](HttpConnection& connection) {
        return postedStatus(connection, path, status);
    }));
}

void HttpUplink::askTime(const std::string& nonce) {
    exchange_->add(answering(answer_, Request::time, {}, [path = path_, nonce](HttpConnection& connection) {
        return toldTime(connection, path, nonce);
    }));
}

void HttpUplink::fetchMedia(const MediaWanted& wanted) {
    auto& lane = wanted.urgent ? *urgent_ : *media_;
    lane.add(answering(answer_, Request::media, wanted.media, [this, wanted](HttpConnection& connection) {
        const auto sink = openSink_(wanted);
        return fetchedMedia(connection, wanted, *sink);
    }));
}

void HttpUplink::listen(std::int64_t after) {
    if (!stream_) stream_ = std::make_unique<OrderStream>(settings_, datesCount_, answer_);
    stream_->listen(after);
}

void HttpUplink::fetchOrderSounds() {
    exchange_->add(answering(answer_, Request::orderSounds, {}, [path = path_](HttpConnection& connection) {
        return fetchedOrderSounds(connection, path);
    }));
}

void HttpUplink::postOrderReports(const std::vector<OrderReport>& reports) {
    exchange_->add(answering(answer_, Request::orderReports, {}, [path = path_, reports](HttpConnection& connection) {
        return postedOrderReports(connection, path, reports);
    }));
}

}  // namespace loa
