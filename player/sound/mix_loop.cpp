// The mixing loop. Paced by the sink while there is an output, by 10 ms of waiting while there is none. It never opens,
// closes, decodes or talks; what it locks is held by others for microseconds.
#include "player/sound/mix_loop.h"

#include <cstdio>
#include <cstdlib>

namespace loa {

MixLoop::MixLoop(Air& air, const OutputKeeper& keeper, const DecodeQueue& decoding, ServiceNotice& notice)
    : air_{air}, keeper_{keeper}, decoding_{decoding}, notice_{notice}, thread_{[this] { run(); }} {}

MixLoop::~MixLoop() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    stop_.notify_one();
    thread_.join();
}

void MixLoop::run() {
    for (;;) {
        {
            const std::scoped_lock lock{mutex_};
            if (stopping_) return;
        }
        turn();
        notice_.alive(std::chrono::duration_cast<Milliseconds>(monotonicNow()));
        endIfHanging();
    }
}

void MixLoop::turn() {
    if (auto output = keeper_.current(); output != output_) {
        air_.outputLost();
        output_ = std::move(output);
    }
    if (!output_) return idle();
    fill(*output_);
}

void MixLoop::fill(Output& output) {
    Block block{};
    const bool ready = output.readClocks();
    if (ready) {
        const auto zero = output.zero();
        air_.mix(block, output.nextBlock(), zero + lengthOf(output.nextBlock() * blockFrames));
        air_.passed(output.passed(), zero);
    } else {
        air_.withoutOutput(wall_.now());
    }
    // A lost output stays current until the keeper has seen it; there is nothing to hurry for then.
    if (!output.push(block)) idle();
}

void MixLoop::idle() {
    air_.outputLost();
    air_.withoutOutput(wall_.now());
    std::unique_lock lock{mutex_};
    stop_.wait_for(lock, lengthOf(blockFrames), [this] { return stopping_; });
}

void MixLoop::endIfHanging() const {
    if (!keeper_.hangs() && !(decoding_.hangs() && air_.empty())) return;
    std::fputs("loa-sound: a call into the sound system hangs; ending, to be started anew\n", stderr);
    std::_Exit(70);
}

}  // namespace loa
