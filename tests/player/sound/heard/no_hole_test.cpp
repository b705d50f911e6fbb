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

/// What became of an item on air while everything else was cued that there is, good, broken and hanging.
struct Outcome {
    Ended ended;
    std::vector<Recording::Sound> sounds;
    std::int64_t holes = 0;
    bool whole() const { return ended.frames == frames && sounds.size() == 1 && holes == 0; }
};

void cueEverything(SoundCompanion& sound, const std::string& nextMedia) {
    const SilentPipe hanging;
    std::map<ItemId, std::string> cued;
    for (const auto& file : brokenMedia()) {
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
    for (ItemId item = 2; item < 6; ++item) sound.cue(item, nextMedia, minute);
    for (ItemId item = 2; item < 6; ++item) CHECK_NOTHROW(sound.await<Cued>(item));
}

Outcome soundBesideEverything(const std::string& media, const std::string& nextMedia) {
    HeardPlace place;
    SoundCompanion sound{place.folder.path(), place.server.sink()};
    sound.awaitOutput(OutputState::State::ready);
    place.record();
    sound.cueAndWait(1, media, frames);
    sound.send(Start{1, now() + 300ms});
    sound.await<Sounding>(1);
    cueEverything(sound, nextMedia);
    Outcome outcome;
    outcome.ended = sound.await<Ended>(1, 60s);
    place.recording->finish(outcome.ended.until);
    outcome.sounds = place.recording->sounds(Channel::left);
    for (const auto& heard : outcome.sounds) outcome.holes += place.recording->holes(Channel::left, heard);
    return outcome;
}

}  // namespace

TEST_CASE("F10 F94 F95 loa-sound: broken files and an open that hangs, beside an item on air, leave no hole in it") {
    REQUIRE(brokenMedia().size() >= 35);
    const auto media = toneMedia(frames);
    const auto nextMedia = toneMedia(minute);
    // A machine that is short of time makes holes of its own, but not each time; a loop that opens files does.
    Outcome outcome;
    for (int attempt = 0; attempt < 3 && !outcome.whole(); ++attempt) {
        outcome = soundBesideEverything(media, nextMedia);
        MESSAGE(outcome.holes, " frames of holes heard; told: ", outcome.ended.frames, " frames ",
                outcome.ended.detail);
    }
    CHECK(outcome.ended.cause == Ended::Cause::finished);
    CHECK(outcome.ended.frames == frames);
    CHECK(outcome.ended.detail == "");
    CHECK(outcome.ended.level.silentShare == 0);
    REQUIRE(outcome.sounds.size() == 1);
    CHECK(outcome.holes == 0);
    CHECK(outcome.sounds[0].frames() == doctest::Approx(frames).epsilon(0.0005));
}
