#include "player/sound_link.h"

#include <algorithm>
#include <cmath>

#include "scheduler/domain/error.h"

namespace loa {
namespace {

constexpr Milliseconds retryEach{1'000};
constexpr Milliseconds silenceLimit{5'000};  ///< loa-sound promises a word each second
constexpr Milliseconds secondLook{1'000};    ///< after a time in which both stood still, loa-sound gets to speak first
constexpr double digitalSilence = -120;

/// Minus infinity is what silence is, but not what JSON can carry on to the office.
Level finite(Level level) {
    for (double* value : {&level.rmsDbfs, &level.peakDbfs})
        if (!std::isfinite(*value) || *value < digitalSilence) *value = digitalSilence;
    level.silentShare = std::isfinite(level.silentShare) ? std::clamp(level.silentShare, 0.0, 1.0) : 1.0;
    return level;
}

MissReason reasonOf(Refused::Why why) {
    switch (why) {
        case Refused::Why::damaged:
            return MissReason::mediaDamaged;
        case Refused::Why::truncated:
            return MissReason::mediaTruncated;
        case Refused::Why::slow:
            return MissReason::soundLost;
    }
    return MissReason::mediaDamaged;
}

SoundEnded::Cause causeOf(Ended::Cause cause) {
    switch (cause) {
        case Ended::Cause::finished:
            return SoundEnded::Cause::finished;
        case Ended::Cause::stopped:
            return SoundEnded::Cause::stopped;
        case Ended::Cause::outputLost:
            return SoundEnded::Cause::outputLost;
    }
    return SoundEnded::Cause::outputLost;
}

/// A packet of loa-sound as an input of the step.
struct ToInput {
    Input operator()(const OutputState& message) const {
        const bool ready = message.state == OutputState::State::ready;
        return OutputChanged{ready, message.detail.empty() ? "the output is not ready" : message.detail};
    }
    Input operator()(const Cued& message) const { return SoundCued{message.item}; }
    Input operator()(const Refused& message) const {
        return SoundRefused{message.item, reasonOf(message.why), message.detail};
    }
    Input operator()(const Sounding& message) const {
        return SoundBegan{message.item, message.since, message.startErrorMicroseconds};
    }
    Input operator()(const Progress& message) const {
        return SoundProgressed{message.item, message.frames, finite(message.level)};
    }
    Input operator()(const Ended& message) const {
        return SoundEnded{message.item,  causeOf(message.cause), message.frames,
                          message.until, finite(message.level),  message.detail};
    }
};

std::string nameOf(OutputState::State state) {
    switch (state) {
        case OutputState::State::opening:
            return "opening";
        case OutputState::State::ready:
            return "ready";
        case OutputState::State::lost:
            return "lost";
    }
    return "lost";
}

}  // namespace

void SoundLink::drop() {
    socket_.reset();
    deaf_ = false;
    output_ = "absent";
}

void SoundLink::connect(Milliseconds sinceBoot, std::vector<Input>& inputs) {
    if (socket_ || sinceBoot < nextTry_) return;
    nextTry_ = sinceBoot + retryEach;
    try {
        socket_.emplace(SoundSocket::connect(path_));
    } catch (const Error&) {
        return;  // nobody listens yet: the state says so
    }
    heard_ = sinceBoot;
    suspected_.reset();
    output_ = "opening";
    inputs.push_back(SoundUp{});
}

void SoundLink::receive(Milliseconds sinceBoot, std::vector<Input>& inputs) {
    if (!socket_) return;
    try {
        while (const auto packet = socket_->receive(0)) {
            const auto message = fromSoundFromPacket(packet->text);
            heard_ = sinceBoot;
            suspected_.reset();
            if (const auto* state = std::get_if<OutputState>(&message)) output_ = nameOf(state->state);
            inputs.push_back(std::visit(ToInput{}, message));
        }
        if (deaf_)
            throw Error(Fault::unavailable, "sound-deaf", {"loa-sound không nhận lệnh.", "loa-sound takes nothing"});
        if (sinceBoot - heard_ < silenceLimit) return;
        if (!suspected_) suspected_ = sinceBoot;
        if (sinceBoot - *suspected_ < secondLook) return;
        inputs.push_back(SoundDown{"loa-sound has said nothing for 5 s"});
    } catch (const Error& error) {
        inputs.push_back(SoundDown{error.what()});
    }
    drop();
}

std::vector<Input> SoundLink::turn(Milliseconds sinceBoot) {
    std::vector<Input> inputs;
    connect(sinceBoot, inputs);
    receive(sinceBoot, inputs);
    return inputs;
}

void SoundLink::send(const ToSound& message, int descriptorToPass) {
    if (!socket_ || deaf_) return;
    try {
        socket_->send(toPacket(message), descriptorToPass);
    } catch (const Error&) {
        deaf_ = true;  // what it said before is still to be read
    }
}

}  // namespace loa
