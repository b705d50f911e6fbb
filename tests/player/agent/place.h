#pragma once
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa::test {

/// Where and when these tests happen. 05:00 in Vietnam is the day before in UTC.
inline const Instant five = *parseInstant("2027-03-02T05:00:00+07:00");
inline const StationId station{"an-phong"};

}  // namespace loa::test
