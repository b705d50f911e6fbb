// From a recording to its canonical file. Decodes twice instead of keeping 30 minutes of sound in memory: once to
// measure, once to level and encode. Believes only what the decoded result shows. Runs inside the cage, on the main
// thread.
#include "scheduler/media/ingest/canonical.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "scheduler/media/ingest/decode.h"
#include "scheduler/media/ingest/limiter.h"
#include "scheduler/media/ingest/loudness.h"
#include "scheduler/media/ingest/opus_encoder.h"
#include "scheduler/media/refusals.h"

namespace loa {
namespace {

// Quieter than any speech on any microphone: what is left is noise, and lifting it to full level would be a hiss.
constexpr double silentBelowLufs = -60;
constexpr double silentBelowPeak = 0.001;  // -60 dBFS
constexpr int gainTriesLimit = 4, encodeTriesLimit = 12;
// What the limiter takes from the peaks it takes from the loudness, too: more gain gives it back, up to here. Beyond,
// the sound would be all limiter.
constexpr double extraGainLimitDb = 6;
constexpr double gainIsGoodLu = 0.1;
constexpr double codecOvershootDb = 0.7;  // what Opus usually adds to a limited peak; too little costs one more try

double factor(double decibels) {
    return std::pow(10, decibels / 20);
}

double measureOriginal(const Recording& recording, const IngestLimits& limits, const TellStep& tell) {
    LoudnessMeter meter{LoudnessMeter::Measures::loudness};
    float peak = 0;
    decode(
        recording, limits,
        [&](std::span<const float> frames) {
            meter.add(frames);
            for (const float frame : frames) peak = std::max(peak, std::abs(frame));
        },
        [&](double share) { tell(IngestStep::decode, share); });
    tell(IngestStep::measure, 1);
    const double lufs = meter.lufs();
    if (peak < silentBelowPeak || lufs < silentBelowLufs) throw mediaRefusal("media-silent", limits);
    return lufs;
}

// Decodes once more, with the gain and the limiter put in.
void decodeLevelled(const Recording& recording, const IngestLimits& limits, double gainDb, double ceilingDb,
                    const TakeFrames& take, const std::function<void(double)>& share) {
    Limiter limiter{factor(gainDb), factor(ceilingDb)};
    std::vector<float> levelled;
    decode(
        recording, limits,
        [&](std::span<const float> frames) {
            levelled.clear();
            limiter.process(frames, levelled);
            if (!levelled.empty()) take(levelled);
        },
        share);
    levelled.clear();
    limiter.finish(levelled);
    take(levelled);
}

// The one gain after which the limited sound has the loudness aimed at, or the largest allowed.
double chooseGain(const Recording& recording, const IngestLimits& limits, double originalLufs, double ceilingDb,
                  const TellStep& tell) {
    const double plainGain = loudnessAimLufs - originalLufs;
    double gain = plainGain;
    for (int tries = 0; tries < gainTriesLimit; ++tries) {
        LoudnessMeter meter{LoudnessMeter::Measures::loudness};
        decodeLevelled(
            recording, limits, gain, ceilingDb, [&](std::span<const float> frames) { meter.add(frames); },
            [&](double share) { tell(IngestStep::level, (tries + share) / gainTriesLimit); });
        const double missing = loudnessAimLufs - meter.lufs();
        if (missing < gainIsGoodLu || gain >= plainGain + extraGainLimitDb) break;
        gain = std::min(gain + missing, plainGain + extraGainLimitDb);
    }
    tell(IngestStep::level, 1);
    return gain;
}

std::string encode(const Recording& recording, const IngestLimits& limits, double gainDb, double ceilingDb,
                   const TellStep& tell) {
    OpusEncoder encoder;
    decodeLevelled(
        recording, limits, gainDb, ceilingDb, [&](std::span<const float> frames) { encoder.add(frames); },
        [&](double share) { tell(IngestStep::encode, share); });
    return encoder.finish();
}

// Decodes what was written and measures that.
void verify(Canonical& canonical, const IngestLimits& limits, const TellStep& tell) {
    const auto recording = examine(canonical.bytes);
    LoudnessMeter meter{LoudnessMeter::Measures::loudnessAndTruePeak};
    canonical.facts.frames = decode(
        recording, limits, [&](std::span<const float> frames) { meter.add(frames); },
        [&](double share) { tell(IngestStep::verify, share); });
    if (canonical.facts.frames != recording.frames) throw mediaRefusal("media-broken", limits);
    canonical.facts.loudnessLufs = meter.lufs();
    canonical.facts.truePeakDbtp = meter.truePeakDbtp();
}

// What to try next after a result that is not good enough; false where it is, or where nothing more is allowed.
bool improve(const IngestFacts& reached, double& gainDb, double& ceilingDb, int& corrections) {
    const double over = reached.truePeakDbtp - truePeakLimitDbtp;
    if (over > 0) {
        ceilingDb -= over + 0.1;
        return true;
    }
    // The codec takes loudness, too, mostly from noise.
    const double missing = loudnessAimLufs - reached.loudnessLufs;
    const double most = loudnessAimLufs - reached.originalLufs + extraGainLimitDb;
    if (std::abs(missing) < loudnessToleranceLu || gainDb >= most || corrections >= gainTriesLimit) return false;
    gainDb = std::min(gainDb + missing, most);
    ++corrections;
    return true;
}

}  // namespace

Canonical makeCanonical(const Recording& recording, const IngestLimits& limits, const TellStep& tell) {
    Canonical canonical;
    canonical.facts.originalLufs = measureOriginal(recording, limits, tell);
    double ceilingDb = truePeakLimitDbtp - codecOvershootDb;
    double gainDb = chooseGain(recording, limits, canonical.facts.originalLufs, ceilingDb, tell);
    int corrections = 0;
    for (int tries = 0; tries < encodeTriesLimit; ++tries) {
        canonical.bytes = encode(recording, limits, gainDb, ceilingDb, tell);
        canonical.facts.gainDb = gainDb;
        verify(canonical, limits, tell);
        if (!improve(canonical.facts, gainDb, ceilingDb, corrections)) return canonical;
    }
    throw mediaRefusal("media-level", limits);
}

}  // namespace loa
