#pragma once
#include <atomic>
#include <filesystem>

#include "player/uplink/uplink.h"

namespace loa {

class OrderStream;

struct HttpUplinkSettings {
    std::string server;              ///< "https://host:port"; "http://" only for loopback
    std::filesystem::path officeCa;  ///< PEM; the only authority believed
    std::string token;               ///< the station's, sent with every request; empty: none
    StationId station;
    Milliseconds timeout{15'000};        ///< without a byte from the office
    Milliseconds streamSilence{45'000};  ///< the same of the stream of orders, on which a comment comes each 20 s
    int jitter = 0;  ///< 0 to 999, the station's own: so much longer it rests before it opens the stream anew
};

/// The uplink over HTTP. Destroying it breaks what is under way and waits for its threads.
class HttpUplink final : public Uplink {
public:
    using Answer = std::function<void(UplinkAnswer)>;
    using OpenSink = std::function<std::unique_ptr<MediaSink>(const MediaWanted&)>;
    /// Throws Error(invalid) when the CA file or the address cannot be used. `answer` and `openSink` are called on this
    /// object's threads.
    HttpUplink(const HttpUplinkSettings& settings, Answer answer, OpenSink openSink);
    ~HttpUplink() override;

    void fetchManifest(const std::string& etag) override;
    void postAirings(const std::vector<Airing>& airings) override;
    void postStatus(const StationStatus& status) override;
    void fetchMedia(const MediaWanted& wanted) override;
    void askTime(const std::string& nonce) override;
    void countDates(bool count) override { datesCount_ = count; }
    void listen(std::int64_t after) override;
    void fetchOrderSounds() override;
    void postOrderReports(const std::vector<OrderReport>& reports) override;

private:
    class Lane;
    HttpUplinkSettings settings_;
    std::string path_;
    Answer answer_;
    OpenSink openSink_;
    std::atomic<bool> datesCount_{false};
    std::unique_ptr<Lane> exchange_;  ///< plans, rows, status
    std::unique_ptr<Lane> media_;
    std::unique_ptr<Lane> urgent_;         ///< media that an order waits for
    std::unique_ptr<OrderStream> stream_;  ///< from the first call of `listen`
};

}  // namespace loa
