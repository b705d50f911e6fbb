#pragma once
#include <span>
#include <string_view>

#include "scheduler/domain/time.h"

namespace loa {

class Connection;

/// One step from one shape of the database to the next: migrations/<version>_<name>.sql, built into the program. A step
/// that was released is never edited; the next one corrects it.
struct Migration {
    int version;
    std::string_view name;
    std::string_view sql;  ///< statements, each ending with ";" at the end of a line
};

/// All steps, numbered from 1 without a gap.
std::span<const Migration> migrations();

/// Takes those of `known` that the database lacks, each in one transaction; `now` is noted beside each. Throws
/// Error(conflict, "database-newer") when the database has one that is not known.
void migrate(Connection& connection, Instant now, std::span<const Migration> known = migrations());

}  // namespace loa
