// loa-ingest: reads one original from descriptor 3, writes its canonical file to descriptor 4 and says on descriptor 5
// how far it is and what came of it (ingest_lines.h). One run for one file; exit 0 after "facts" or "refused", anything
// else is a crash. Shuts itself into the cage before it looks at the first byte. Sees no network, no paths, no
// database.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "scheduler/media/ingest/cage.h"
#include "scheduler/media/ingest/canonical.h"
#include "scheduler/media/ingest/pipeline.h"
#include "scheduler/media/refusals.h"

namespace {

using namespace loa;

constexpr int originalDescriptor = 3, canonicalDescriptor = 4, linesDescriptor = 5;

void writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = write(descriptor, bytes.data(), bytes.size());
        if (written <= 0) throw std::runtime_error{"write failed"};
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

// The whole original as memory that is read when it is touched. Only regular files: nothing that could block or grow.
std::string_view mapOriginal(const IngestLimits& limits) {
    struct stat about {};
    if (fstat(originalDescriptor, &about) != 0 || !S_ISREG(about.st_mode))
        throw mediaRefusal("media-not-a-file", limits);
    if (about.st_size > limits.bytes) throw mediaRefusal("media-too-large", limits, about.st_size);
    if (about.st_size == 0) throw mediaRefusal("media-empty", limits);
    const auto size = static_cast<std::size_t>(about.st_size);
    void* bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, originalDescriptor, 0);
    if (bytes == MAP_FAILED) throw std::runtime_error{"mmap failed"};
    return {static_cast<const char*>(bytes), size};
}

// One line for each percent of each step.
class Teller {
public:
    void operator()(IngestStep step, double share) {
        const IngestProgress progress{step, static_cast<int>(share * 100)};
        if (progress == last_) return;
        last_ = progress;
        writeAll(linesDescriptor, writeIngestLine(progress));
    }

private:
    IngestProgress last_{IngestStep::decode, -1};
};

void ingest(const IngestLimits& limits) {
    const auto recording = examine(mapOriginal(limits));
    Teller tell;
    const auto canonical = makeCanonical(recording, limits, [&](IngestStep step, double share) { tell(step, share); });
    writeAll(canonicalDescriptor, canonical.bytes);
    writeAll(linesDescriptor, writeIngestLine(canonical.facts));
}

CageLimits cageFor(const IngestLimits& limits) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(processorTime(limits)).count();
    constexpr std::uint64_t megabyte = 1 << 20;
    return {.cpuSeconds = static_cast<std::uint64_t>(seconds),
            .fileBytes = static_cast<std::uint64_t>(canonicalBytesLimit(limits)),
            .memoryBytes = 768 * megabyte + static_cast<std::uint64_t>(limits.bytes)};
}

// The plugins lie beside the program, in the build folder as after installing.
std::string pluginDirectory() {
    return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "../lib/loa/ingest-plugins")
        .lexically_normal();
}

int run(int argc, char** argv) {
    IngestLimits limits;
    if (argc == 4) {  // bytes, longest and shortest in milliseconds
        limits = {std::atoll(argv[1]), Milliseconds{std::atoll(argv[2])}, Milliseconds{std::atoll(argv[3])}};
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    loadPlugins(pluginDirectory());
    enterCage(cageFor(limits));
    if (argc == 2 && std::strcmp(argv[1], "--check-cage") == 0) return checkCage();
    try {
        ingest(limits);
    } catch (const Error& error) {
        writeAll(linesDescriptor, writeIngestLine(IngestRefusal{error.code()}));
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    int code = 1;
    try {
        code = run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "loa-ingest: %s\n", error.what());
    }
    // Nothing to tidy up, and no library gets another chance to run on hostile bytes.
    std::_Exit(code);
}
