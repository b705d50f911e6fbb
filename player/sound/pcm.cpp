// See pcm.h. Filled by the decoding thread, then owned by the mix. Not shared.
#include "player/sound/pcm.h"

#include <algorithm>

namespace loa {

void Pcm::append(std::span<const std::int16_t> frames) {
    while (!frames.empty()) {
        const auto used = static_cast<std::size_t>(size_) % pieceFrames;
        if (used == 0) pieces_.push_back(std::make_unique<Piece>());
        const auto part = frames.first(std::min(frames.size(), pieceFrames - used));
        std::copy(part.begin(), part.end(), pieces_.back()->begin() + static_cast<std::ptrdiff_t>(used));
        size_ += static_cast<std::int64_t>(part.size());
        frames = frames.subspan(part.size());
    }
}

void Pcm::forgetBefore(std::int64_t frame) {
    const auto wanted =
        std::min(static_cast<std::size_t>(std::max<std::int64_t>(frame, 0)) / pieceFrames, pieces_.size());
    for (; forgotten_ < wanted; ++forgotten_) pieces_[forgotten_].reset();
}

}  // namespace loa
