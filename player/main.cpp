// loa-player: reads its configuration, builds the parts in start order, and lives until SIGTERM. Threads: this one is
// the agent's; the uplink has two of its own. Signals are read from a descriptor, so that nothing is interrupted.
#include <sys/signalfd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string_view>

#include "config/player_config.h"
#include "config/private_process.h"
#include "player/agent.h"
#include "player/part_sink.h"
#include "player/uplink/http_uplink.h"
#include "scheduler/domain/error.h"

namespace {

using namespace loa;

constexpr int exitUsage = 64;  // sysexits.h
constexpr int exitConfig = 78;

constexpr std::string_view help = R"(loa-player: plays one station's announcements at their exact times, and proves it.

  loa-player --config FILE                 run until SIGTERM
  loa-player --config FILE --check-config  say what is wrong with FILE, all of it, and end
  loa-player --help                        this text

What it does. It asks the office for this station's plan and checks its signature, fetches the announcements and
checks their hashes, has loa-sound play each at its instant, writes down what really sounded, and reports that until
the office has said it has it. It needs no connection to sound: what is on disk sounds.

What it needs. A configuration file (config/player.example.properties explains every key), the office's CA and public
key, the station's token, and a loa-sound at the same soundSocket:

  loa-sound --socket /run/loa-sound/sound.sock --sink alsasink

When something is wrong. `systemctl status loa-player` says in one line what it is doing; its journal says why an
announcement did not sound. Exit codes: 0 ended by SIGTERM, 64 wrong arguments, 78 wrong configuration, 1 other.
)";

std::string firstLine(const std::filesystem::path& path, const std::string& key) {
    std::ifstream file{path};
    std::string line;
    if (std::getline(file, line) && !line.empty()) return line;
    throw Error(Fault::invalid, "bad-configuration",
                {key + ": không đọc được " + path.string() + ", hoặc tệp trống.",
                 key + ": cannot read " + path.string() + ", or it is empty"});
}

std::vector<VerifyingKey> officeKeys(const std::filesystem::path& path) {
    std::vector<VerifyingKey> keys{VerifyingKey::fromText(firstLine(path, "officeKeyFile"))};
    std::ifstream file{path};
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line))
        if (!line.empty()) keys.push_back(VerifyingKey::fromText(line));
    return keys;
}

/// Readable once the program shall end. Blocks the signals for this thread and all it starts.
int stopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// Empty where /proc is closed to us: rows then carry no boot id, and say so by that.
std::string bootId() {
    std::ifstream file{"/proc/sys/kernel/random/boot_id"};
    std::string line;
    std::getline(file, line);
    return line;
}

/// False when it ended because its store is damaged: it wants to be started anew.
bool run(const PlayerConfig& config) {
    const StationId station{config.station};
    const int stop = stopSignals();
    const SystemClock clock;
    Spool spool{config.stateDirectory / "spool.db", station, clock.now()};
    const MediaCache cache{config.mediaDirectory};
    Inbox<UplinkAnswer> inbox;
    keepMemoryPrivate();
    requirePrivate(config.tokenFile);
    HttpUplink uplink{{config.server, config.officeCa, firstLine(config.tokenFile, "tokenFile"), station},
                      [&](UplinkAnswer answer) { inbox.post(std::move(answer)); },
                      [&](const MediaWanted& wanted) { return std::make_unique<PartSink>(cache, wanted); }};
    AgentSettings settings;
    settings.station = station;
    settings.officeKeys = officeKeys(config.officeKeyFile);
    settings.soundSocket = config.soundSocket.string();
    settings.bootId = bootId();
    settings.manifestPoll = config.manifestPoll;
    settings.statusEach = config.statusEach;
    Agent agent{settings, clock, spool, cache, uplink, inbox};
    agent.run(stop);
    return !spool.broken();
}

int wrongArguments() {
    std::cerr << "loa-player needs --config FILE; loa-player --help tells more\n";
    return exitUsage;
}

}  // namespace

int main(int count, char** arguments) {
    std::string_view file;
    bool check = false;
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--help") {
            std::cout << help;
            return 0;
        }
        if (argument == "--check-config")
            check = true;
        else if (argument == "--config" && i + 1 < count)
            file = arguments[++i];
        else
            return wrongArguments();
    }
    if (file.empty()) return wrongArguments();
    try {
        const auto config = loadPlayerConfig(file);
        if (check) {
            firstLine(config.tokenFile, "tokenFile");
            officeKeys(config.officeKeyFile);
            std::cout << file << " is right\n";
            return 0;
        }
        return run(config) ? 0 : 1;
    } catch (const Error& error) {
        std::cerr << error.words().vi << "\n" << error.words().en << "\n";
        return error.fault() == Fault::invalid || error.fault() == Fault::notFound ? exitConfig : 1;
    } catch (const std::exception& fault) {
        std::cerr << "loa-player ends: " << fault.what() << "\n";
        return 1;
    }
}
