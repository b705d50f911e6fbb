#include "player/sound/clock_map.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace loa;
using namespace std::chrono_literals;

namespace {

/// A sink's clock as a station reads it: so many ppm fast, with an error that stays much the same for seconds (a sound
/// server's timing is renewed every 1.5 s and smoothed), and moved by what a test says.
class ReadSink {
public:
    ReadSink(double fast, double noise, unsigned seed) : fast_{fast}, noise_{noise}, random_{seed} {}

    /// Reads it every 10 ms for `length`.
    void read(ClockMap& map, Nanoseconds length) {
        for (const auto until = now_ + length; now_ < until; now_ += 10ms) {
            if (now_ >= nextError_) {
                nextError_ = now_ + 1500ms;
                target_ = std::normal_distribution<>{0, noise_ * 1e6}(random_);
            }
            error_ += (target_ - error_) / 150;
            map.add(now_, now_ - truth() + Nanoseconds{std::llround(error_)}, now_);
        }
    }
    void move(Nanoseconds by) { moved_ += by; }
    /// What the map ought to say of the last reading.
    Nanoseconds truth() const {
        return moved_ - Nanoseconds{std::llround(static_cast<double>(now_.count()) * fast_ * 1e-6)};
    }
    double errorMilliseconds(const ClockMap& map) const {
        const auto last = truth() + Nanoseconds{std::llround(10e6 * fast_ * 1e-6)};
        return static_cast<double>((map.offset() - last).count()) / 1e6;
    }

private:
    double fast_;
    double noise_;  ///< milliseconds
    std::mt19937 random_;
    Nanoseconds now_{1s};
    Nanoseconds moved_{700ms};
    Nanoseconds nextError_{0};
    double target_ = 0;
    double error_ = 0;
};

}  // namespace

TEST_CASE("clock map: it takes readings over 0.8 s before a frame is placed by it") {
    ClockMap map;
    CHECK(map.empty());
    for (auto at = Nanoseconds{1s}; at < 1790ms; at += 10ms) map.add(at, at - 700ms, at);
    CHECK_FALSE(map.ready());
    for (auto at = Nanoseconds{1790ms}; at < 1850ms; at += 10ms) map.add(at, at - 700ms, at);
    CHECK(map.ready());
    CHECK(map.offset() == 700ms);
}

TEST_CASE("clock map: single wild readings do not move it") {
    ClockMap map;
    for (int i = 0; i < 200; ++i) {
        const auto at = Nanoseconds{1s} + i * 10ms;
        map.add(at, at - (i % 10 == 0 ? 690ms : 700ms), at);
    }
    CHECK(map.offset() == 700ms);
}

TEST_CASE("clock map: a reading that was interrupted is left out") {
    ClockMap map;
    map.add(1s, 500ms, 1s + 300us);
    CHECK(map.empty());
    map.add(1s, 500ms, 1s + 100us);
    CHECK(map.offset() == 500ms + 50us);
}

TEST_CASE("clock map: two stations that read one noisy clock stay within a millisecond of each other") {
    double worst = 0;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        ClockMap left, right;
        ReadSink leftSink{100, 0.5, seed}, rightSink{100, 0.5, seed + 1000};
        leftSink.read(left, 30s);
        rightSink.read(right, 30s);
        for (int i = 0; i < 60; ++i) {
            leftSink.read(left, 1s);
            rightSink.read(right, 1s);
            worst = std::max(worst, std::abs(leftSink.errorMilliseconds(left) - rightSink.errorMilliseconds(right)));
        }
    }
    MESSAGE(worst, " ms apart at most");
    CHECK(worst < 1);
}

TEST_CASE("clock map: a card that is fast or slow is followed within a minute and ever after") {
    for (const double fast : {-100.0, -50.0, 50.0, 100.0}) {
        CAPTURE(fast);
        ClockMap map;
        ReadSink sink{fast, 0.1, 7};
        sink.read(map, 60s);
        double worst = 0;
        for (int i = 0; i < 1200; ++i) {
            sink.read(map, 1s);
            worst = std::max(worst, std::abs(sink.errorMilliseconds(map)));
        }
        CHECK(worst < 0.3);
        CHECK(map.drift() * 1e6 == doctest::Approx(-fast).epsilon(0.05));
    }
}

TEST_CASE("clock map: before its drift is known a card of 50 ppm is followed to half a millisecond") {
    ClockMap map;
    ReadSink sink{50, 0.1, 7};
    sink.read(map, 2s);
    for (int i = 0; i < 60; ++i) {
        sink.read(map, 1s);
        CHECK(std::abs(sink.errorMilliseconds(map)) < 0.5);
    }
}

TEST_CASE("clock map: a sink that ran dry and goes on elsewhere is followed in three seconds, its drift kept") {
    ClockMap map;
    ReadSink sink{50, 0.2, 7};
    sink.read(map, 300s);
    for (const auto by : {50ms, -300ms, 11ms}) {
        CAPTURE(by.count());
        sink.move(by);
        sink.read(map, 3s);
        CHECK(std::abs(sink.errorMilliseconds(map)) < 1);
        CHECK(map.drift() * 1e6 == doctest::Approx(-50).epsilon(0.1));
        sink.read(map, 60s);
        CHECK(std::abs(sink.errorMilliseconds(map)) < 0.3);
        CHECK(map.drift() * 1e6 == doctest::Approx(-50).epsilon(0.1));
    }
}

TEST_CASE("clock map: a sound server's clock that is wrong for some seconds and creeps back is not followed") {
    ClockMap map;
    ReadSink sink{100, 0.2, 7};
    sink.read(map, 60s);
    for (int again = 0; again < 3; ++again) {
        Nanoseconds wrong{0};
        for (auto next : {30ms, 20ms, 13ms, 9ms, 6ms, 3ms, 1ms, 0ms}) {
            sink.move(next - wrong);
            wrong = next;
            sink.read(map, 1500ms);
            CHECK(std::abs(sink.errorMilliseconds(map) + static_cast<double>(wrong.count()) / 1e6) < 1.5);
        }
        sink.read(map, 15s);
        CHECK(std::abs(sink.errorMilliseconds(map)) < 0.6);
    }
}

TEST_CASE("clock map: no drift is believed that no card has") {
    ClockMap map;
    ReadSink sink{2000, 0, 7};
    sink.read(map, 300s);
    CHECK(map.drift() == -300e-6);
}
