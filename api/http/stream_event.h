#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace loa {

/// One event of a stream (text/event-stream): its parts are one line each.
struct StreamEvent {
    std::int64_t number = 0;  ///< its id, by which who comes back says what they had; 0: none
    std::string name;
    std::string data;
    bool operator==(const StreamEvent&) const = default;
};

/// An answer that goes on when the request is over (event_hub.h): what is posted under the topic from now on, behind
/// what `earlier` gives. It is called once, on the connection's thread, when nothing that is posted can be missed any
/// more; what both have is sent once, by its number.
struct EventBody {
    std::string topic;
    std::function<std::vector<StreamEvent>()> earlier;
};

}  // namespace loa
