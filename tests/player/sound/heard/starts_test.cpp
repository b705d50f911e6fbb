// Starts and lengths as another process heard them, against what loa-sound reported.
#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "tests/player/sound/heard/heard.h"

using namespace loa;
using namespace std::chrono_literals;

namespace {

constexpr int starts = 10;
constexpr std::int64_t frames = 48000;
constexpr double toleranceMilliseconds = 30;  // the machine is shared; the bench measures how good it is
/// A channel of its own for each process, so that one recording holds both.
constexpr std::array onlyOn{"audioconvert mix-matrix=<<(float)1.0>,<(float)0.0>> ! audio/x-raw,channels=2 ! ",
                            "audioconvert mix-matrix=<<(float)0.0>,<(float)1.0>> ! audio/x-raw,channels=2 ! "};

double milliseconds(Instant at) {
    return static_cast<double>(epochMilliseconds(at));
}

}  // namespace

TEST_CASE("loa-sound: two stations start and end as reported, where they should, and together") {
    HeardPlace place;
    SoundCompanion left{place.folder.path() / "left", onlyOn[0] + place.server.sink()};
    SoundCompanion right{place.folder.path() / "right", onlyOn[1] + place.server.sink()};
    left.awaitOutput(OutputState::State::ready);
    right.awaitOutput(OutputState::State::ready);
    place.record();

    const auto media = toneMedia(frames);
    const auto first = now() + 1s;
    const auto startOf = [&](ItemId item) { return first + (item - 1) * 1500ms; };
    Ended last;
    for (ItemId item = 1; item <= starts; ++item) {
        for (auto* sound : {&left, &right}) sound->cueAndWait(item, media, frames);
        for (auto* sound : {&left, &right}) sound->send(Start{item, startOf(item)});
        if (item == starts) last = right.await<Ended>(item);
    }
    place.recording->finish(last.until);

    const auto heardLeft = place.recording->sounds(Channel::left);
    const auto heardRight = place.recording->sounds(Channel::right);
    REQUIRE(heardLeft.size() == starts);
    REQUIRE(heardRight.size() == starts);
    for (ItemId item = 1; item <= starts; ++item) {
        CAPTURE(item);
        const auto sounding = left.await<Sounding>(item);
        const auto ended = left.await<Ended>(item);
        const auto& heard = heardLeft[static_cast<std::size_t>(item - 1)];
        const double onset = place.recording->millisecondsAt(heard.from);
        CHECK(std::abs(onset - milliseconds(startOf(item))) < toleranceMilliseconds);
        CHECK(std::abs(onset - milliseconds(sounding.since)) < toleranceMilliseconds);
        CHECK(std::abs(place.recording->millisecondsAt(heard.to) - milliseconds(ended.until)) < toleranceMilliseconds);
        CHECK(std::abs(static_cast<double>(sounding.startErrorMicroseconds)) < toleranceMilliseconds * 1000);
        CHECK(sounding.offsetFrames == 0);
        CHECK(ended.frames == frames);
        CHECK(heard.frames() == doctest::Approx(frames).epsilon(0.005));
        const auto apart = heard.from - heardRight[static_cast<std::size_t>(item - 1)].from;
        CHECK(std::abs(static_cast<double>(apart)) / 48 < toleranceMilliseconds);
        MESSAGE("start ", item, ": ", onset - milliseconds(startOf(item)), " ms off, stations ",
                static_cast<double>(apart) / 48, " ms apart");
    }
}

TEST_CASE("loa-sound: an item cued late joins where it should be by the wall clock") {
    HeardPlace place;
    SoundCompanion sound{place.folder.path(), place.server.sink()};
    sound.awaitOutput(OutputState::State::ready);
    place.record();
    constexpr std::int64_t length = 48000 * 3;
    sound.cueAndWait(1, toneMedia(length), length);
    const auto at = now() - 1s;
    sound.send(Start{1, at});
    const auto sounding = sound.await<Sounding>(1);
    const auto ended = sound.await<Ended>(1);
    CHECK(sounding.offsetFrames > 48000);
    // A block that came too late on a busy machine is not counted, and so few that it still is aired.
    CHECK(ended.frames <= length - sounding.offsetFrames);
    CHECK(ended.frames >= (length - sounding.offsetFrames) * 99 / 100);
    place.recording->finish(ended.until);
    const auto heard = place.recording->sounds(Channel::left);
    REQUIRE(heard.size() == 1);
    CHECK(std::abs(place.recording->millisecondsAt(heard[0].to) - milliseconds(at + 3s)) < toleranceMilliseconds);
}
