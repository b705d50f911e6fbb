// Type=notify and WatchdogSec= of systemd through libsystemd. The watchdog is fed from the mixing loop and from nowhere
// else: if the loop stands, the program is restarted.
#include "player/sound/service_notice.h"

#include <systemd/sd-daemon.h>

namespace loa {

ServiceNotice::ServiceNotice() {
    std::uint64_t interval = 0;
    if (sd_watchdog_enabled(0, &interval) > 0) beatEvery_ = std::chrono::microseconds{interval} / 3;
}

void ServiceNotice::ready() {
    if (!ready_) sd_notify(0, "READY=1");
    ready_ = true;
}

void ServiceNotice::stopping() {
    sd_notify(0, "STOPPING=1");
}

void ServiceNotice::status(const std::string& text) {
    if (text == status_) return;
    status_ = text;
    sd_notify(0, ("STATUS=" + text).c_str());
}

void ServiceNotice::beat() {
    if (beatEvery_ == Nanoseconds{0}) return;
    const auto now = monotonicNow();
    if (now - lastBeat_ < beatEvery_) return;
    lastBeat_ = now;
    sd_notify(0, "WATCHDOG=1");
}

}  // namespace loa
