#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace loa {

/// What is being done, and how many of how many bytes of it are. For people who watch.
using Progress = std::function<void(std::string_view step, std::int64_t done, std::int64_t all)>;

/// The SHA-256 of a regular file; empty when it is none or not there. Throws Error(unavailable) for a disk that fails.
std::string hashOf(const std::filesystem::path& file);

/// Copies a file to a new name, its owner's alone, with the folders for it; the SHA-256 of the copy as the disk gives
/// it back. Empty when the file is none, not there, or cannot be read to its end: what there is of the copy is then to
/// be removed. Throws Error(unavailable) when the copy cannot be written or read.
std::string copyHashed(const std::filesystem::path& from, const std::filesystem::path& to);

/// A new file with that content, on disk when this returns. Throws Error(unavailable).
void writeDurably(const std::filesystem::path& file, std::string_view content);

/// All that was written to the file system of that folder is on disk when this returns. Throws Error(unavailable).
void syncFileSystem(const std::filesystem::path& folder);

/// Throws Error(unavailable, "no-room") unless `bytes` and a little more are free where the folder is.
void requireRoomFor(std::int64_t bytes, const std::filesystem::path& folder);

}  // namespace loa
