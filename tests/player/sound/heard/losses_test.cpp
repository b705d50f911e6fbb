// What is lost on the way is neither heard nor reported; what comes back comes back where it belongs.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>

#include "scheduler/domain/error.h"
#include "tests/player/sound/heard/heard.h"
#include "tests/support/wait_until.h"

using namespace loa;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t sixSeconds = 48000 * 6;

double milliseconds(Instant at) {
    return static_cast<double>(epochMilliseconds(at));
}

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) files.push_back(entry.path());
    return files;
}

}  // namespace

TEST_CASE("loa-sound: killed in the middle, the next process joins where the item should be") {
    HeardPlace place;
    SoundCompanion sound{place.folder.path(), place.server.sink()};
    sound.awaitOutput(OutputState::State::ready);
    place.record();
    const auto media = toneMedia(sixSeconds);
    sound.cueAndWait(1, media, sixSeconds);
    const auto at = now() + 300ms;
    sound.send(Start{1, at});
    const auto progress = sound.await<Progress>(1);
    CHECK(progress.frames >= 48000);

    sound.process().signal(SIGKILL);
    CHECK_THROWS_AS(sound.await<Ended>(1), Error);
    sound.connect();
    sound.awaitOutput(OutputState::State::ready);
    sound.cueAndWait(2, media, sixSeconds);
    sound.send(Start{2, at});
    const auto sounding = sound.await<Sounding>(2);
    const auto ended = sound.await<Ended>(2);
    CHECK(ended.frames == sixSeconds - sounding.offsetFrames);
    place.recording->finish(ended.until);

    const auto heard = place.recording->sounds(Channel::left, Milliseconds{100});
    REQUIRE(heard.size() == 2);
    CHECK(heard[0].frames() >= progress.frames - 480);
    constexpr std::int64_t rise = 48000 / 5;  // it joins in the middle, rising from nothing
    CHECK(heard[1].frames() <= ended.frames * 101 / 100);
    CHECK(heard[1].frames() >= ended.frames * 99 / 100 - rise);
    CHECK(std::abs(place.recording->millisecondsAt(heard[1].to) - milliseconds(at + 6s)) < 30);
}

TEST_CASE("loa-sound: the sound server killed and back, the item rejoins by wall time and tells only what sounded") {
    HeardPlace place;
    SoundCompanion sound{place.folder.path(), place.server.sink()};
    sound.awaitOutput(OutputState::State::ready);
    constexpr std::int64_t length = 48000 * 8;
    sound.cueAndWait(1, toneMedia(length), length);
    const auto at = now() + 300ms;
    sound.send(Start{1, at});
    const auto progress = sound.await<Progress>(1);

    const auto killed = now();
    place.server.kill();
    sound.awaitOutput(OutputState::State::lost);
    place.server.start();
    sound.awaitOutput(OutputState::State::ready);
    place.record();  // what sounds from here on; it may miss the first of it
    const auto ended = sound.await<Ended>(1);
    place.recording->finish(ended.until);

    CHECK(ended.cause == Ended::Cause::outputLost);
    const auto heard = place.recording->sounds(Channel::left);
    REQUIRE(heard.size() == 1);
    CHECK(std::abs(place.recording->millisecondsAt(heard[0].to) - milliseconds(at + 8s)) < 30);
    const auto before = (killed - at).count() * 48;
    CHECK(ended.frames >= progress.frames + heard[0].frames() - 4800);
    CHECK(ended.frames <= before + heard[0].frames() + 48000);  // the recorder takes less than a second to start
    CHECK(ended.frames < length - 4800);
}

TEST_CASE("loa-sound: held up for longer than its buffer lasts, it tells no more than was heard") {
    HeardPlace place;
    SoundCompanion sound{place.folder.path(), place.server.sink()};
    sound.awaitOutput(OutputState::State::ready);
    place.record();
    sound.cueAndWait(1, toneMedia(sixSeconds), sixSeconds);
    sound.send(Start{1, now() + 300ms});
    for (int hold = 0; hold < 3; ++hold) {
        sound.await<Progress>(1);
        sound.process().signal(SIGSTOP);
        const auto until = now() + 350ms;
        waitUntil([&] { return now() > until; }, 5s);
        sound.process().signal(SIGCONT);
    }
    const auto ended = sound.await<Ended>(1);
    place.recording->finish(ended.until);
    std::int64_t heard = 0;
    for (const auto& part : place.recording->sounds(Channel::left))
        heard += part.frames() - place.recording->holes(Channel::left, part);
    MESSAGE("heard ", heard, " frames, told ", ended.frames);
    CHECK(heard < sixSeconds - 3 * 4800);
    CHECK(ended.frames <= heard + 480);
    CHECK(ended.frames >= heard - 3 * 9600);
}

TEST_CASE("loa-sound: a sound server that hangs cannot keep it: it ends, is started anew, and tries again") {
    HeardPlace place;
    SoundCompanion sound{place.folder.path(), place.server.sink()};
    sound.awaitOutput(OutputState::State::ready);
    place.server.freeze();
    sound.awaitOutput(OutputState::State::lost);
    const auto ended = [](const ServiceRecord& record) { return !record.endings.empty() && record.running; };
    REQUIRE(sound.process().waitUntil(ended, 30s));
    const int status = sound.process().record().endings.front();
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 70);
}

TEST_CASE("loa-sound: with no sound server all along, an item ends with nothing sounded") {
    test::TemporaryDirectory folder;
    SoundCompanion sound{folder.path(), "pulsesink server=unix:/nonexistent"};
    sound.awaitOutput(OutputState::State::lost);
    sound.cueAndWait(1, toneMedia(24000), 24000);
    sound.send(Start{1, now()});
    const auto ended = sound.await<Ended>(1);
    CHECK(ended.cause == Ended::Cause::outputLost);
    CHECK(ended.frames == 0);
}

TEST_CASE("loa-sound: muted at the stream or turned down before it, an item is told as silent") {
    HeardPlace place;
    SoundCompanion muted{place.folder.path() / "muted", place.server.sink("mute=true")};
    SoundCompanion down{place.folder.path() / "down", "volume volume=0.0001 ! " + place.server.sink()};
    SoundCompanion loud{place.folder.path() / "loud", place.server.sink()};
    const auto media = toneMedia(48000);
    for (auto* sound : {&muted, &down, &loud}) {
        sound->awaitOutput(OutputState::State::ready);
        sound->cueAndWait(1, media, 48000);
        sound->send(Start{1, now() + 500ms});
    }
    for (auto* sound : {&muted, &down}) {
        const auto ended = sound->await<Ended>(1);
        CHECK(ended.frames == 48000);
        CHECK(ended.level.silentShare == 1);
        CHECK(ended.level.rmsDbfs < -80);
    }
    const auto level = loud.await<Ended>(1).level;
    CHECK(level.silentShare == 0);
    CHECK(level.rmsDbfs == doctest::Approx(-6.1).epsilon(0.05));
}

TEST_CASE("loa-sound: when the player is gone everything fades, and the next player finds it empty") {
    HeardPlace place;
    SoundCompanion sound{place.folder.path(), place.server.sink()};
    sound.awaitOutput(OutputState::State::ready);
    place.record();
    const auto media = toneMedia(sixSeconds);
    sound.cueAndWait(1, media, sixSeconds);
    sound.send(Start{1, now() + 200ms});
    sound.await<Progress>(1);
    const auto closed = now();
    sound.disconnect();
    sound.connect();
    sound.cueAndWait(1, media, sixSeconds);  // the same number: nothing of it is remembered
    place.recording->finish(now() + 500ms);
    const auto heard = place.recording->sounds(Channel::left);
    REQUIRE(heard.size() == 1);
    const double silentAfter = place.recording->millisecondsAt(heard[0].to) - milliseconds(closed);
    CHECK(silentAfter > 50);
    CHECK(silentAfter < 700);
    CHECK(place.recording->peak(Channel::left, closed + 700ms, now()) == 0);
}

TEST_CASE("loa-sound: asked to end, it fades, tells what sounded and goes") {
    test::TemporaryDirectory folder;
    std::filesystem::create_directory(folder.path() / "kept");
    SoundCompanion sound{folder.path(), "fakesink sync=true", {"--record", folder.path() / "kept"}};
    sound.awaitOutput(OutputState::State::ready);
    sound.cueAndWait(5, toneMedia(sixSeconds), sixSeconds);
    sound.send(Start{5, now() + 200ms});
    sound.await<Progress>(5);
    sound.process().signal(SIGTERM);
    const auto ended = sound.await<Ended>(5);
    CHECK(ended.cause == Ended::Cause::stopped);
    CHECK(ended.detail == "loa-sound was stopped");
    CHECK(ended.frames < sixSeconds);
    CHECK(sound.process().waitUntil([](const ServiceRecord& r) { return r.endings == std::vector<int>{0}; }, 10s));
    const auto files = filesIn(folder.path() / "kept");
    REQUIRE(files.size() == 1);
    CHECK(files[0].filename().string().ends_with("Z-5.wav"));
    CHECK(std::filesystem::file_size(files[0]) ==
          doctest::Approx(static_cast<double>(44 + 2 * ended.frames)).epsilon(0.001));
}

TEST_CASE("loa-sound: a stop before decoding is done, and a start of what was never cued, are answered") {
    test::TemporaryDirectory folder;
    SoundCompanion sound{folder.path(), "fakesink sync=true"};
    sound.cue(1, toneMedia(sixSeconds), sixSeconds);
    sound.send(Stop{1, 200ms});
    CHECK(sound.await<Ended>(1).frames == 0);
    sound.send(Start{2, now()});
    const auto ended = sound.await<Ended>(2);
    CHECK(ended.frames == 0);
    CHECK(ended.detail == "it was not cued");
    sound.cueAndWait(1, toneMedia(4800), 4800);  // the number is free again
}
