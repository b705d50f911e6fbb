#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "scheduler/domain/as_run.h"
#include "scheduler/domain/station.h"
#include "scheduler/domain/words.h"

namespace loa {

/// The station as it is now; empty when it was removed: its id stands for its name then, and its times are in UTC.
using FindStation = std::function<std::optional<Station>(const StationId& station)>;
/// An instant in a zone with its offset: "2027-03-01 05:00:00+07:00".
using ZonedTimeText = std::function<std::string(Instant at, const std::string& zone)>;

/// The as-run as a table for a spreadsheet: UTF-8 with byte order mark (Excel needs it), RFC 4180, CR LF, a header row,
/// one row for each line in the order given. Cells that a spreadsheet would take for a formula start with an
/// apostrophe.
std::string asRunCsv(std::span<const AsRun> asRun, Language language, const FindStation& findStation,
                     const ZonedTimeText& timeText);

}  // namespace loa
