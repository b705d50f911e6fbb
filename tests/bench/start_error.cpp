// start-error: two stations (loa-sound, left and right) and Liquidsoap sound the same tone at the same whole seconds,
// each to a null sink that keeps real time, recorded by processes of their own; once on an idle machine, once with both
// cores loaded. Error is when the tone was heard minus when it was planned. All players have the same priority, that of
// our units, so that the load meets them alike. A start that nobody heard counts as one gap off. Main thread only.
#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "scheduler/domain/clock.h"
#include "tests/bench/result.h"
#include "tests/support/pulse_server.h"
#include "tests/support/recording.h"
#include "tests/support/sound_companion.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tone_media.h"
#include "tests/support/undisturbed.h"
#include "tests/support/wait_until.h"

using namespace loa;
using namespace std::chrono_literals;

namespace {

constexpr int starts = 30;
constexpr Milliseconds gap{2000};
constexpr Milliseconds lead{20000};  // Liquidsoap takes about ten seconds before it sounds
constexpr std::int64_t toneFrames = 9600;
constexpr double missing = 2000;  // ms: a gap

volatile std::sig_atomic_t interrupted = 0;

/// Ended by an exception, so that everything that was started is stopped: it lives in sessions of its own.
void endIfInterrupted() {
    if (interrupted) throw std::runtime_error("interrupted");
}

using Errors = std::vector<double>;  // milliseconds, one for each start, in order

Instant now() {
    return SystemClock{}.now();
}

Instant startOf(Instant first, int index) {
    return first + index * gap;
}

std::string onlyOn(Channel channel) {
    const std::string matrix = channel == Channel::left ? "<(float)1.0>,<(float)0.0>" : "<(float)0.0>,<(float)1.0>";
    return "audioconvert mix-matrix=<" + matrix + "> ! audio/x-raw,channels=2 ! ";
}

/// Liquidsoap with the same starts. Its buffer at the sound server is kept short: it does not allow for what is in it.
ServiceUnit liquidsoap(const PulseServer& server, const std::filesystem::path& tone, Instant first) {
    const std::filesystem::path source{std::getenv("LOA_SOURCE_DIR")};
    ServiceUnit unit;
    unit.command = undisturbed({"liquidsoap", source / "tests/bench/start_error.liq"});
    unit.environment = {"PULSE_SERVER=" + server.address(),
                        "PULSE_LATENCY_MSEC=40",
                        "TONE=" + tone.string(),
                        "FIRST=" + std::to_string(epochMilliseconds(first) / 1000),
                        "GAP=" + std::to_string(gap.count() / 1000),
                        "COUNT=" + std::to_string(starts)};
    unit.output = tone.parent_path() / "liquidsoap.log";
    unit.restart = false;
    return unit;
}

ServiceUnit load(const std::filesystem::path& folder) {
    ServiceUnit unit;
    unit.command = {"stress-ng", "--cpu", "4", "--quiet", "--temp-path", folder};
    unit.restart = false;
    return unit;
}

/// Both stations sound each start, as a player would have them: cued a while ahead, one after the other.
void soundAll(std::vector<SoundCompanion*> stations, const std::string& media, Instant first) {
    for (int index = 0; index < starts; ++index) {
        endIfInterrupted();
        for (auto* station : stations) station->cueAndWait(index + 1, media, toneFrames);
        for (auto* station : stations) station->send(Start{index + 1, startOf(first, index)});
        if (index == 0) continue;
        for (auto* station : stations) station->await<Ended>(index, std::chrono::seconds{60});
    }
    for (auto* station : stations) station->await<Ended>(starts);
}

/// For each start the first sound that began less than half a gap from it.
Errors errorsOf(const Recording& recording, Channel channel, Instant first) {
    const auto sounds = recording.sounds(channel);
    Errors errors;
    for (int index = 0; index < starts; ++index) {
        const auto planned = static_cast<double>(epochMilliseconds(startOf(first, index)));
        const auto found = std::find_if(sounds.begin(), sounds.end(), [&](const Recording::Sound& sound) {
            return std::abs(recording.millisecondsAt(sound.from) - planned) < missing / 2;
        });
        errors.push_back(found == sounds.end() ? missing : recording.millisecondsAt(found->from) - planned);
    }
    return errors;
}

Errors absolute(Errors errors) {
    for (auto& error : errors) error = std::abs(error);
    std::sort(errors.begin(), errors.end());
    return errors;
}

double median(const Errors& errors) {
    const auto sorted = absolute(errors);
    return (sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2]) / 2;
}

double worst(const Errors& errors) {
    return absolute(errors).back();
}

Errors between(const Errors& left, const Errors& right) {
    Errors apart;
    for (std::size_t index = 0; index < left.size(); ++index) {
        const bool heardBoth = left[index] != missing && right[index] != missing;
        apart.push_back(heardBoth ? right[index] - left[index] : missing);
    }
    return apart;
}

/// A peer that sounded nothing is no peer.
void mustHaveSounded(const Errors& peer, const std::filesystem::path& log) {
    if (std::count(peer.begin(), peer.end(), missing) <= starts / 2) return;
    std::ifstream file{log};
    const std::string said{std::istreambuf_iterator<char>{file}, {}};
    throw std::runtime_error("Liquidsoap sounded less than half of its starts; it said:\n" +
                             said.substr(said.size() - std::min<std::size_t>(said.size(), 2000)));
}

/// For whoever looks into a figure that falls short: which start it was, and whose.
void tellWorst(const Errors& left, const Errors& right) {
    const auto larger = [&](std::size_t index) { return std::max(std::abs(left[index]), std::abs(right[index])); };
    std::size_t found = 0;
    for (std::size_t index = 1; index < left.size(); ++index)
        if (larger(index) > larger(found)) found = index;
    std::clog << "start-error: worst at start " << found + 1 << ": left " << left[found] << " ms, right "
              << right[found] << " ms" << std::endl;
}

void report(const std::string& when, const Errors& left, const Errors& right, const Errors& peer) {
    // A station is as good as the worse of the two.
    const double ours = std::max(median(left), median(right));
    const double oursWorst = std::max(worst(left), worst(right));
    const double apart = worst(between(left, right));
    bench::print({"start error " + when + ", median", ours, median(peer), "Liquidsoap", "ms", "<= 2 ms, ratio <= 0.1",
                  ours <= 2 && ours <= median(peer) / 10});
    bench::print(
        {"start error " + when + ", worst", oursWorst, worst(peer), "Liquidsoap", "ms", "<= 20 ms", oursWorst <= 20});
    tellWorst(left, right);
    bench::print({"two stations " + when + ", worst", apart, 1, "limit", "ms", "<= 1 ms", apart <= 1});
}

void measure(const std::string& when, bool loaded) {
    std::clog << "start-error: " << starts << " starts, " << when << ", takes "
              << std::chrono::duration_cast<std::chrono::seconds>(lead + starts * gap).count() << " s" << std::endl;
    const test::TemporaryDirectory folder;
    const auto tone = folder.path() / "tone.opus";
    const auto media = toneMedia(toneFrames);
    std::ofstream{tone, std::ios::binary} << media;

    const PulseServer ourServer{folder.path() / "ours"};
    const PulseServer peerServer{folder.path() / "peer"};
    const auto first = std::chrono::ceil<std::chrono::seconds>(now() + lead);
    ServiceManager peer{liquidsoap(peerServer, tone, first)};
    SoundCompanion left{folder.path() / "left", onlyOn(Channel::left) + ourServer.sink()};
    SoundCompanion right{folder.path() / "right", onlyOn(Channel::right) + ourServer.sink()};
    for (auto* station : {&left, &right}) station->awaitOutput(OutputState::State::ready);
    Recording ourRecording{ourServer, folder.path() / "ours"};
    Recording peerRecording{peerServer, folder.path() / "peer"};

    waitUntil([&] { return interrupted || now() >= first - 5s; }, std::chrono::seconds{60});
    std::unique_ptr<ServiceManager> burden;
    if (loaded) burden = std::make_unique<ServiceManager>(load(folder.path()));
    soundAll({&left, &right}, media, first);
    const auto last = startOf(first, starts);
    ourRecording.finish(last);
    peerRecording.finish(last);
    const auto peerErrors = errorsOf(peerRecording, Channel::left, first);
    mustHaveSounded(peerErrors, folder.path() / "liquidsoap.log");
    report(when, errorsOf(ourRecording, Channel::left, first), errorsOf(ourRecording, Channel::right, first),
           peerErrors);
}

}  // namespace

int main() {
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { interrupted = 1; });
    try {
        measure("idle", false);
        measure("loaded", true);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "start-error: " << error.what() << '\n';
        return 1;
    }
}
