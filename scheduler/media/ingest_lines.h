#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace loa {

/// The steps of making a canonical file, in order.
enum class IngestStep { decode, measure, level, encode, verify };

/// How far a step is.
struct IngestProgress {
    IngestStep step = IngestStep::decode;
    int percent = 0;  ///< 0 to 100, of this step
    bool operator==(const IngestProgress&) const = default;
};

/// What was measured on a canonical file after decoding it again.
struct IngestFacts {
    std::int64_t frames = 0;
    double loudnessLufs = 0;
    double truePeakDbtp = 0;
    double originalLufs = 0;  ///< before levelling
    double gainDb = 0;        ///< the one linear gain; the limiter's work is not in it
    bool operator==(const IngestFacts&) const = default;
};

struct IngestRefusal {
    std::string code;  ///< a row of refusals.cpp
    bool operator==(const IngestRefusal&) const = default;
};

/// What loa-ingest tells its parent, one JSON object a line: {"step":"decode","percent":42}, {"facts":{...}} or
/// {"refused":"media-silent"}. Numbers and fixed words only: no text from inside the cage is ever shown to people.
using IngestLine = std::variant<IngestProgress, IngestFacts, IngestRefusal>;

std::string writeIngestLine(const IngestLine& line);  ///< ends with a line feed

/// Reads one line strictly. Empty when it is anything else: the writer may have been taken over by the file it read.
std::optional<IngestLine> readIngestLine(std::string_view line);

/// "decode", "measure", "level", "encode", "verify".
std::string_view nameOf(IngestStep step);

}  // namespace loa
