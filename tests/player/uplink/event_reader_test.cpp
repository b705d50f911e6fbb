#include "player/uplink/event_reader.h"

#include <doctest/doctest.h>

#include "scheduler/domain/error.h"

using namespace loa;

namespace {

using Events = std::vector<StreamEvent>;

Events read(EventReader& reader, std::initializer_list<std::string_view> pieces) {
    Events events;
    for (const auto piece : pieces)
        for (auto& event : reader.add(piece)) events.push_back(std::move(event));
    return events;
}

std::string withLineEnds(std::string text, std::string_view end) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += end.size())
        text.replace(at, 1, end);
    return text;
}

}  // namespace

TEST_CASE("event reader: the same events wherever the stream is cut, and however its lines end") {
    const std::string stream =
        ": a comment\n\nid: 7\nevent: order\ndata: {\"kind\": \"order\"}\n\n:\nevent:plan\ndata:12\n\n"
        "retry: 10\ndata: one\ndata:  two\ndata\n\nevent: nothing\n\nid: 9\ndata: ước\n\n";
    const Events all{{"order", "{\"kind\": \"order\"}", "7"},
                     {"plan", "12", "7"},
                     {"message", "one\n two\n", "7"},
                     {"message", "ước", "9"}};
    for (const std::string_view end : {"\n", "\r\n", "\r"}) {
        const auto text = withLineEnds(stream, end);
        CAPTURE(text.size());
        for (std::size_t cut = 0; cut <= text.size(); ++cut) {
            CAPTURE(cut);
            EventReader reader;
            CHECK(read(reader, {std::string_view{text}.substr(0, cut), std::string_view{text}.substr(cut)}) == all);
        }
        EventReader reader;
        Events events;
        for (const char byte : text)
            for (auto& event : reader.add({&byte, 1})) events.push_back(std::move(event));
        CHECK(events == all);
    }
}

TEST_CASE("event reader: an event that was not ended is none, and one without an end is refused in good time") {
    EventReader reader;
    CHECK(read(reader, {"event: order\ndata: x\n"}).empty());
    EventReader endless;
    CHECK_THROWS_AS(read(endless, {"data: ", std::string(70'000, 'x')}), Error);
    EventReader many;
    CHECK_THROWS_AS(for (int i = 0; i < 20; ++i) read(many, {"data: ", std::string(10'000, 'x'), "\n"}), Error);
}
