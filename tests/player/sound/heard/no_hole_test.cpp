// What architecture.md, decision 5, wants proved first.
#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <map>
#include <string>

#include "tests/player/sound/heard/heard.h"
#include "tests/support/broken_media.h"

using namespace loa;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t frames = 48000 * 20;
constexpr std::int64_t minute = 48000 * 60;

/// Pipes that nobody writes to: whoever reads from one waits for ever.
struct SilentPipe {
    Descriptor reading;
    Descriptor writing;
    SilentPipe() {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0) throw std::runtime_error("pipe");
        reading = Descriptor{ends[0]};
        writing = Descriptor{ends[1]};
    }
};

}  // namespace

TEST_CASE("F10 F94 F95 loa-sound: broken files and an open that hangs, beside an item on air, leave no hole in it") {
    const auto& broken = brokenMedia();
    REQUIRE(broken.size() >= 35);
    const auto media = toneMedia(frames);
    const auto minuteMedia = toneMedia(minute);
    HeardPlace place;
    SoundCompanion sound{place.folder.path(), place.server.sink()};
    sound.awaitOutput(OutputState::State::ready);
    place.record();
    sound.cueAndWait(1, media, frames);
    sound.send(Start{1, now() + 300ms});
    sound.await<Sounding>(1);

    const SilentPipe hanging;
    std::map<ItemId, std::string> cued;
    for (const auto& file : broken) {
        const auto item = 100 + static_cast<ItemId>(cued.size());
        sound.cue(item, file.bytes, 96000);
        cued[item] = file.name;
        if (cued.size() % 10 != 9) continue;
        sound.cue(item + 1, hanging.reading, 96000);
        cued[item + 1] = "a pipe nobody writes to";
    }
    for (const auto& [item, name] : cued) {
        CAPTURE(name);
        CHECK_FALSE(sound.await<Refused>(item).detail.empty());
    }

    // And what takes long because it is good: the next items.
    for (ItemId item = 2; item < 6; ++item) sound.cue(item, minuteMedia, minute);
    for (ItemId item = 2; item < 6; ++item) CHECK_NOTHROW(sound.await<Cued>(item));

    const auto ended = sound.await<Ended>(1, 60s);
    CHECK(ended.cause == Ended::Cause::finished);
    CHECK(ended.frames == frames);
    CHECK(ended.detail == "");
    CHECK(ended.level.silentShare == 0);
    place.recording->finish(ended.until);
    const auto sounds = place.recording->sounds(Channel::left);
    REQUIRE(sounds.size() == 1);
    CHECK(place.recording->holes(Channel::left, sounds[0]) == 0);
    CHECK(sounds[0].frames() == doctest::Approx(frames).epsilon(0.0005));
}
