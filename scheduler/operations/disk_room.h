#pragma once
#include <cstdint>
#include <filesystem>

namespace loa {

/// What stays free of the disk whatever comes in: as much as the database's log may hold, so that what was committed
/// always finds its place in the database.
constexpr std::int64_t diskReserveBytes = 64LL * 1024 * 1024;

/// Throws Error(noRoom, "disk-nearly-full") when less than a tenth of the folder's disk is free, or only the reserve:
/// media can wait, the stations' reports shall not have to.
void requireRoomForMedia(const std::filesystem::path& folder);

/// Throws Error(unavailable, "disk-full") when only the reserve is left.
void requireRoomForAirings(const std::filesystem::path& folder);

}  // namespace loa
