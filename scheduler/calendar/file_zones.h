#pragma once
#include <map>
#include <string>
#include <vector>

#include "scheduler/calendar/components.h"

namespace loa {

/// What the TZIDs of one file stand for. A name this machine or Windows knows wins over the file's own VTIMEZONE; an
/// unknown one is taken only where its VTIMEZONE names a known zone or is one fixed offset of whole hours.
class FileZones {
public:
    explicit FileZones(const std::vector<Component>& calendars);

    /// The IANA name. Throws Error (invalid, "unknown-zone") with the line.
    std::string resolve(const std::string& name, int line) const;

private:
    std::map<std::string, const Component*> own_;  ///< VTIMEZONEs of `calendars`, which must outlive this
};

}  // namespace loa
