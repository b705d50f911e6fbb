#pragma once
#include <filesystem>

#include "player/wire/sound_socket.h"
#include "scheduler/domain/id.h"

namespace loa {

/// A sealed copy in memory of the file, whose bytes are those `media` names: what was checked is what is decoded,
/// whatever happens to the file. Throws Error(invalid, "media-wrong-hash") when they are others, Error(unavailable)
/// when the file cannot be read.
Descriptor sealedMedia(const std::filesystem::path& file, const MediaId& media);

}  // namespace loa
