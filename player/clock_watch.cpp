#include "player/clock_watch.h"

namespace loa {
namespace {

constexpr Milliseconds keepEach{600'000};

}  // namespace

ClockWatch::ClockWatch(const Clock& clock, Spool& spool, const std::string& bootId)
    : clock_{clock}, spool_{spool}, bootId_{bootId} {
    const auto good = spool_.goodTime();
    if (!good) return;
    if (!bootId.empty() && good->bootId == bootId)
        evidence_.good = KnownTime{good->time, good->sinceBoot};
    else
        evidence_.before = good->time;
}

ClockVerdict ClockWatch::look() {
    reading_ = {clock_.now(), clock_.sinceBoot(), clock_.synchronised()};
    auto verdict = judgeClock(reading_, evidence_);
    if (verdict.trust == ClockTrust::trusted) {
        evidence_.good = KnownTime{reading_.now, reading_.sinceBoot};
        evidence_.before.reset();
    }
    return verdict;
}

void ClockWatch::keep(bool atOnce) {
    const auto& good = evidence_.good;
    if (!good || kept_ == good->sinceBoot) return;
    if (kept_ && !atOnce && good->sinceBoot - *kept_ < keepEach) return;
    spool_.keepGoodTime({good->time, good->sinceBoot, bootId_});
    kept_ = good->sinceBoot;
}

}  // namespace loa
