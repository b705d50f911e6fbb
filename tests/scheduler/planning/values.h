#pragma once
#include <string>
#include <vector>

#include "scheduler/domain/assignment.h"
#include "scheduler/domain/published_slot.h"
#include "scheduler/domain/station.h"

namespace loa::test {

using namespace std::chrono_literals;

/// 1 March 2027 in Vietnam: "05:00" there is 22:00 UTC of the day before.
inline Instant at(int hour, int minute = 0, int second = 0) {
    const auto midnight = std::chrono::sys_days{std::chrono::year{2027} / 3 / 1} - 7h;
    return Instant{midnight} + std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second};
}

inline Day dayInVietnam(Instant instant, const std::string&) {
    return Day{std::chrono::floor<std::chrono::days>(instant + 7h)};
}

inline std::string timeInVietnam(Instant instant, const std::string&) {
    return formatInstant(instant + 7h).substr(11, 5);
}

inline MediaItem media(const std::string& id, Milliseconds length) {
    MediaItem item;
    item.id = MediaId{id};
    item.title = "bản " + id;
    item.bytes = 1000;
    item.frames = length.count() * frameRate / 1000;
    return item;
}

inline Station station(const std::string& id, const std::string& area = "tan-hue") {
    return {StationId{id}, "Trạm " + id, AreaId{area}, "Asia/Ho_Chi_Minh", std::nullopt, std::nullopt};
}

inline Occurrence occurrence(const std::string& event, Instant start, Milliseconds length = 0ms) {
    return {EventId{event}, start, {start, start + length}, event, Source{MediaSource{MediaId{"m1"}}}};
}

inline Assignment assignment(const std::string& event, Instant start, Milliseconds mediaLength,
                             MessageClass messageClass = MessageClass::normal) {
    return {occurrence(event, start), StationId{"s1"}, messageClass, AirPolicy{}, media("m-" + event, mediaLength)};
}

}  // namespace loa::test
