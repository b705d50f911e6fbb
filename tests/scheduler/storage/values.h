#pragma once
#include <string>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/manifest.h"

namespace loa::test {

/// An airing with a value in every member, different for each sequence.
inline Airing airing(const std::string& station, std::int64_t sequence, Instant planned) {
    Airing value;
    value.id = {StationId{station}, 4'611'686'018'427'387'904, sequence};
    value.slot = makeSlotId(EventId{"1022@loa"}, planned, value.id.station, 0);
    value.title = "Gọi 1022 để được hướng dẫn";
    value.media = MediaId{std::string(64, 'a')};
    value.revision = 412;
    value.planned = {planned, planned + std::chrono::seconds{40}};
    value.plannedFrames = 1'920'000;
    value.result = AiringResult::partial;
    value.reason = MissReason::restart;
    value.detail = "restart: \"watchdog\", 2nd '$9' attempt";
    value.heard = Interval{planned + Milliseconds{1}, planned + Milliseconds{30'001}};
    value.startErrorMicroseconds = -137 - sequence;
    value.frames = 1'440'000;
    value.level = {-23.4567, -1.5, 0.125};
    value.bootId = "b00t";
    value.sinceBoot = Milliseconds{123'456'789};
    if (sequence % 2 == 0) value.clockTrust = ClockTrust::untrusted;
    value.rebased = sequence % 4 == 0;
    return value;
}

/// When the writer of the kill and power cut tests plans its airings.
inline Instant plannedAt(std::int64_t sequence) {
    return Instant{Milliseconds{1'800'000'000'000} + std::chrono::minutes{sequence}};
}

inline Slot slot(const std::string& station, const std::string& event, Instant start) {
    Slot value;
    value.event = EventId{event};
    value.original = start;
    value.id = makeSlotId(value.event, start, StationId{station}, 0);
    value.title = "Tin " + event;
    value.messageClass = MessageClass::priority;
    value.policy = {StartMode::soft, PreemptPolicy::drop, OverrunPolicy::finishCurrent, LateJoinPolicy::skip,
                    Milliseconds{90'000}};
    value.at = {start, start + std::chrono::seconds{40}};
    value.media = MediaId{std::string(64, 'b')};
    value.bytes = 240'000;
    value.frames = 1'920'000;
    return value;
}

}  // namespace loa::test
