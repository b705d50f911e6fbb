#pragma once
#include <vector>

#include "scheduler/operations/read_as_run.h"

namespace loa::test {

/// All lines of the answer together.
inline std::vector<AsRun> wholeAsRun(Scheduler& scheduler, const AsRunQuestion& question) {
    std::vector<AsRun> all;
    readAsRun(scheduler, asRunScopes(scheduler, question),
              [&](std::span<const AsRun> lines) { all.insert(all.end(), lines.begin(), lines.end()); });
    return all;
}

}  // namespace loa::test
