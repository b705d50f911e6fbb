// Inside a Debian with the packages installed: their units, read as systemd would, and their programs under the
// stand-in for the service manager. Started by tests/package/run, in a root of its own; it sets up an office and a
// station there.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "tests/support/run_shell.h"
#include "tests/support/service_manager.h"

using namespace loa;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

void sh(const std::string& line) {
    const auto run = runShell(line);
    INFO(line);
    INFO(run.output);
    REQUIRE(run.status == 0);
}

/// An installed unit: all its settings, as the file has them.
class Unit {
public:
    explicit Unit(std::string name) : name_{std::move(name)} {
        std::ifstream file{"/usr/lib/systemd/system/" + name_ + ".service"};
        REQUIRE(file);
        for (std::string line; std::getline(file, line);)
            if (const auto equals = line.find('='); line[0] != '#' && equals != std::string::npos)
                settings_.emplace(line.substr(0, equals), line.substr(equals + 1));
    }

    bool conditionsHold() const {
        const auto [first, last] = settings_.equal_range("ConditionPathExists");
        return std::all_of(first, last, [](const auto& row) { return fs::exists(row.second); });
    }

    /// What systemd would start, as the unit's user, with its folders and credentials. `swap`: words of the command
    /// that this root has not (a sound card).
    ServiceUnit service(const std::map<std::string, std::string>& swap = {}) const {
        makeFolder("/var/lib/", "StateDirectory");
        makeFolder("/var/cache/", "CacheDirectory");
        makeFolder("/run/", "RuntimeDirectory");
        const std::string credentials = "/run/credentials/" + name_ + ".service";
        sh("rm -rf " + credentials + " && install -d -m 700 -o " + user() + " " + credentials);
        const auto [first, last] = settings_.equal_range("LoadCredential");
        for (auto row = first; row != last; ++row) {
            const auto colon = row->second.find(':');
            sh("install -m 400 -o " + user() + " " + row->second.substr(colon + 1) + " " + credentials + "/" +
               row->second.substr(0, colon));
        }
        std::string command = one("ExecStart");
        for (const auto& [from, to] : swap) {
            REQUIRE(command.find(from) != std::string::npos);
            command.replace(command.find(from), from.size(), to);
        }
        ServiceUnit unit;
        unit.command = {"/usr/bin/setpriv", "--reuid", user(),           "--regid",        user(),
                        "--groups",         groups(),  "--no-new-privs", "--inh-caps=-all"};
        std::istringstream words{command};
        for (std::string word; words >> word;) {
            if (word.front() == '"') {  // one argument of several words
                std::string rest;
                std::getline(words, rest, '"');
                word = word.substr(1) + rest;
            }
            unit.command.push_back(word);
        }
        unit.watchdog = std::chrono::seconds{std::stoi(one("WatchdogSec"))};
        unit.output = "/root/" + name_ + ".txt";
        return unit;
    }

private:
    std::string one(const std::string& setting) const {
        REQUIRE(settings_.count(setting) == 1);
        return settings_.find(setting)->second;
    }
    std::string user() const { return one("User"); }
    std::string groups() const {
        const auto more = settings_.find("SupplementaryGroups");
        return user() + (more == settings_.end() ? "" : "," + more->second);
    }
    void makeFolder(const std::string& parent, const std::string& setting) const {
        if (const auto row = settings_.find(setting); row != settings_.end())
            sh("install -d -m 750 -o " + user() + " -g " + user() + " " + parent + row->second);
    }

    std::string name_;
    std::multimap<std::string, std::string> settings_;
};

/// Ready and beating; what it wrote, where not.
void checkRuns(ServiceManager& manager, const std::string& output) {
    const bool runs = manager.waitUntil([](const auto& record) { return record.ready && record.beats >= 1; }, 60s);
    INFO(runShell("tail -n 40 " + output).output);
    CHECK(runs);
}

/// A command of the office, as its service's user.
std::string office(const std::string& command) {
    const auto run =
        runShell("runuser -u loa-scheduler -- loa-scheduler " + command + " --config /etc/loa/scheduler.properties");
    INFO(command);
    INFO(run.output);
    REQUIRE(run.status == 0);
    return run.output.substr(0, run.output.find('\n'));
}

void put(const std::string& token, const std::string& path, const std::string& json) {
    sh("curl --fail-with-body --silent --cacert /etc/loa/ca.pem -X PUT https://127.0.0.1:8443/v1/" + path +
       " -H 'Authorization: Bearer " + token + "' --json '" + json + "'");
}

/// As the README has it: a place, a station, a code, and the box that proves it.
void enrolStation() {
    office("person add --id quan-tri --name Admin --role admin");
    const auto token = office("token --person quan-tri");
    put(token, "areas/thanh-binh", R"({"name": "Thanh Binh"})");
    put(token, "stations/an-phong", R"({"name": "An Phong", "area": "thanh-binh"})");
    const auto code = office("station enrol --id an-phong");
    sh("loa-player enrol --server https://127.0.0.1:8444 --dir /etc/loa/station --code " + code);
    sh("sed 's,^server = .*,server = https://127.0.0.1:8444,' /usr/share/doc/loa-player/player.example.properties "
       "> /etc/loa/player.properties");
}

}  // namespace

TEST_CASE("package: idle until an office is made and a station enrolled") {
    CHECK_FALSE(Unit{"loa-scheduler"}.conditionsHold());
    CHECK_FALSE(Unit{"loa-player"}.conditionsHold());
}

TEST_CASE("package: running as the units say, once they are set up") {
    const bool isNew = !fs::exists("/etc/loa/scheduler.properties");
    if (isNew) {
        sh("loa-scheduler init --dir /etc/loa --name 127.0.0.1");
        sh("install -m 644 /usr/share/doc/loa-scheduler/scheduler.example.properties /etc/loa/scheduler.properties");
    }
    CHECK(Unit{"loa-scheduler"}.conditionsHold());
    ServiceManager scheduler{Unit{"loa-scheduler"}.service()};
    ServiceManager sound{Unit{"loa-sound"}.service(
        {{"alsasink device=hw:0,0 buffer-time=100000 latency-time=10000", "fakesink sync=true"}})};
    checkRuns(scheduler, "/root/loa-scheduler.txt");
    checkRuns(sound, "/root/loa-sound.txt");
    if (isNew) enrolStation();
    CHECK(Unit{"loa-player"}.conditionsHold());
    ServiceManager player{Unit{"loa-player"}.service()};
    checkRuns(player, "/root/loa-player.txt");
    // It has its plan from the office, and the office knows how it is.
    CHECK(player.waitUntil(
        [](const auto& record) {
            return std::any_of(record.statuses.begin(), record.statuses.end(),
                               [](const auto& line) { return line.find("plan 1") != std::string::npos; });
        },
        60s));
    CHECK(player.stop() == 0);
    CHECK(sound.stop() == 0);
    CHECK(scheduler.stop() == 0);
}
