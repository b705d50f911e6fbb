#pragma once
#include <optional>

#include "scheduler/domain/event.h"

namespace loa {

// A source lies in a column of its own kind: media today; a relay gets its column beside it. For use inside storage
// only.

inline std::optional<MediaId> mediaOf(const std::optional<Source>& source) {
    if (!source) return std::nullopt;
    return std::get<MediaSource>(*source).media;
}

inline std::optional<Source> sourceOf(const std::optional<MediaId>& media) {
    if (!media) return std::nullopt;
    return Source{MediaSource{*media}};
}

}  // namespace loa
