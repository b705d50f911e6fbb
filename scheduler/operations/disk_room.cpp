// A disk that cannot be asked is no reason to refuse: writing to it will tell.
#include "scheduler/operations/disk_room.h"

#include "scheduler/domain/error.h"

namespace loa {
namespace {

/// In bytes; what only root may use does not count as free.
std::filesystem::space_info spaceOf(const std::filesystem::path& folder) {
    std::error_code ignored;
    return std::filesystem::space(folder, ignored);
}

}  // namespace

void requireRoomForMedia(const std::filesystem::path& folder) {
    constexpr std::uintmax_t share = 10;
    const auto space = spaceOf(folder);
    if (space.available >= space.capacity / share && space.available >= diskReserveBytes) return;
    throw Error{
        Fault::noRoom,
        "disk-nearly-full",
        {"Ổ đĩa máy chủ còn dưới 10 %, chỗ còn lại dành cho báo cáo của các trạm. Báo quản trị dọn đĩa rồi tải lại.",
         "less than a tenth of the server's disk is free, and that is kept for the stations' reports; ask its "
         "keeper to make room, then upload again"}};
}

void requireRoomForAirings(const std::filesystem::path& folder) {
    if (spaceOf(folder).available >= diskReserveBytes) return;
    throw Error{Fault::unavailable,
                "disk-full",
                {"Ổ đĩa máy chủ đã đầy nên chưa nhận báo cáo. Trạm giữ lại và gửi sau; báo quản trị dọn đĩa.",
                 "the server's disk is full, so the report is not taken; the station keeps it and sends it again"}};
}

}  // namespace loa
