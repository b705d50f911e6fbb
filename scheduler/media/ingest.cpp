// The parent's side of loa-ingest: hands over two descriptors, listens, and believes only what it can check itself. A
// child that crashes, hangs or talks nonsense is a refused file. Never decodes and never shows words from inside the
// cage.
#include "scheduler/media/ingest.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <cmath>
#include <optional>
#include <string>

#include "scheduler/media/child_program.h"
#include "scheduler/media/disk.h"
#include "scheduler/media/ogg_pages.h"
#include "scheduler/media/refusals.h"

namespace loa {
namespace {

constexpr int originalDescriptor = 3, canonicalDescriptor = 4, linesDescriptor = 5;

Error ingestUnavailable() {
    return {Fault::unavailable,
            "ingest-unavailable",
            {"Máy chủ thiếu bộ xử lý âm thanh. Báo quản trị cài lại Loa.",
             "The server's sound program does not start. Ask its keeper to install Loa again."}};
}

// What the child said last, once it has said enough.
struct Said {
    std::optional<IngestFacts> facts;
    std::optional<std::string> refusal;
    bool nonsense = false;
};

Said listenToChild(const IngestSettings& settings, int original, int canonical,
                   const std::function<void(const IngestProgress&)>& tell) {
    ChildProgram program;
    program.program = settings.program;
    for (const std::int64_t limit : {settings.limits.bytes, std::int64_t{settings.limits.longest.count()},
                                     std::int64_t{settings.limits.shortest.count()}}) {
        program.arguments.push_back(std::to_string(limit));
    }
    program.descriptors = {{original, originalDescriptor}, {canonical, canonicalDescriptor}};
    program.linesDescriptor = linesDescriptor;
    program.fileBytes = canonicalBytesLimit(settings.limits);
    program.deadline = settings.deadline;
    program.stopDescriptor = settings.stopDescriptor;
    Said said;
    const auto ending = runChild(program, [&](std::string_view text) {
        const auto line = readIngestLine(text);
        if (!line) {
            said.nonsense = true;
        } else if (const auto* progress = std::get_if<IngestProgress>(&*line)) {
            if (tell) tell(*progress);
        } else if (const auto* facts = std::get_if<IngestFacts>(&*line)) {
            said.facts = *facts;
        } else {
            said.refusal = std::get<IngestRefusal>(*line).code;
        }
    });
    if (ending == ChildEnding::notStarted) throw ingestUnavailable();
    if (ending != ChildEnding::finished) said.nonsense = true;
    return said;
}

// The file must be what the child says it is, as far as that can be seen without decoding.
void checkCanonical(const IncomingFile& canonical, const IngestFacts& facts, const IngestLimits& limits) {
    const auto size = canonical.bytes();
    if (size <= 0 || size > canonicalBytesLimit(limits)) throw mediaRefusal("media-broken", limits);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    if (pread(canonical.descriptor(), bytes.data(), bytes.size(), 0) != size) throw diskError();
    const auto ogg = readOgg(bytes);
    const bool isCanonical = ogg.codec == OggFacts::Codec::opus && ogg.channels == 1 && ogg.frames == facts.frames;
    if (!isCanonical || facts.truePeakDbtp > truePeakLimitDbtp) throw mediaRefusal("media-broken", limits);
}

}  // namespace

MediaItem ingest(MediaStore& store, const IngestSettings& settings, const std::filesystem::path& original,
                 const std::function<void(const IngestProgress&)>& tell) {
    auto canonical = store.receive();
    const auto readOnly = openRegular(original, O_RDONLY);
    if (!readOnly.valid()) throw mediaRefusal("media-not-a-file", settings.limits);
    const auto said = listenToChild(settings, readOnly.get(), canonical.descriptor(), tell);
    if (said.refusal && !said.nonsense)
        throw mediaRefusal(*said.refusal, settings.limits, regularFileSize(original).value_or(0));
    if (said.nonsense || !said.facts) {
        requireRoom(canonical.descriptor());  // the child may have failed for that
        throw mediaRefusal("media-broken", settings.limits);
    }
    checkCanonical(canonical, *said.facts, settings.limits);
    MediaItem item;
    item.bytes = canonical.bytes();
    item.frames = said.facts->frames;
    item.loudnessLufs = said.facts->loudnessLufs;
    item.truePeakDbtp = said.facts->truePeakDbtp;
    item.originalSha256 = store.keepOriginal(original);
    item.id = store.keepCanonical(std::move(canonical));
    return item;
}

bool isLevelled(const MediaItem& item) {
    return std::abs(item.loudnessLufs - loudnessAimLufs) <= loudnessToleranceLu;
}

}  // namespace loa
