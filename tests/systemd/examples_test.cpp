// The example configurations beside the units: what a unit gives its program is what the example tells it to use.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "config/player_config.h"
#include "config/scheduler_config.h"

using namespace loa;

namespace {

namespace fs = std::filesystem;

fs::path source() {
    return std::getenv("LOA_SOURCE_DIR");
}

/// All values of a setting in a unit, as they stand there.
std::set<std::string> settings(const std::string& unit, const std::string& name) {
    std::ifstream file{source() / "systemd" / (unit + ".service.in")};
    REQUIRE(file);
    std::set<std::string> values;
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(name + '=')) values.insert(line.substr(name.size() + 1));
    return values;
}

std::string setting(const std::string& unit, const std::string& name) {
    const auto values = settings(unit, name);
    REQUIRE(values.size() == 1);
    return *values.begin();
}

/// What follows `option` in the command line of a unit.
std::string argument(const std::string& unit, const std::string& option) {
    const auto command = setting(unit, "ExecStart");
    const auto at = command.find(option + ' ');
    REQUIRE(at != std::string::npos);
    const auto from = at + option.size() + 1;
    return command.substr(from, command.find(' ', from) - from);
}

/// Where systemd shows a service its credentials (systemd.exec, LoadCredential=).
fs::path credentials(const std::string& unit) {
    return fs::path{"/run/credentials"} / (unit + ".service");
}

bool isLoaded(const std::string& unit, const std::string& name) {
    return settings(unit, "LoadCredential").contains(name + ":/etc/loa/" + name);
}

}  // namespace

TEST_CASE("systemd units: the player's example names the folders, the secret and the socket that its unit gives") {
    const auto config = loadPlayerConfig(source() / "config/player.example.properties");
    CHECK(config.stateDirectory == "/var/lib/" + setting("loa-player", "StateDirectory"));
    CHECK(config.mediaDirectory == "/var/cache/" + setting("loa-player", "CacheDirectory"));
    CHECK(config.identityFile == credentials("loa-player") / "identity.json");
    CHECK(settings("loa-player", "LoadCredential").contains("identity.json:/etc/loa/station/identity.json"));
    CHECK(config.soundSocket == argument("loa-sound", "--socket"));
    CHECK(config.soundSocket.parent_path() == "/run/" + setting("loa-sound", "RuntimeDirectory"));
}

TEST_CASE("systemd units: the scheduler's example names the folders, the keys and the ports that its unit gives") {
    const auto config = loadSchedulerConfig(source() / "config/scheduler.example.properties");
    CHECK(config.stateDirectory == "/var/lib/" + setting("loa-scheduler", "StateDirectory"));
    CHECK(config.officeDirectory == credentials("loa-scheduler"));
    for (const char* name : {"server.pem", "server.key", "signing.key"}) CHECK(isLoaded("loa-scheduler", name));
    CHECK(settings("loa-scheduler", "SocketBindAllow") ==
          std::set<std::string>{"tcp:" + std::to_string(config.office.port),
                                "tcp:" + std::to_string(config.stations.port),
                                "tcp:" + std::to_string(config.duty.port)});
}

TEST_CASE("systemd units: each waits for the configuration that README tells people to put there") {
    CHECK(settings("loa-player", "ConditionPathExists").contains(argument("loa-player", "--config")));
    CHECK(settings("loa-scheduler", "ConditionPathExists").contains(argument("loa-scheduler", "--config")));
}
