// A wall clock of the test's own for one process (LD_PRELOAD): off from the machine's by what the file LOA_CLOCK says,
// and kept right by the kernel or not. The machine's own clock is shared and never set. See shimmed_clock.h.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

#include "tests/support/shimmed_clock.h"

namespace {

const volatile loa::test::ShimmedTime& shimmed() {
    static const auto* found = [] {
        const int file = open(std::getenv("LOA_CLOCK"), O_RDONLY | O_CLOEXEC);
        void* mapped = mmap(nullptr, sizeof(loa::test::ShimmedTime), PROT_READ, MAP_SHARED, file, 0);
        if (mapped == MAP_FAILED) abort();
        close(file);
        return static_cast<const volatile loa::test::ShimmedTime*>(mapped);
    }();
    return *found;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, time));
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) time->tv_sec += shimmed().offsetSeconds;
    return result;
}

int gettimeofday(timeval* time, void*) noexcept {
    timespec now{};
    const int result = clock_gettime(CLOCK_REALTIME, &now);
    *time = {now.tv_sec, now.tv_nsec / 1000};
    return result;
}

time_t time(time_t* out) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}

int adjtimex(timex* state) noexcept {
    state->status = shimmed().synchronised ? 0 : STA_UNSYNC;
    return shimmed().synchronised ? TIME_OK : TIME_ERROR;
}
}
