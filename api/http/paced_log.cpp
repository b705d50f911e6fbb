// What goes to the log, in single lines and not too many. Called by worker threads.
#include "api/http/paced_log.h"

#include <algorithm>

#include "scheduler/domain/utf8.h"

namespace loa {

std::string logRecord(std::string_view line) {
    constexpr std::size_t limit = 1024;
    static constexpr char digits[] = "0123456789abcdef";
    const bool utf8 = isUtf8(line);
    std::string record;
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x20 && byte != 0x7f && (byte < 0x80 || utf8);
        if (record.size() + (plain ? 1 : 4) > limit) break;
        if (plain)
            record += c;
        else
            ((record += "\\x") += digits[byte >> 4U]) += digits[byte & 15U];
    }
    while (utf8 && !isUtf8(record)) record.pop_back();  // the cut went through a letter
    return record;
}

PacedLog::PacedLog(Log below, Budget budget) : below_{std::move(below)}, budget_{budget} {}

void PacedLog::write(const std::string& line, Time now) {
    const std::lock_guard lock{mutex_};
    const auto until = std::max(until_, now) + budget_.every;
    if (until - now > budget_.burst * budget_.every) {
        ++leftOut_;
        return;
    }
    until_ = until;
    if (leftOut_ > 0) below_("log left-out=" + std::to_string(leftOut_));
    leftOut_ = 0;
    below_(line);
}

Log PacedLog::log() {
    return [this](const std::string& line) { write(line, std::chrono::steady_clock::now()); };
}

}  // namespace loa
