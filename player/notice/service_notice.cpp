// Type=notify and WatchdogSec= of systemd, through libsystemd. Never waits; keeps no thread and no clock of its own.
#include "player/notice/service_notice.h"

#include <systemd/sd-daemon.h>

namespace loa {

ServiceNotice::ServiceNotice() {
    std::uint64_t microseconds = 0;
    constexpr int beatsInInterval = 3;
    if (sd_watchdog_enabled(0, &microseconds) > 0)
        interval_ = std::chrono::duration_cast<Milliseconds>(std::chrono::microseconds{microseconds}) / beatsInInterval;
}

void ServiceNotice::ready() {
    if (!ready_) sd_notify(0, "READY=1");
    ready_ = true;
}

void ServiceNotice::stopping() {
    sd_notify(0, "STOPPING=1");
}

void ServiceNotice::status(const std::string& line) {
    if (line == said_) return;
    said_ = line;
    sd_notify(0, ("STATUS=" + line).c_str());
}

void ServiceNotice::alive(Milliseconds sinceBoot) {
    if (interval_ == Milliseconds{0} || sinceBoot < next_) return;
    next_ = sinceBoot + interval_;
    sd_notify(0, "WATCHDOG=1");
}

}  // namespace loa
