#pragma once
#include <atomic>
#include <filesystem>

#include "player/uplink/uplink.h"

namespace loa {

struct HttpUplinkSettings {
    std::string server;              ///< "https://host:port"; "http://" only for loopback
    std::filesystem::path officeCa;  ///< PEM; the only authority believed
    std::string token;               ///< the station's, sent with every request; empty: none
    StationId station;
    Milliseconds timeout{15'000};  ///< without a byte from the office
};

/// The uplink over HTTP. Destroying it breaks what is under way and waits for its two threads.
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

private:
    class Lane;
    std::string path_;
    Answer answer_;
    OpenSink openSink_;
    std::atomic<bool> datesCount_{false};
    std::unique_ptr<Lane> exchange_;  ///< plans, rows, status
    std::unique_ptr<Lane> media_;
};

}  // namespace loa
