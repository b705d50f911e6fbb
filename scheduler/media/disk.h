#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "scheduler/domain/descriptor.h"
#include "scheduler/domain/error.h"

namespace loa {

/// "The disk of the server cannot take this": unavailable, code "media-disk". To be called right after the failed call:
/// a full disk has words of its own.
Error diskError();

/// Opens a regular file without waiting and without following a link. Closed when it is anything else or not there.
Descriptor openRegular(const std::filesystem::path& path, int flags);

/// Size of a regular file; empty when it is anything else or not there.
std::optional<std::int64_t> regularFileSize(const std::filesystem::path& path);

void writeAllAt(int descriptor, std::string_view bytes, std::int64_t offset);  ///< throws diskError()
/// Throws diskError() when the disk takes no more. Writes into the file, which is of no more use then.
void requireRoom(int descriptor);
void syncFile(int descriptor);                               ///< throws diskError()
void syncDirectory(const std::filesystem::path& directory);  ///< throws diskError()

}  // namespace loa
