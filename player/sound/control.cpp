// The control thread: the socket, the cued items, the service manager's status line. It waits in poll() only, and in a
// send for at most a second. It never opens an output, decodes or mixes; those threads leave word through Wake.
#include "player/sound/control.h"

#include <poll.h>

#include <array>
#include <cstdio>
#include <utility>

#include "player/sound/attention_signal.h"
#include "scheduler/domain/clock.h"
#include "scheduler/domain/error.h"
#include "scheduler/domain/kill_point.h"

namespace loa {
namespace {

using namespace std::chrono_literals;

constexpr int signOfLifeMilliseconds = 1000;
constexpr Milliseconds goodbyeFade = 200ms;
constexpr Nanoseconds goodbyeLimit = 1500ms;

std::string plainWords(const OutputState& output, std::size_t onAir) {
    const auto count = std::to_string(onAir);
    switch (output.state) {
        case OutputState::State::opening:
            return "Đang mở thiết bị âm thanh";
        case OutputState::State::ready:
            return "Thiết bị âm thanh sẵn sàng, đang phát " + count + " bài";
        case OutputState::State::lost:
            return "Mất thiết bị âm thanh, đang thử lại: " + output.detail;
    }
    return {};
}

Ended nothingSounded(ItemId item, const std::string& why) {
    Ended ended;
    ended.item = item;
    ended.cause = Ended::Cause::stopped;
    ended.until = SystemClock{}.now();
    ended.detail = why;
    return ended;
}

}  // namespace

Control::Control(SoundListener& listener, Wake& wake, Air& air, DecodeQueue& decoding, const OutputKeeper& keeper,
                 ServiceNotice& notice)
    : listener_{listener}, wake_{wake}, air_{air}, decoding_{decoding}, keeper_{keeper}, notice_{notice} {}

void Control::run(int signals) {
    while (wait(signals, signOfLifeMilliseconds)) turn();
    notice_.stopping();
    fadeOut();
}

/// False once a signal asked for the end.
bool Control::wait(int signals, int milliseconds) {
    // Before the last player's items have faded, the next one waits in the listener's queue.
    const bool accepting = !player_ && air_.empty();
    std::array waits{pollfd{signals, POLLIN, 0}, pollfd{wake_.descriptor(), POLLIN, 0},
                     pollfd{accepting ? listener_.descriptor() : -1, POLLIN, 0},
                     pollfd{player_ ? player_->descriptor() : -1, POLLIN, 0}};
    poll(waits.data(), waits.size(), milliseconds);
    wake_.clear();
    return waits[0].revents == 0;
}

void Control::turn() {
    tellReports();
    if (!player_ && air_.empty()) acceptPlayer();
    readPlayer();
    answerDecoded();
    tellReports();
    tellOutput();
}

void Control::acceptPlayer() {
    player_ = listener_.accept(0);
    if (player_) toldAt_ = Nanoseconds{0};
}

void Control::readPlayer() {
    try {
        while (player_) {
            auto packet = player_->receive(0);
            if (!packet) return;
            const auto message = toSoundFromPacket(packet->text);
            std::visit([&](const auto& command) { obey(command, std::move(packet->descriptor)); }, message);
        }
    } catch (const Error& fault) {
        dropPlayer(fault.what());
    }
}

void Control::obey(const Cue& cue, Descriptor memory) {
    if (cued_.contains(cue.item) || air_.has(cue.item))
        return tell(Refused{cue.item, Refused::Why::damaged, "this item is cued already"});
    cued_[cue.item] = {decoding_.add(std::move(memory), cue.frames), std::nullopt};
}

void Control::obey(const Start& start, Descriptor) {
    if (air_.has(start.item)) return;
    auto cued = cued_.extract(start.item);
    if (cued && cued.mapped().pcm) return air_.start(start.item, std::move(*cued.mapped().pcm), start.at, start.gainDb);
    tell(nothingSounded(start.item, "it was not cued"));
}

void Control::obey(const StartNow& start, Descriptor) {
    if (air_.has(start.item)) return;
    auto cued = cued_.extract(start.item);
    if (cued && cued.mapped().pcm) return air_.startNow(start.item, std::move(*cued.mapped().pcm));
    tell(nothingSounded(start.item, "it was not cued"));
}

void Control::obey(const StartSignal& start, Descriptor) {
    if (!air_.has(start.item)) air_.startNow(start.item, attentionSignal());
}

void Control::obey(const Stop& stop, Descriptor) {
    if (const auto cued = cued_.extract(stop.item)) {
        decoding_.forget(cued.mapped().ticket);
        return tell(nothingSounded(stop.item, ""));
    }
    air_.stop(stop.item, stop.fade);
}

void Control::answerDecoded() {
    for (auto& [ticket, decoded] : decoding_.takeAnswers()) {
        for (auto cued = cued_.begin(); cued != cued_.end(); ++cued) {
            if (cued->second.ticket != ticket) continue;
            const ItemId item = cued->first;
            if (decoded.pcm) {
                cued->second.pcm = std::move(decoded.pcm);
                killPoint("sound.cued");
                tell(Cued{item});
            } else {
                cued_.erase(cued);
                tell(Refused{item, decoded.why, decoded.detail});
            }
            break;
        }
    }
}

void Control::tellReports() {
    for (const auto& report : air_.takeReports()) tell(report);
}

void Control::tellOutput() {
    const auto output = keeper_.state();
    if (output.state != OutputState::State::opening) notice_.ready();
    notice_.status(plainWords(output, air_.size()));
    const auto now = monotonicNow();
    if (output == told_ && now - toldAt_ < Milliseconds{signOfLifeMilliseconds}) return;
    if (output != told_) std::fprintf(stderr, "loa-sound: output %s\n", toPacket(output).c_str());
    told_ = output;
    toldAt_ = now;
    tell(output);
}

void Control::tell(const FromSound& message) {
    if (!player_) return;
    try {
        player_->send(toPacket(message));
    } catch (const Error& fault) {
        dropPlayer(fault.what());
    }
}

void Control::dropPlayer(const std::string& why) {
    std::fprintf(stderr, "loa-sound: player gone: %s\n", why.c_str());
    player_.reset();
    cued_.clear();
    decoding_.clear();
    air_.stopAll(goodbyeFade, "the player is gone");
}

void Control::fadeOut() {
    air_.stopAll(goodbyeFade, "loa-sound was stopped");
    const auto deadline = monotonicNow() + goodbyeLimit;
    while (!air_.empty() && monotonicNow() < deadline) {
        wait(-1, 20);
        tellReports();
    }
    tellReports();
}

}  // namespace loa
