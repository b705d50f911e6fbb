// The smallest service of Type=notify, to try the service manager's stand-in on: it says READY=1, beats every third of
// the watchdog's interval from its one loop, and ends at SIGTERM with STOPPING=1. `notifying_service deaf` never says
// READY=1; `notifying_service child` has a child of its own say it.
#include <sys/wait.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <csignal>
#include <ctime>
#include <string_view>

int main(int count, char** arguments) {
    const std::string_view manner = count > 1 ? arguments[1] : "";
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigprocmask(SIG_BLOCK, &end, nullptr);

    std::uint64_t watchdogMicroseconds = 3'000'000;
    sd_watchdog_enabled(0, &watchdogMicroseconds);
    if (manner == "child") {
        if (const pid_t child = fork(); child > 0) {
            waitpid(child, nullptr, 0);
        } else {
            sd_notify(0, "READY=1");
            _exit(0);
        }
    } else if (manner != "deaf") {
        sd_notifyf(0, "READY=1\nSTATUS=running as %d", getpid());
    }
    const auto nanoseconds = static_cast<long>(watchdogMicroseconds * 1000 / 3);
    const timespec third{nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
    while (sigtimedwait(&end, nullptr, &third) != SIGTERM) sd_notify(0, "WATCHDOG=1");
    sd_notify(0, "STOPPING=1");
    // Nothing is left to clean up. An ordinary return of a build with sanitizers looks for leaks first, with all
    // threads stopped, and on a busy machine that once took longer than the manager waits for a stop.
    _exit(0);
}
