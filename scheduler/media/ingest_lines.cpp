// The lines between loa-ingest and its parent, written and read in one place so that they cannot disagree. Pure.
#include "scheduler/media/ingest_lines.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "scheduler/domain/media_item.h"

namespace loa {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 5> stepNames = {"decode", "measure", "level", "encode", "verify"};

Json toJson(const IngestProgress& progress) {
    return {{"step", nameOf(progress.step)}, {"percent", progress.percent}};
}

Json toJson(const IngestFacts& facts) {
    return {{"facts",
             {{"frames", facts.frames},
              {"loudnessLufs", facts.loudnessLufs},
              {"truePeakDbtp", facts.truePeakDbtp},
              {"originalLufs", facts.originalLufs},
              {"gainDb", facts.gainDb}}}};
}

Json toJson(const IngestRefusal& refusal) {
    return {{"refused", refusal.code}};
}

std::optional<double> number(const Json& object, const char* name, double least, double most) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number()) return std::nullopt;
    const double value = found->get<double>();
    if (!(value >= least && value <= most)) return std::nullopt;
    return value;
}

std::optional<IngestLine> readProgress(const Json& object) {
    const auto percent = number(object, "percent", 0, 100);
    if (!object["step"].is_string() || !percent) return std::nullopt;
    for (std::size_t index = 0; index < stepNames.size(); ++index) {
        if (object["step"] == stepNames[index]) {
            return IngestProgress{static_cast<IngestStep>(index), static_cast<int>(*percent)};
        }
    }
    return std::nullopt;
}

std::optional<IngestLine> readFacts(const Json& facts) {
    constexpr double longestFrames = 24.0 * 3600 * frameRate, decibels = 200;
    const auto frames = number(facts, "frames", 1, longestFrames);
    const auto loudness = number(facts, "loudnessLufs", -decibels, decibels);
    const auto truePeak = number(facts, "truePeakDbtp", -decibels, decibels);
    const auto originalLoudness = number(facts, "originalLufs", -decibels, decibels);
    const auto gain = number(facts, "gainDb", -decibels, decibels);
    if (!frames || !loudness || !truePeak || !originalLoudness || !gain) return std::nullopt;
    return IngestFacts{static_cast<std::int64_t>(*frames), *loudness, *truePeak, *originalLoudness, *gain};
}

}  // namespace

std::string_view nameOf(IngestStep step) {
    return stepNames.at(static_cast<std::size_t>(step));
}

std::string writeIngestLine(const IngestLine& line) {
    return std::visit([](const auto& content) { return toJson(content).dump() + "\n"; }, line);
}

std::optional<IngestLine> readIngestLine(std::string_view line) {
    Json object = Json::parse(line, nullptr, false);
    if (!object.is_object()) return std::nullopt;
    if (object.contains("step")) return readProgress(object);
    if (object.contains("facts") && object["facts"].is_object()) return readFacts(object["facts"]);
    if (object.contains("refused") && object["refused"].is_string())
        return IngestRefusal{object["refused"].get<std::string>()};
    return std::nullopt;
}

}  // namespace loa
