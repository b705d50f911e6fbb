// Starts pulseaudio with a private runtime folder and nothing but a socket and a null sink. norewinds=1 makes that sink
// keep real time; without it, it works in bursts of up to two seconds.
#include "tests/support/pulse_server.h"

#include <stdexcept>

#include "tests/support/undisturbed.h"
#include "tests/support/wait_until.h"

namespace loa {

PulseServer::PulseServer(std::filesystem::path folder) : folder_{std::move(folder)} {
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    start();
}

void PulseServer::start() {
    const auto home = folder_.string();
    std::filesystem::remove(folder_ / "native");
    ServiceUnit unit;
    unit.command = undisturbed({"pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
                                "--log-target=stderr", "--log-level=warn",                                        //
                                "-L", "module-native-protocol-unix auth-anonymous=1 socket=" + home + "/native",  //
                                "-L", "module-null-sink norewinds=1 sink_name=null rate=48000"});
    unit.environment = {"HOME=" + home, "XDG_RUNTIME_DIR=" + home, "PULSE_RUNTIME_PATH=" + home + "/pulse",
                        "PULSE_STATE_PATH=" + home + "/pulse", "DBUS_SESSION_BUS_ADDRESS=disabled:"};
    unit.output = folder_ / "pulseaudio.log";
    unit.restart = false;
    process_ = std::make_unique<ServiceManager>(unit);
    if (!waitUntil([&] { return std::filesystem::is_socket(folder_ / "native"); }, std::chrono::seconds{20}))
        throw std::runtime_error("pulseaudio does not start; see " + unit.output.string());
}

void PulseServer::kill() {
    process_->signal(SIGKILL);
    process_->waitUntil([](const ServiceRecord& record) { return !record.running; }, std::chrono::seconds{10});
}

std::string PulseServer::sink(const std::string& more) const {
    return "pulsesink server=" + address() + " device=null buffer-time=200000 latency-time=10000 " + more;
}

}  // namespace loa
