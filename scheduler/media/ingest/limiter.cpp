// The look-ahead true-peak limiter. Pure arithmetic; no I/O, no clock, no library.
#include "scheduler/media/ingest/limiter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace loa {
namespace {

constexpr std::int64_t window = 240;  // 5 ms
constexpr double releaseSeconds = 0.08;
constexpr std::size_t taps = 24, phases = 4;  // of the oversampler
constexpr std::int64_t tapsAhead = taps / 2;  // a peak is known this many frames late

using Phase = std::array<float, taps>;

// Windowed sinc at 0, 1/4, 1/2 and 3/4 of a frame past the middle tap.
std::array<Phase, phases> makeOversampler() {
    std::array<Phase, phases> filter{};
    for (std::size_t phase = 0; phase < phases; ++phase) {
        double sum = 0;
        for (std::size_t tap = 0; tap < taps; ++tap) {
            const double shift = static_cast<double>(phase) / phases;
            const double x = static_cast<double>(tap) - (taps / 2.0 - 1) - shift;
            const double sinc = x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
            const double hann = 0.5 + 0.5 * std::cos(std::numbers::pi * x / (taps / 2.0));
            filter[phase][tap] = static_cast<float>(sinc * hann);
            sum += filter[phase][tap];
        }
        for (auto& value : filter[phase]) value = static_cast<float>(value / sum);
    }
    return filter;
}

const std::array<Phase, phases> oversampler = makeOversampler();
const double releaseStep = 1 - std::exp(-1 / (releaseSeconds * 48000));

}  // namespace

Limiter::Limiter(double gain, double ceiling)
    : gain_{gain}, ceiling_{ceiling}, recent_(taps, 0.0f), smoothed_(window, 1.0), sum_{static_cast<double>(window)} {}

double Limiter::truePeak() const {
    double peak = 0;
    for (const auto& phase : oversampler) {
        float value = 0;
        for (std::size_t tap = 0; tap < taps; ++tap) value += phase[tap] * recent_[tap];
        peak = std::max(peak, static_cast<double>(std::abs(value)));
    }
    return peak;
}

// The least gain needed inside the window, let go slowly, then the mean over the window.
double Limiter::heldGain(double needed) {
    while (!minimum_.empty() && minimum_.back().gain >= needed) minimum_.pop_back();
    minimum_.push_back({taken_, needed});
    while (minimum_.front().at <= taken_ - window) minimum_.pop_front();
    released_ = std::min(minimum_.front().gain, released_ + (1 - released_) * releaseStep);
    double& oldest = smoothed_[static_cast<std::size_t>(taken_ % window)];
    sum_ += released_ - oldest;
    oldest = released_;
    return std::min(1.0, sum_ / static_cast<double>(window));
}

void Limiter::take(float frame, std::vector<float>& out) {
    const float loud = static_cast<float>(frame * gain_);
    std::rotate(recent_.begin(), recent_.begin() + 1, recent_.end());
    recent_.back() = loud;
    delayed_.push_back(loud);
    const double peak = truePeak();
    const double gain = heldGain(peak > ceiling_ ? ceiling_ / peak : 1.0);
    ++taken_;
    // Frame n is measured tapsAhead later and needs the mean of the window - 1 gains after that.
    if (taken_ - given_ <= tapsAhead + window - 1) return;
    out.push_back(static_cast<float>(delayed_.front() * gain));
    delayed_.pop_front();
    ++given_;
}

void Limiter::process(std::span<const float> frames, std::vector<float>& out) {
    for (const float frame : frames) take(frame, out);
}

void Limiter::finish(std::vector<float>& out) {
    for (auto left = delayed_.size(); left > 0; --left) take(0.0f, out);
    delayed_.clear();
}

}  // namespace loa
