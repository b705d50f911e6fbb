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
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace std::chrono_literals;

namespace {

std::string program(const char* name) {
    return std::string{std::getenv("LOA_BIN_DIR")} + "/" + name;
}

/// Starts the service, freezes it, sees it come back, and ends it.
void checkService(ServiceUnit unit, const std::filesystem::path& folder) {
    unit.output = folder / "output.txt";
    ServiceManager manager{unit};
    const auto output = [&] { return runShell("tail -n 40 '" + unit.output.string() + "'").output; };
    // Each may come from a thread of its own, in any order.
    const bool speaks = manager.waitUntil(
        [](const auto& record) { return record.ready && record.beats >= 1 && !record.statuses.empty(); }, 60s);
    INFO(output());
    REQUIRE(speaks);

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

/// An office's keys in `folder`/office, as `loa-scheduler init` makes them.
void makeOffice(const std::filesystem::path& folder) {
    const auto made = runShell("'" + program("loa-scheduler") + "' init --dir '" + (folder / "office").string() + "'");
    INFO(made.output);
    REQUIRE(made.status == 0);
}

}  // namespace

TEST_CASE("loa-sound: as a service it is ready, watched, back after a freeze and ended when asked (F09)") {
    const test::TemporaryDirectory temporary;
    const auto& folder = temporary.path();
    ServiceUnit unit;
    unit.command = {program("loa-sound"), "--socket", folder / "sound.sock", "--sink", "fakesink sync=true"};
    unit.watchdog = 6s;
    checkService(unit, folder);
}

TEST_CASE("loa-scheduler: as a service it is ready, watched, back after a freeze and ended when asked (F09)") {
    const test::TemporaryDirectory temporary;
    const auto& folder = temporary.path();
    makeOffice(folder);
    std::ofstream{folder / "scheduler.properties"} << "stateDirectory = " << (folder / "state").string() << "\n"
                                                   << "officeDirectory = " << (folder / "office").string() << "\n"
                                                   << "office.host = 127.0.0.1\noffice.port = 0\n"
                                                   << "stations.host = 127.0.0.1\nstations.port = 0\n"
                                                   << "duty.host = 127.0.0.1\nduty.port = 0\n";
    ServiceUnit unit;
    unit.command = {program("loa-scheduler"), "serve", "--config", folder / "scheduler.properties"};
    unit.watchdog = 20s;
    checkService(unit, folder);
}

TEST_CASE("loa-player: as a service it is ready, watched, back after a freeze and ended when asked (F09)") {
    const test::TemporaryDirectory temporary;
    const auto& folder = temporary.path();
    makeOffice(folder);
    std::ofstream{folder / "identity.json"}
        << "{\"station\": \"an-phong\", \"identity\": 1, \"key\": \"loa-secret-ed25519:" << std::string(86, 'A')
        << "==\", \"token\": \"no office knows it\"}\n";
    using std::filesystem::perms;
    std::filesystem::permissions(folder / "identity.json", perms::owner_read | perms::owner_write);
    std::ofstream{folder / "player.properties"} << "server = https://127.0.0.1:1\n"
                                                << "officeCa = " << (folder / "office/ca.pem").string() << "\n"
                                                << "officeKeyFile = " << (folder / "office/office.pub").string() << "\n"
                                                << "identityFile = " << (folder / "identity.json").string() << "\n"
                                                << "stateDirectory = " << (folder / "state").string() << "\n"
                                                << "mediaDirectory = " << (folder / "media").string() << "\n"
                                                << "soundSocket = " << (folder / "sound.sock").string() << "\n";
    ServiceUnit unit;
    unit.command = {program("loa-player"), "--config", folder / "player.properties"};
    unit.watchdog = 6s;
    checkService(unit, folder);
}
