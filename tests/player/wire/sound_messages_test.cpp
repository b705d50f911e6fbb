#include "player/wire/sound_messages.h"

#include <doctest/doctest.h>

#include <vector>

#include "scheduler/domain/error.h"

using namespace loa;

namespace {

const Instant noon = fromEpochMilliseconds(1'900'000'000'123);
const Level level{-20.5, -3.25, 0.125};

Fault faultOf(const std::string& packet, bool toSound) {
    try {
        if (toSound)
            toSoundFromPacket(packet);
        else
            fromSoundFromPacket(packet);
    } catch (const Error& error) {
        return error.fault();
    }
    return Fault::notFound;
}

}  // namespace

TEST_CASE("sound messages: each command comes back as it went") {
    const std::vector<ToSound> all{Cue{7, 480000}, Start{7, noon, -6}, StartNow{7}, StartSignal{8},
                                   Stop{7, Milliseconds{350}}};
    for (const auto& message : all) CHECK(toSoundFromPacket(toPacket(message)) == message);
}

TEST_CASE("sound messages: each report comes back as it went") {
    const std::vector<FromSound> all{
        OutputState{OutputState::State::opening, ""},
        OutputState{OutputState::State::ready, "pulsesink"},
        OutputState{OutputState::State::lost, "kết nối bị ngắt \"x\"\n"},
        Cued{9},
        Refused{9, Refused::Why::damaged, "not Ogg"},
        Refused{9, Refused::Why::truncated, ""},
        Refused{9, Refused::Why::slow, "no frame in 3 s"},
        Sounding{9, noon, -1234, 96000},
        Progress{9, 47520, level},
        Ended{9, Ended::Cause::finished, 480000, noon, level, ""},
        Ended{9, Ended::Cause::stopped, 0, noon, Level{}, "withdrawn"},
        Ended{9, Ended::Cause::outputLost, 1, noon, level, "server gone"},
    };
    for (const auto& message : all) CHECK(fromSoundFromPacket(toPacket(message)) == message);
}

TEST_CASE("sound messages: text that is no UTF-8 does not lose the report") {
    const auto packet = toPacket(FromSound{Refused{3, Refused::Why::damaged, "bad \xff byte"}});
    const auto refused = std::get<Refused>(fromSoundFromPacket(packet));
    CHECK(refused.item == 3);
    CHECK(refused.detail == "bad \xEF\xBF\xBD byte");
}

TEST_CASE("sound messages: what is not exactly a message is refused as malformed") {
    const std::vector<std::string> broken{
        "",
        "x",
        "[]",
        "3",
        "{}",
        R"({"type":"cue","item":1})",
        R"({"type":"cue","item":1,"frames":5,"loud":true})",
        R"({"type":"cue","item":1,"frames":5,"frames":6})",
        R"({"type":"cue","item":1,"frames":"5"})",
        R"({"type":"cue","item":1,"frames":5.5})",
        R"({"type":"cue","item":1,"frames":0})",
        R"({"type":"cue","item":0,"frames":5})",
        R"({"type":"cue","item":18446744073709551615,"frames":5})",
        R"({"type":"play","item":1})",
        R"({"type":"start","item":1,"at":-1})",
        R"({"type":"stop","item":1,"fade":-1})",
        R"({"type":"stop","item":1,"fade":1}{)",
    };
    for (const auto& packet : broken) {
        CAPTURE(packet);
        CHECK(faultOf(packet, true) == Fault::malformed);
    }
    CHECK(faultOf(R"({"type":"output","state":"fine","detail":""})", false) == Fault::malformed);
    CHECK(faultOf(R"({"type":"progress","item":1,"frames":2,"level":{"rms":-1,"peak":0,"silentShare":0,"x":1}})",
                  false) == Fault::malformed);
    CHECK(faultOf(R"({"type":"progress","item":1,"frames":2,"level":{"rms":-1,"peak":null,"silentShare":0}})", false) ==
          Fault::malformed);
    CHECK(faultOf(R"({"type":"cue","item":1,"frames":5})", false) == Fault::malformed);
}
