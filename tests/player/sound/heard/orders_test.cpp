// An order over what is on, as another process heard it: the signal at once, the message whole, and then what was on
// where it should be by then.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/player/sound/heard/heard.h"

using namespace loa;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t tenSeconds = 48000 * 10;
constexpr std::int64_t twoSeconds = 48000 * 2;
constexpr double signalLoud = 0.15;  // the signal's tones reach 0.25, what the tests sound 0.7
constexpr double toneLoud = 0.5;

double milliseconds(Instant at) {
    return static_cast<double>(epochMilliseconds(at));
}

}  // namespace

TEST_CASE(
    "loa-sound: an order sounds over what is on: it fades, signal, message, and it is joined where it is by then") {
    HeardPlace place;
    SoundCompanion sound{place.folder.path(), place.server.sink()};
    sound.awaitOutput(OutputState::State::ready);
    const auto plan = toneMedia(tenSeconds);
    sound.cueAndWait(1, plan, tenSeconds);
    sound.cueAndWait(2, toneMedia(twoSeconds), twoSeconds);
    place.record();
    const auto at = now() + 300ms;
    sound.send(Start{1, at});
    sound.await<Progress>(1);

    const auto told = now();
    sound.send(Stop{1, 200ms});
    sound.send(StartSignal{3});
    const auto signal = sound.await<Sounding>(3);
    CHECK(sound.await<Ended>(1).cause == Ended::Cause::stopped);
    CHECK(sound.await<Ended>(3).frames == twoSeconds);
    sound.send(StartNow{2});
    const auto message = sound.await<Sounding>(2);
    const auto spoken = sound.await<Ended>(2);
    CHECK(spoken.cause == Ended::Cause::finished);
    CHECK(spoken.frames == twoSeconds);
    sound.cueAndWait(4, plan, tenSeconds);
    sound.send(Start{4, at});
    const auto joined = sound.await<Sounding>(4);
    const auto ended = sound.await<Ended>(4);
    place.recording->finish(ended.until);

    CHECK(signal.since - told < 1s);
    MESSAGE("command to signal: ", (signal.since - told).count(), " ms");
    CHECK(joined.offsetFrames > 4 * 48000);
    const auto tones = place.recording->sounds(Channel::left, Milliseconds{200}, toneLoud);
    REQUIRE(tones.size() == 3);  // what was on, the message, what was on again
    CHECK(std::abs(place.recording->millisecondsAt(tones[1].from) - milliseconds(message.since)) < 30);
    CHECK(tones[1].frames() == doctest::Approx(twoSeconds).epsilon(0.01));
    CHECK(std::abs(place.recording->millisecondsAt(tones[2].to) - milliseconds(at + 10s)) < 30);
    const auto afterTone = place.recording->millisecondsAt(tones[0].to);
    CHECK(afterTone < milliseconds(signal.since) + 200);
    const auto loudest = place.recording->peak(Channel::left, signal.since + 300ms, signal.since + 1900ms);
    CHECK(loudest == doctest::Approx(0.25).epsilon(0.1));
    CHECK(loudest > signalLoud);
}
