#pragma once
#include "scheduler/calendar/series.h"

namespace loa {

/// An instant as the series writes its times: a day where it is of days and this is a midnight, or a time in its zone;
/// in UTC where the zone's clock shows that time twice and means the first.
TimeValue timeAt(const Series& series, Instant at);

/// Writes a DTSTART or RECURRENCE-ID; other parameters of the line stay.
void setTime(Component& event, std::string_view property, const TimeValue& time);

/// How long the VEVENT lasts, as a DURATION in place of a DTEND; neither where it lasts no time.
void setLength(Component& event, const Length& length);

/// Writes all EXDATEs, or all RDATEs, of a series into its master, in place of those it had.
void setExclusions(Component& master, const Series& series);
void setExtras(Component& master, const Series& series);

}  // namespace loa
