// The first broadcast as config/quickstart starts it, on the real programs: what it says, how it ends, what it leaves.
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "scheduler/domain/descriptor.h"
#include "tests/support/run_shell.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;

namespace {

namespace fs = std::filesystem;

bool isFree(int port) {
    const Descriptor probe{socket(AF_INET, SOCK_STREAM, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return bind(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

/// The first of three free ports, below those that the kernel hands out by itself.
int freePorts() {
    for (int port = 23'100; port < 32'000; port += 3)
        if (isFree(port) && isFree(port + 1) && isFree(port + 2) && isFree(port + 3)) return port;
    return 0;
}

std::string commandIn(const fs::path& folder, const std::string& more) {
    return "python3 '" + std::string{std::getenv("LOA_SOURCE_DIR")} + "/config/first_broadcast.py' --programs '" +
           std::getenv("LOA_BIN_DIR") + "' --dir '" + folder.string() + "' --port " + std::to_string(freePorts()) +
           more;
}

/// The command lines of all processes that name the folder.
std::vector<std::string> leftRunning(const fs::path& folder) {
    std::vector<std::string> found;
    for (const auto& process : fs::directory_iterator{"/proc"}) {
        std::ifstream file{process.path() / "cmdline"};
        std::string line{std::istreambuf_iterator<char>{file}, {}};
        std::ranges::replace(line, '\0', ' ');
        if (line.find(folder.string()) != std::string::npos) found.push_back(line);
    }
    return found;
}

std::vector<double> secondsSpoken(const std::string& output) {
    static const std::regex spoken{"”: ([0-9]+),([0-9]) giây, "};
    std::vector<double> seconds;
    for (std::sregex_iterator i{output.begin(), output.end(), spoken}, end; i != end; ++i)
        seconds.push_back(std::stod((*i)[1].str() + '.' + (*i)[2].str()));
    return seconds;
}

}  // namespace

TEST_CASE("quickstart: three stations air an announcement of half a minute to a minute, and nothing is left running") {
    const TemporaryDirectory directory;
    const auto run = runShell(commandIn(directory.path(), " --once"));
    INFO(run.output);
    CHECK(run.status == 0);
    CHECK(run.output.ends_with("\n3 aired, 0 not aired\n"));
    CHECK(leftRunning(directory.path()).empty());
    const auto seconds = secondsSpoken(run.output);
    CHECK(seconds.size() == 4);
    for (const double length : seconds) {
        CHECK(length >= 30);
        CHECK(length <= 60);
    }
}

TEST_CASE(
    "quickstart: interrupted, terminated or hung up before all have aired, it says so and leaves nothing running") {
    for (const auto& [signal, status] : {std::pair<std::string, int>{"INT", 130}, {"TERM", 143}, {"HUP", 129}}) {
        CAPTURE(signal);
        const TemporaryDirectory directory;
        const auto started = directory.path() / "logs/loa-player-an-phong.log";
        const auto run =
            runShell(commandIn(directory.path(), " & pid=$!; while [ ! -e '" + started.string() +
                                                     "' ]; do kill -0 $pid || break; sleep 0.1; done; kill -" + signal +
                                                     " $pid; wait $pid"));
        INFO(run.output);
        CHECK(run.status == status);
        CHECK(run.output.find("aired,") == std::string::npos);
        CHECK(leftRunning(directory.path()).empty());
    }
}

TEST_CASE("quickstart: a port that is none is refused before anything is installed or built") {
    const auto quickstart = std::string{std::getenv("LOA_SOURCE_DIR")} + "/config/quickstart --once --port ";
    for (const char* port : {"abc", "0", "65534", "-1", "''"}) {
        CAPTURE(port);
        const auto run = runShell(quickstart + port);
        CHECK(run.status == 2);
        CHECK(run.output.starts_with("quickstart: --port takes a number"));
    }
}
