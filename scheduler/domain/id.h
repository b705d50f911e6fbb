#pragma once
#include <compare>
#include <string>
#include <utility>

namespace loa {

/// A text identifier that cannot be mistaken for another kind's: a station id is not an event id.
template <class Tag>
class Id {
public:
    Id() = default;
    explicit Id(std::string text) : text_{std::move(text)} {}
    const std::string& text() const noexcept { return text_; }
    auto operator<=>(const Id&) const = default;

private:
    std::string text_;
};

using AreaId = Id<struct AreaTag>;
using StationId = Id<struct StationTag>;
using CampaignId = Id<struct CampaignTag>;
using EventId = Id<struct EventTag>;  ///< the UID of the VEVENT (RFC 5545 3.8.4.7)
using MediaId = Id<struct MediaTag>;  ///< SHA-256 of the canonical file, 64 lower-case hex digits
using SlotId = Id<struct SlotTag>;    ///< see makeSlotId in manifest.h: survives revisions
using TokenId = Id<struct TokenTag>;
using UploadId = Id<struct UploadTag>;

}  // namespace loa
