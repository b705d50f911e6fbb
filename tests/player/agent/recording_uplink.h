#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "player/uplink/uplink.h"
#include "tests/support/wait_until.h"

namespace loa::test {

/// Takes note of what is asked; the test gives the answers.
class RecordingUplink final : public Uplink {
public:
    void fetchManifest(const std::string& etag) override {
        note([&] { plans.push_back(etag); });
    }
    void postAirings(const std::vector<Airing>& airings) override {
        note([&] { batches.push_back(airings); });
    }
    void postStatus(const StationStatus& status) override {
        note([&] { statuses.push_back(status); });
        if (statusAnswer) statusAnswer();
    }
    void fetchMedia(const MediaWanted& wanted) override {
        note([&] { media.push_back(wanted); });
    }

    void askTime(const std::string& nonce) override {
        note([&] { nonces.push_back(nonce); });
    }
    void countDates(bool count) override {
        note([&] { dates.push_back(count); });
    }
    void listen(std::int64_t after) override {
        note([&] { listened.push_back(after); });
    }
    void fetchOrderSounds() override {
        note([&] { ++orderSoundsAsked; });
    }
    void postOrderReports(const std::vector<OrderReport>& reports) override {
        note([&] { orderReports.push_back(reports); });
    }

    /// Waits until `isSo`, looked at after each request. False after the limit.
    bool wait(const std::function<bool()>& isSo, std::chrono::milliseconds limit = std::chrono::seconds{20}) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, limit, isSo);
    }

    /// As long as it is held, whoever asks something of the office waits.
    std::unique_lock<std::mutex> hold() { return std::unique_lock{mutex_}; }
    /// Waits until somebody does. False after the limit.
    bool holdsUp(std::chrono::seconds limit = std::chrono::seconds{20}) const {
        return waitUntil([this] { return asking_ > 0; }, limit);
    }

    std::vector<std::string> plans;
    std::vector<std::vector<Airing>> batches;
    std::vector<StationStatus> statuses;
    std::vector<MediaWanted> media;
    std::vector<std::string> nonces;
    std::vector<bool> dates;
    std::vector<std::int64_t> listened;
    int orderSoundsAsked = 0;
    std::vector<std::vector<OrderReport>> orderReports;
    std::function<void()> statusAnswer;  ///< nobody tests with an office that takes no status

private:
    void note(const std::function<void()>& add) {
        ++asking_;
        const std::lock_guard lock{mutex_};
        --asking_;
        add();
        changed_.notify_all();
    }
    std::atomic<int> asking_{0};
    std::mutex mutex_;  ///< guards the lists
    std::condition_variable changed_;
};

}  // namespace loa::test
