// Looks at a whole original before any decoder does: its family, then its container from end to end. Pure.
#include "scheduler/media/ingest/examine.h"

#include "scheduler/media/ingest/flac_header.h"
#include "scheduler/media/ingest/mp3_frames.h"
#include "scheduler/media/ingest/sniff.h"
#include "scheduler/media/ogg_pages.h"
#include "scheduler/media/refusals.h"

namespace loa {
namespace {

Recording examineWav(std::string_view bytes) {
    const auto header = readWavHeader(bytes);
    const auto left = static_cast<std::int64_t>(bytes.size()) - header.dataOffset;
    const bool wasNeverFinished = header.dataBytes == 0 && left > header.bytesPerFrame;
    if (header.dataBytes > left || wasNeverFinished) throw mediaRefusal("media-truncated");
    Recording recording;
    recording.kind = Recording::Kind::wav;
    recording.wav = header;
    recording.rate = header.rate;
    recording.frames = header.dataBytes / header.bytesPerFrame;
    recording.sound = bytes.substr(static_cast<std::size_t>(header.dataOffset),
                                   static_cast<std::size_t>(recording.frames * header.bytesPerFrame));
    recording.toleranceFrames = header.rate / 100;
    return recording;
}

Recording examineMp3(std::string_view bytes) {
    constexpr std::int64_t framesLostAtStart =
        3 * 1152;  // decoder delay, and frames that lean on ones cut off before them
    const auto facts = readMp3(bytes);
    Recording recording;
    recording.kind = Recording::Kind::mp3;
    recording.sound = facts.sound;
    recording.rate = facts.rate;
    recording.frames = facts.frames;
    recording.toleranceFrames = framesLostAtStart;
    return recording;
}

Recording examineOgg(std::string_view bytes) {
    const auto facts = readOgg(bytes);
    Recording recording;
    recording.kind = facts.codec == OggFacts::Codec::opus ? Recording::Kind::opus : Recording::Kind::vorbis;
    recording.sound = bytes;
    recording.rate = facts.rate;
    recording.frames = facts.frames;
    recording.toleranceFrames = facts.rate / 100;
    return recording;
}

Recording examineFlac(std::string_view bytes) {
    const auto facts = readFlac(bytes);
    Recording recording;
    recording.kind = Recording::Kind::flac;
    recording.sound = bytes;
    recording.rate = facts.rate;
    recording.frames = facts.frames;
    recording.toleranceFrames = facts.rate / 100;
    return recording;
}

}  // namespace

Recording examine(std::string_view bytes) {
    switch (sniff(bytes)) {
        case Family::wav:
            return examineWav(bytes);
        case Family::mp3:
            return examineMp3(bytes);
        case Family::ogg:
            return examineOgg(bytes);
        case Family::flac:
            return examineFlac(bytes);
    }
    throw mediaRefusal("media-unknown");
}

}  // namespace loa
