#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loa {

/// One event of a stream of server-sent events (WHATWG HTML, 9.2).
struct StreamEvent {
    std::string name;  ///< "message" where none was given
    std::string data;  ///< its lines, joined by "\n"
    std::string id;    ///< the last one given so far
    bool operator==(const StreamEvent&) const = default;
};

/// Reads a stream of server-sent events, however it was cut into pieces. Comments and fields nobody asks for are
/// skipped. Pure; used inside player/uplink only.
class EventReader {
public:
    /// The events that these bytes complete. Throws Error(tooLarge, "event-too-long") when one is longer than 64 kB.
    std::vector<StreamEvent> add(std::string_view bytes);

private:
    void takeLine(std::vector<StreamEvent>& events);

    std::string line_;
    bool afterReturn_ = false;  ///< the last byte was CR: an LF after it ends no further line
    StreamEvent event_;
    bool hasData_ = false;
};

}  // namespace loa
