// The packets of sound_messages.h as JSON: {"type": "cue", "item": 7, "frames": 480000}. Instants are epoch
// milliseconds. One table each way names the types; reading is strict (fields.h). Pure; any thread.
#include "player/wire/sound_messages.h"

#include <array>
#include <utility>

#include "player/wire/fields.h"

namespace loa {
namespace {

using nlohmann::json;

constexpr int quietestGainDb = -120;

template <class Value>
using Table = std::pair<Value, std::string_view>;

constexpr std::array outputStates{
    Table<OutputState::State>{OutputState::State::opening, "opening"},
    Table<OutputState::State>{OutputState::State::ready, "ready"},
    Table<OutputState::State>{OutputState::State::lost, "lost"},
};
constexpr std::array refusals{
    Table<Refused::Why>{Refused::Why::damaged, "damaged"},
    Table<Refused::Why>{Refused::Why::truncated, "truncated"},
    Table<Refused::Why>{Refused::Why::slow, "slow"},
};
constexpr std::array causes{
    Table<Ended::Cause>{Ended::Cause::finished, "finished"},
    Table<Ended::Cause>{Ended::Cause::stopped, "stopped"},
    Table<Ended::Cause>{Ended::Cause::outputLost, "outputLost"},
};

template <class Words, class Value>
std::string_view wordOf(const Words& words, Value value) {
    for (const auto& [entry, word] : words)
        if (entry == value) return word;
    return {};
}

template <class Words>
auto valueOf(const Words& words, const std::string& text) {
    for (const auto& [entry, word] : words)
        if (word == text) return entry;
    Fields::refuse("unknown word: " + text);
}

json toJson(const Level& level) {
    return {{"rms", level.rmsDbfs}, {"peak", level.peakDbfs}, {"silentShare", level.silentShare}};
}

Level levelFrom(Fields fields) {
    const Level level{fields.number("rms"), fields.number("peak"), fields.number("silentShare")};
    fields.noMore();
    return level;
}

json toJson(const Cue& m) {
    return {{"type", "cue"}, {"item", m.item}, {"frames", m.frames}};
}
json toJson(const Start& m) {
    return {{"type", "start"}, {"item", m.item}, {"at", epochMilliseconds(m.at)}, {"gain", m.gainDb}};
}
json toJson(const StartNow& m) {
    return {{"type", "startNow"}, {"item", m.item}};
}
json toJson(const StartSignal& m) {
    return {{"type", "startSignal"}, {"item", m.item}};
}
json toJson(const Stop& m) {
    return {{"type", "stop"}, {"item", m.item}, {"fade", m.fade.count()}};
}
json toJson(const OutputState& m) {
    return {{"type", "output"}, {"state", wordOf(outputStates, m.state)}, {"detail", m.detail}};
}
json toJson(const Cued& m) {
    return {{"type", "cued"}, {"item", m.item}};
}
json toJson(const Refused& m) {
    return {{"type", "refused"}, {"item", m.item}, {"why", wordOf(refusals, m.why)}, {"detail", m.detail}};
}
json toJson(const Sounding& m) {
    return {{"type", "sounding"},
            {"item", m.item},
            {"since", epochMilliseconds(m.since)},
            {"startError", m.startErrorMicroseconds},
            {"offset", m.offsetFrames}};
}
json toJson(const Progress& m) {
    return {{"type", "progress"}, {"item", m.item}, {"frames", m.frames}, {"level", toJson(m.level)}};
}
json toJson(const Ended& m) {
    return {{"type", "ended"},
            {"item", m.item},
            {"cause", wordOf(causes, m.cause)},
            {"frames", m.frames},
            {"until", epochMilliseconds(m.until)},
            {"level", toJson(m.level)},
            {"detail", m.detail}};
}

/// Text from outside (a decoder's message) may be no UTF-8: replaced, so that a report is never lost to it.
template <class Message>
std::string packetOf(const Message& message) {
    const auto write = [](const auto& m) { return toJson(m).dump(-1, ' ', false, json::error_handler_t::replace); };
    return std::visit(write, message);
}

Instant instant(Fields& fields, const char* name) {
    return fromEpochMilliseconds(fields.count(name, 0));
}

Start startFrom(Fields& f, ItemId item) {
    const Start start{item, instant(f, "at"), static_cast<int>(f.integer("gain"))};
    if (start.gainDb > 0 || start.gainDb < quietestGainDb) Fields::refuse("gain is out of range");
    return start;
}

Ended endedFrom(Fields& f, ItemId item) {
    Ended ended;
    ended.item = item;
    ended.cause = valueOf(causes, f.text("cause"));
    ended.frames = f.count("frames", 0);
    ended.until = instant(f, "until");
    ended.level = levelFrom(f.object("level"));
    ended.detail = f.text("detail");
    return ended;
}

ToSound readToSound(Fields& f) {
    const auto type = f.text("type");
    const ItemId item = f.count("item", 1);
    if (type == "cue") return Cue{item, f.count("frames", 1)};
    if (type == "start") return startFrom(f, item);
    if (type == "startNow") return StartNow{item};
    if (type == "startSignal") return StartSignal{item};
    if (type == "stop") return Stop{item, Milliseconds{f.count("fade", 0)}};
    Fields::refuse("unknown type: " + type);
}

FromSound readFromSound(Fields& f) {
    const auto type = f.text("type");
    if (type == "output") {
        const auto state = valueOf(outputStates, f.text("state"));
        return OutputState{state, f.text("detail")};
    }
    const ItemId item = f.count("item", 1);
    if (type == "cued") return Cued{item};
    if (type == "refused") {
        const auto why = valueOf(refusals, f.text("why"));
        return Refused{item, why, f.text("detail")};
    }
    if (type == "sounding") {
        Sounding sounding;
        sounding.item = item;
        sounding.since = instant(f, "since");
        sounding.startErrorMicroseconds = f.integer("startError");
        sounding.offsetFrames = f.count("offset", 0);
        return sounding;
    }
    if (type == "progress") {
        const auto frames = f.count("frames", 0);
        return Progress{item, frames, levelFrom(f.object("level"))};
    }
    if (type == "ended") return endedFrom(f, item);
    Fields::refuse("unknown type: " + type);
}

}  // namespace

std::string toPacket(const ToSound& message) {
    return packetOf(message);
}

std::string toPacket(const FromSound& message) {
    return packetOf(message);
}

ToSound toSoundFromPacket(std::string_view packet) {
    Fields fields{packet};
    auto message = readToSound(fields);
    fields.noMore();
    return message;
}

FromSound fromSoundFromPacket(std::string_view packet) {
    Fields fields{packet};
    auto message = readFromSound(fields);
    fields.noMore();
    return message;
}

}  // namespace loa
