// The programs as services, under the service manager's stand-in: ready when they are, watched by the loop that
// matters, back after a freeze, and ended when asked. What else they do is tested elsewhere.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/run_shell.h"
#include "tests/support/service_manager.h"

using namespace loa;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "loa-programs-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    fs::path operator/(const char* name) const { return path_ / name; }

private:
    fs::path path_;
};

std::string program(const char* name) {
    return std::string{std::getenv("LOA_BIN_DIR")} + "/" + name;
}

/// Starts the service, freezes it, sees it come back, and ends it.
void checkService(ServiceUnit unit, const Folder& folder) {
    unit.output = folder / "output.txt";
    ServiceManager manager{unit};
    const auto output = [&] { return runShell("tail -n 40 '" + unit.output.string() + "'").output; };
    const bool beats = manager.waitUntil([](const auto& record) { return record.ready && record.beats >= 1; }, 60s);
    INFO(output());
    REQUIRE(beats);
    CHECK_FALSE(manager.record().statuses.empty());

    REQUIRE(manager.signal(SIGSTOP));
    REQUIRE(manager.waitUntil([](const auto& record) { return record.readies >= 2 && record.ready; }, 120s));
    auto record = manager.record();
    CHECK(record.missedBeats >= 1);
    REQUIRE_FALSE(record.endings.empty());
    CHECK(WIFSIGNALED(record.endings.front()));

    CHECK(manager.stop() == 0);
    record = manager.record();
    CHECK(record.stoppings >= 1);
    CHECK(record.strangers.empty());
}

}  // namespace

TEST_CASE("loa-sound: as a service it is ready, watched, back after a freeze and ended when asked (F09)") {
    const Folder folder;
    ServiceUnit unit;
    unit.command = {program("loa-sound"), "--socket", folder / "sound.sock", "--sink", "fakesink sync=true"};
    unit.watchdog = 6s;
    checkService(unit, folder);
}

TEST_CASE("loa-scheduler: as a service it is ready, watched, back after a freeze and ended when asked (F09)") {
    const Folder folder;
    const auto made = runShell("'" + program("loa-scheduler") + "' init --dir '" + (folder / "office").string() + "'");
    INFO(made.output);
    REQUIRE(made.status == 0);
    std::ofstream{folder / "scheduler.properties"} << "stateDirectory = " << (folder / "state").string() << "\n"
                                                   << "officeDirectory = " << (folder / "office").string() << "\n"
                                                   << "office.host = 127.0.0.1\noffice.port = 0\n"
                                                   << "stations.host = 127.0.0.1\nstations.port = 0\n";
    ServiceUnit unit;
    unit.command = {program("loa-scheduler"), "serve", "--config", folder / "scheduler.properties"};
    unit.watchdog = 20s;
    checkService(unit, folder);
}
