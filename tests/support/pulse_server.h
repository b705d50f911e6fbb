#pragma once
#include <csignal>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/service_manager.h"

namespace loa {

/// A PulseAudio of one's own in `folder`, with one null sink that keeps real time ("null"). Runs as root too.
class PulseServer {
public:
    explicit PulseServer(std::filesystem::path folder);
    /// A sink description for loa-sound; `more` are properties of pulsesink.
    std::string sink(const std::string& more = "") const;
    std::string address() const { return "unix:" + (folder_ / "native").string(); }
    /// Ends it by SIGKILL; returns when it is gone.
    void kill();
    /// Stops it from running without ending it, as a hung server is.
    void freeze() { process_->signal(SIGSTOP); }
    /// Starts it again; returns when it listens.
    void start();

private:
    std::filesystem::path folder_;
    std::unique_ptr<ServiceManager> process_;
};

}  // namespace loa
