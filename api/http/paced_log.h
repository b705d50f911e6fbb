#pragma once
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "api/http/rates.h"
#include "api/http/router.h"

namespace loa {

/// `line` as one record: control characters and bytes that are no UTF-8 as \xHH, at most 1,024 bytes. Whatever found
/// its way into it, it stays one line and colours no terminal.
std::string logRecord(std::string_view line);

/// A log that no flood fills: what is beyond the budget is left out, and the next line that is not is preceded by one
/// that says how many were. From any number of threads.
class PacedLog {
public:
    using Time = std::chrono::steady_clock::time_point;
    PacedLog(Log below, Budget budget);
    void write(const std::string& line, Time now);
    /// For those who write without knowing the time. This must outlive it.
    Log log();

private:
    const Log below_;
    const Budget budget_;
    std::mutex mutex_;  // guards all below, and keeps the two lines together
    Time until_;        // when the whole budget is there again
    std::uint64_t leftOut_ = 0;
};

}  // namespace loa
