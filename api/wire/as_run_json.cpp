#include "api/wire/as_run_json.h"

#include "scheduler/domain/media_item.h"

namespace loa {
namespace {

double seconds(std::int64_t frames) {
    return static_cast<double>(frames) / static_cast<double>(frameRate);
}

}  // namespace

Json toJson(const AsRun& line, const Words& words) {
    Json json{{"station", line.station.text()},
              {"slot", line.slot.text()},
              {"event", line.event.text()},
              {"title", line.title},
              {"media", line.media.text()},
              {"planned", toJson(line.planned)},
              {"result", toText(line.result)},
              {"reason", toText(line.reason)},
              {"plannedSeconds", seconds(line.plannedFrames)},
              {"seconds", seconds(line.frames)},
              {"attempts", line.attempts},
              {"unplanned", line.unplanned},
              {"overdue", line.overdue},
              {"vi", words.vi},
              {"en", words.en}};
    if (line.start) {
        json["start"] = formatInstant(*line.start);
        json["startErrorMs"] = static_cast<double>(line.startErrorMicroseconds) / 1000.0;
    }
    if (line.clockTrust) {
        json["clockTrust"] = toText(*line.clockTrust);
        json["rebased"] = line.rebased;
    }
    if (line.level) json["level"] = toJson(*line.level);
    return json;
}

}  // namespace loa
