// loa-sound: builds everything, owns everything, stops everything. Members are declared in start order.
#include <sys/signalfd.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "player/sound/control.h"
#include "player/sound/gst_start.h"
#include "player/sound/mix_loop.h"
#include "player/sound/options.h"
#include "scheduler/domain/error.h"

namespace {

/// The signals that ask for the end, as a descriptor; blocked in every thread started later.
loa::Descriptor endingSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return loa::Descriptor{signalfd(-1, &signals, SFD_CLOEXEC)};
}

void serve(const loa::SoundOptions& options) {
    const auto signals = endingSignals();
    loa::startGstreamer(options);

    loa::Wake wake;
    loa::SoundListener listener{options.socket.string()};
    const auto recorder = options.record.empty() ? nullptr : std::make_unique<loa::Recorder>(options.record);
    loa::Air air{[&] { wake.call(); }, recorder.get()};
    loa::OutputKeeper keeper{
        options.sink,
        [&](std::int64_t number, std::span<const float> samples, bool late) { air.reached(number, samples, late); },
        [&] { wake.call(); }};
    loa::DecodeQueue decoding{[&] { wake.call(); }};
    loa::ServiceNotice notice;
    const loa::MixLoop loop{air, keeper, decoding, notice};
    loa::Control{listener, wake, air, decoding, keeper, notice}.run(signals.get());
    keeper.stop();  // while the loop still turns: should closing hang, the loop ends the process
}

}  // namespace

int main(int count, char** words) try {
    const std::vector<std::string> arguments{words + 1, words + count};
    const auto options = loa::readOptions(arguments);
    if (options.help)
        std::fputs(loa::helpText, stdout);
    else
        serve(options);
    return 0;
} catch (const loa::Error& fault) {
    std::fprintf(stderr, "loa-sound: %s\nloa-sound: %s\n", fault.words().vi.c_str(), fault.words().en.c_str());
    return fault.fault() == loa::Fault::invalid || fault.fault() == loa::Fault::conflict ? 2 : 1;
} catch (const std::exception& fault) {
    std::fprintf(stderr, "loa-sound: %s\n", fault.what());
    return 1;
}
