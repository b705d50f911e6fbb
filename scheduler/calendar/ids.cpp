// What may name media, a station, an area or a campaign in a calendar. Pure; any thread. Never knows which of them
// exist.
#include "scheduler/calendar/ids.h"

#include "scheduler/calendar/refusal.h"

namespace loa {
namespace {

constexpr std::size_t mediaDigits = 64;
constexpr std::size_t idLetters = 63;

bool isOwnId(std::string_view text) {
    return !text.empty() && text.size() <= idLetters && text.front() != '-' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::string placeFrom(std::string_view text, int line) {
    const std::string place{text};
    if (!isOwnId(text))
        refuse(line, "bad-target", "Không đọc được nơi phát “" + place + "”. Chọn lại trạm hoặc địa bàn.",
               "The target '" + place + "' cannot be read. Choose the station or area again.");
    return place;
}

}  // namespace

bool isMediaId(std::string_view text) {
    return text.size() == mediaDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

MediaId mediaIdFrom(std::string_view text, int line) {
    if (!isMediaId(text))
        refuse(line, "bad-media", "Mã bản âm thanh phải có 64 chữ số thập lục phân. Gắn lại bản âm thanh.",
               "A media id has 64 hexadecimal digits. Attach the media again.");
    return MediaId{std::string{text}};
}

StationId stationIdFrom(std::string_view text, int line) {
    return StationId{placeFrom(text, line)};
}

AreaId areaIdFrom(std::string_view text, int line) {
    return AreaId{placeFrom(text, line)};
}

CampaignId campaignIdFrom(std::string_view text, int line) {
    const std::string id{text};
    if (!isOwnId(text))
        refuse(line, "bad-campaign", "Không đọc được mã đợt tuyên truyền “" + id + "”. Bỏ dòng này đi.",
               "The campaign '" + id + "' cannot be read. Leave it out.");
    return CampaignId{id};
}

}  // namespace loa
