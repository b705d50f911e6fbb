// A line at a time; a blank line completes an event. Lines end in LF, CR or both.
#include "player/uplink/event_reader.h"

#include <utility>

#include "scheduler/domain/error.h"

namespace loa {
namespace {

constexpr std::size_t longestEvent = 65'536;

}  // namespace

std::vector<StreamEvent> EventReader::add(std::string_view bytes) {
    std::vector<StreamEvent> events;
    for (const char byte : bytes) {
        const bool second = byte == '\n' && afterReturn_;
        afterReturn_ = byte == '\r';
        if (second) continue;
        if (byte == '\n' || byte == '\r') {
            takeLine(events);
            continue;
        }
        line_ += byte;
        if (line_.size() + event_.data.size() > longestEvent)
            throw Error(Fault::tooLarge, "event-too-long",
                        {"Máy chủ gửi một sự kiện quá dài. Trạm nối lại.", "an event of the stream is too long"});
    }
    return events;
}

void EventReader::takeLine(std::vector<StreamEvent>& events) {
    const auto line = std::exchange(line_, {});
    if (line.empty()) {
        auto event = std::exchange(event_, {});
        event_.id = event.id;
        if (event.name.empty()) event.name = "message";
        if (std::exchange(hasData_, false)) events.push_back(std::move(event));
        return;
    }
    const auto colon = line.find(':');
    const auto field = line.substr(0, colon);
    std::string value = colon == std::string::npos ? "" : line.substr(colon + 1);
    if (value.starts_with(' ')) value.erase(0, 1);
    if (field == "event") event_.name = value;
    if (field == "id") event_.id = value;
    if (field != "data") return;
    if (hasData_) event_.data += '\n';
    event_.data += value;
    hasData_ = true;
}

}  // namespace loa
