#pragma once
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace loa::test {

/// What a process under clock_shim.cpp believes.
struct ShimmedTime {
    std::int64_t offsetSeconds = 0;  ///< of its wall clock from the machine's
    std::int64_t synchronised = 0;   ///< what its kernel says
};

/// The wall clock of processes that are started with `environment()`. May be set while they run.
class ShimmedClock {
public:
    ShimmedClock(std::filesystem::path file, std::chrono::seconds offset, bool synchronised)
        : file_{std::move(file)}, descriptor_{open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
        set(offset, synchronised);
    }
    ~ShimmedClock() { close(descriptor_); }
    ShimmedClock(const ShimmedClock&) = delete;
    ShimmedClock& operator=(const ShimmedClock&) = delete;

    void set(std::chrono::seconds offset, bool synchronised) const {
        const ShimmedTime time{offset.count(), synchronised ? 1 : 0};
        if (pwrite(descriptor_, &time, sizeof time, 0) != sizeof time)
            throw std::runtime_error{"no clock for the test"};
    }

    std::vector<std::string> environment() const {
        return {"LD_PRELOAD=" + std::string{std::getenv("LOA_BIN_DIR")} + "/libclock_shim.so",
                "LOA_CLOCK=" + file_.string()};
    }

private:
    std::filesystem::path file_;
    int descriptor_;
};

}  // namespace loa::test
