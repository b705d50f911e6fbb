#include "player/playout/judge.h"

#include <doctest/doctest.h>

using namespace loa;
using namespace std::chrono_literals;

namespace {

const Instant start = *parseInstant("2027-03-02T05:00:00+07:00");

Evidence perfect() {
    Evidence evidence;
    evidence.planned = {start, start + 60s};
    evidence.plannedFrames = 60 * 48000;
    evidence.grace = 60s;
    evidence.heard = evidence.planned;
    evidence.frames = evidence.plannedFrames;
    evidence.level = {-18, -2, 0};
    return evidence;
}

void startAt(Evidence& evidence, Milliseconds late) {
    evidence.heard->start += late;
}

struct Case {
    const char* name;
    void (*change)(Evidence&);
    Verdict verdict;
};
const Case cases[] = {
    {"whole, loud, on time", [](Evidence&) {}, {AiringResult::aired, MissReason::none}},
    {"2.000 s late is on time", [](Evidence& e) { startAt(e, 2000ms); }, {AiringResult::aired, MissReason::none}},
    {"2.001 s late, within grace",
     [](Evidence& e) { startAt(e, 2001ms), e.late = MissReason::mediaAbsent; },
     {AiringResult::airedLate, MissReason::mediaAbsent}},
    {"later than grace",
     [](Evidence& e) { startAt(e, 60'001ms), e.late = MissReason::planLate; },
     {AiringResult::partial, MissReason::planLate}},
    {"99 % of the frames",
     [](Evidence& e) { e.frames = e.plannedFrames * 99 / 100; },
     {AiringResult::aired, MissReason::none}},
    {"a frame under 99 %",
     [](Evidence& e) { e.frames = e.plannedFrames * 99 / 100 - 1, e.broken = MissReason::deviceLost; },
     {AiringResult::partial, MissReason::deviceLost}},
    {"whole although loa-sound was lost at the very end",
     [](Evidence& e) { e.broken = MissReason::soundLost; },
     {AiringResult::aired, MissReason::none}},
    {"joined late",
     [](Evidence& e) { e.frames /= 2, e.late = MissReason::restart; },
     {AiringResult::partial, MissReason::restart}},
    {"frames missing and the clock was set",
     [](Evidence& e) { e.frames /= 2, e.clockStepped = true; },
     {AiringResult::partial, MissReason::clockStep}},
    {"the clock was set and no frame suffered",
     [](Evidence& e) { e.clockStepped = true; },
     {AiringResult::aired, MissReason::none}},
    {"frames swallowed without a word",
     [](Evidence& e) { e.frames /= 2; },
     {AiringResult::partial, MissReason::deviceLost}},
    {"all frames, no sound",
     [](Evidence& e) {
         e.level = {-120, -120, 1};
     },
     {AiringResult::silent, MissReason::noSignal}},
    {"just under the threshold",
     [](Evidence& e) {
         e.level = {-60.1, -50, 0};
     },
     {AiringResult::silent, MissReason::noSignal}},
    {"muted for most of it",
     [](Evidence& e) { e.level.silentShare = 0.51; },
     {AiringResult::silent, MissReason::noSignal}},
    {"a hundredth of it silent",
     [](Evidence& e) { e.level.silentShare = 0.01; },
     {AiringResult::aired, MissReason::none}},
    {"more than a hundredth of it silent",
     [](Evidence& e) { e.level.silentShare = 0.011; },
     {AiringResult::partial, MissReason::noSignal}},
    {"the output waited because the clock was set",
     [](Evidence& e) { e.frames /= 2, e.clockStepped = true, e.broken = MissReason::soundLost; },
     {AiringResult::partial, MissReason::clockStep}},
    {"taken out of the plan after the clock was set",
     [](Evidence& e) { e.frames /= 2, e.clockStepped = true, e.broken = MissReason::withdrawn; },
     {AiringResult::partial, MissReason::withdrawn}},
    {"muted for a tenth of it",
     [](Evidence& e) { e.level.silentShare = 0.1; },
     {AiringResult::partial, MissReason::noSignal}},
    {"nothing passed",
     [](Evidence& e) { e.frames = 0, e.heard.reset(), e.broken = MissReason::deviceLost; },
     {AiringResult::missed, MissReason::deviceLost}},
    {"taken out of the plan before the first frame",
     [](Evidence& e) { e.frames = 0, e.heard.reset(), e.broken = MissReason::withdrawn; },
     {AiringResult::missed, MissReason::withdrawn}},
};

}  // namespace

TEST_CASE("judge: the table of what an attempt comes to") {
    for (const auto& row : cases) {
        CAPTURE(row.name);
        auto evidence = perfect();
        row.change(evidence);
        CHECK(judge(evidence, Thresholds{}) == row.verdict);
    }
}

TEST_CASE("judge: the thresholds are the signed manifest's") {
    auto evidence = perfect();
    evidence.frames = evidence.plannedFrames / 2;
    Thresholds lenient;
    lenient.heardShare = 0.5;
    CHECK(judge(evidence, lenient).result == AiringResult::aired);
}
