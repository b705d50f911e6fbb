// Reads what pulse_recorder wrote. Time is a straight line through its index: the median of all slopes between seconds,
// and then of all marks, because single marks are off by up to some milliseconds on a busy machine, and a null sink
// runs up to some 100 ppm fast or slow, as a card does.
#include "tests/support/recording.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "tests/support/undisturbed.h"
#include "tests/support/wait_until.h"

namespace loa {
namespace {

constexpr double rate = 48000;
constexpr std::int64_t quarterPeriod = 12;  // of 1 kHz
constexpr double quarterOfFullScale = 0.25;

ServiceUnit recorderUnit(const PulseServer& server, const std::filesystem::path& folder) {
    ServiceUnit unit;
    unit.command = undisturbed({std::string{std::getenv("LOA_BIN_DIR")} + "/pulse_recorder", server.address(), "null",
                                (folder / "heard").string()});
    return unit;  // started again until the server listens
}

struct Mark {
    std::int64_t frame = 0;
    std::int64_t nanoseconds = 0;
    double milliseconds() const { return static_cast<double>(nanoseconds) / 1e6; }
};

std::vector<Mark> readMarks(const std::filesystem::path& path) {
    std::ifstream file{path};
    std::vector<Mark> marks;
    for (Mark mark; file >> mark.frame >> mark.nanoseconds;) marks.push_back(mark);
    return marks;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// How long a frame lasts; as the rate says where the recording is too short to tell.
double frameLengthOf(const std::vector<Mark>& marks) {
    constexpr std::int64_t apart = 5 * 48000;
    constexpr std::size_t sampled = 400;
    std::vector<double> slopes;
    const auto each = std::max<std::size_t>(1, marks.size() / sampled);
    for (std::size_t from = 0; from < marks.size(); from += each)
        for (std::size_t to = from + each; to < marks.size(); to += each)
            if (const auto frames = marks[to].frame - marks[from].frame; frames >= apart)
                slopes.push_back((marks[to].milliseconds() - marks[from].milliseconds()) / static_cast<double>(frames));
    return slopes.empty() ? 1000 / rate : median(std::move(slopes));
}

}  // namespace

Recording::Recording(const PulseServer& server, std::filesystem::path folder)
    : prefix_{folder / "heard"}, process_{recorderUnit(server, folder)} {
    if (!process_.waitUntil([](const ServiceRecord& r) { return r.ready; }, std::chrono::seconds{20}))
        throw std::runtime_error("pulse_recorder hears nothing");
}

std::optional<double> Recording::lastIndexed() const {
    const auto marks = readMarks(prefix_.string() + ".idx");
    if (marks.empty()) return std::nullopt;
    return static_cast<double>(marks.back().nanoseconds) / 1e6;
}

void Recording::finish(Instant until) {
    const auto wanted = static_cast<double>(epochMilliseconds(until)) + 100;
    if (!waitUntil([&] { return lastIndexed().value_or(0) > wanted; }, std::chrono::seconds{20}))
        throw std::runtime_error("pulse_recorder stopped hearing");
    process_.stop();

    const auto marks = readMarks(prefix_.string() + ".idx");
    frameMilliseconds_ = frameLengthOf(marks);
    std::vector<double> zeros;
    for (const auto& mark : marks)
        zeros.push_back(mark.milliseconds() - static_cast<double>(mark.frame) * frameMilliseconds_);
    zeroMilliseconds_ = median(std::move(zeros));

    std::ifstream file{prefix_.string() + ".s16", std::ios::binary};
    samples_.resize(std::filesystem::file_size(prefix_.string() + ".s16") / 4 * 2);
    file.read(reinterpret_cast<char*>(samples_.data()), static_cast<std::streamsize>(samples_.size() * 2));
}

double Recording::sample(Channel channel, std::int64_t frame) const {
    const auto index = static_cast<std::size_t>(frame) * 2 + (channel == Channel::right ? 1 : 0);
    return index < samples_.size() ? samples_[index] / 32768.0 : 0;
}

/// A sine and the same a quarter of a period later: together they show how loud it is at every single frame.
bool Recording::envelopeAtLeast(Channel channel, std::int64_t frame, double loud) const {
    return std::hypot(sample(channel, frame), sample(channel, frame + quarterPeriod)) >= loud;
}

std::vector<Recording::Sound> Recording::sounds(Channel channel, Milliseconds pause, double loud) const {
    const auto pauseFrames = pause.count() * 48;
    std::vector<Sound> found;
    for (std::int64_t frame = 0; frame < static_cast<std::int64_t>(samples_.size() / 2); ++frame) {
        if (!envelopeAtLeast(channel, frame, loud)) continue;
        if (found.empty() || frame - found.back().to > pauseFrames) found.push_back({frame, frame});
        found.back().to = frame + 1;
    }
    return found;
}

std::int64_t Recording::holes(Channel channel, const Sound& sound) const {
    std::int64_t count = 0;
    for (auto frame = sound.from; frame < sound.to; ++frame)
        count += envelopeAtLeast(channel, frame, quarterOfFullScale) ? 0 : 1;
    return count;
}

double Recording::millisecondsAt(std::int64_t frame) const {
    return zeroMilliseconds_ + static_cast<double>(frame) * frameMilliseconds_;
}

double Recording::peak(Channel channel, Instant from, Instant to) const {
    const auto frameAt = [&](Instant at) {
        return static_cast<std::int64_t>((static_cast<double>(epochMilliseconds(at)) - zeroMilliseconds_) /
                                         frameMilliseconds_);
    };
    double loudest = 0;
    for (auto frame = std::max<std::int64_t>(0, frameAt(from)); frame < frameAt(to); ++frame)
        loudest = std::max(loudest, std::abs(sample(channel, frame)));
    return loudest;
}

}  // namespace loa
