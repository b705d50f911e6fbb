#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace loa {

/// One item decoded to RAM: mono, 16 bit, 48 kHz. Held in pieces of about a second, so that a long item gives its
/// memory back as it sounds: half an hour is 173 MB. Moved, never copied: whoever plays it owns it.
class Pcm {
public:
    void append(std::span<const std::int16_t> frames);
    std::int64_t size() const { return size_; }
    /// Only for 0 <= frame < size(), and not for what was forgotten.
    float at(std::int64_t frame) const {
        const auto index = static_cast<std::size_t>(frame);
        return static_cast<float>((*pieces_[index / pieceFrames])[index % pieceFrames]) / 32768.0F;
    }
    /// Frees what lies wholly before `frame`. size() stays.
    void forgetBefore(std::int64_t frame);

private:
    static constexpr std::size_t pieceFrames = 65536;
    using Piece = std::array<std::int16_t, pieceFrames>;
    std::vector<std::unique_ptr<Piece>> pieces_;
    std::size_t forgotten_ = 0;
    std::int64_t size_ = 0;
};

}  // namespace loa
