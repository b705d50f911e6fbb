#pragma once
#include <string>

#include "scheduler/calendar/components.h"
#include "scheduler/calendar/facts.h"
#include "scheduler/calendar/file_zones.h"

namespace loa {

/// Brings a VEVENT of a calendar program into the one form Loa keeps: every time is UTC, has an IANA TZID or is a day
/// with X-LOA-ZONE beside it; the rule in upper case, its UNTIL in UTC; the title one composed line; CONFIRMED is
/// TENTATIVE, since a calendar never approves. All else stays as it came. Throws Error (invalid) with the line.
void makeCanonical(Component& event, const FileZones& zones, const std::string& defaultZone, Notices& notices);

/// Refuses a VCALENDAR of another calendar or another version (invalid, with the line).
void checkHead(const Component& calendar);

/// Whether a line is one of the times that decide when something sounds; a TZID elsewhere is another program's.
bool isZonedTime(const ContentLine& line);

/// A whole VCALENDAR of VEVENTs in canonical form, with a short VTIMEZONE for each zone they use.
std::string writeCalendar(const std::vector<Component>& events);

/// The VEVENTs of such a text, the master first. Throws Error (malformed) where there is none.
std::vector<Component> readCalendar(const std::string& icalendar);

}  // namespace loa
