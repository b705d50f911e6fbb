// loa-player: reads its configuration, builds the parts in start order, and lives until SIGTERM. Threads: this one is
// the agent's; the uplink has its own. Signals are read from a descriptor, so that nothing is interrupted.
#include <sys/signalfd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <span>
#include <string_view>

#include "config/player_config.h"
#include "config/private_process.h"
#include "player/agent.h"
#include "player/identity.h"
#include "player/pace.h"
#include "player/part_sink.h"
#include "player/uplink/http_uplink.h"
#include "scheduler/domain/error.h"

namespace {

using namespace loa;

constexpr int exitUsage = 64;  // sysexits.h
constexpr int exitConfig = 78;

constexpr std::string_view help = R"(loa-player: plays one station's announcements at their exact times, and proves it.

  loa-player enrol --server https://HOST:8444 --dir DIRECTORY [--code CODE]
                                           make this box a station of that office, once; without --code it is read
                                           from the terminal
  loa-player --config FILE                 run until SIGTERM
  loa-player --config FILE --check-config  say what is wrong with FILE, all of it, and end
  loa-player --help                        this text

Enrol first. The office gives a code, good for 15 minutes and one box ('loa-scheduler station enrol', or its API). The
box makes a key that never leaves it, both sides prove that they have the code, and the box writes into DIRECTORY who it
is (identity.json) and whom it believes (ca.pem, office.pub). It shows six words: the office must show the same ones for
this station. If not, somebody stands between: retire the station at the office, and find out who.

What it does. It asks the office for this station's plan and checks its signature, fetches the announcements and
checks their hashes, has loa-sound play each at its instant, writes down what really sounded, and reports that until
the office has said it has it. It needs no connection to sound: what is on disk sounds.

What it needs. A configuration file (config/player.example.properties explains every key), what enrol wrote, and a
loa-sound at the same soundSocket:

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
    const int stop = stopSignals();
    keepMemoryPrivate();
    requirePrivate(config.identityFile);
    const auto identity = loadIdentity(config.identityFile);
    const auto& station = identity.station;
    const SystemClock clock;
    Spool spool{config.stateDirectory / "spool.db", station, clock.now()};
    const MediaCache cache{config.mediaDirectory};
    Inbox<UplinkAnswer> inbox;
    HttpUplinkSettings office{config.server, config.officeCa, identity.token, station};
    office.jitter = stationJitter(station.text());
    HttpUplink uplink{office, [&](UplinkAnswer answer) { inbox.post(std::move(answer)); },
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
    std::cerr << "loa-player needs --config FILE, or is to enrol; loa-player --help tells more\n";
    return exitUsage;
}

using Arguments = std::span<char* const>;

int enrolBox(Arguments arguments) {
    std::map<std::string_view, std::string> given{{"--server", ""}, {"--code", ""}, {"--dir", ""}};
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        const auto option = given.find(arguments[i]);
        if (option == given.end() || i + 1 == arguments.size()) return wrongArguments();
        option->second = arguments[i + 1];
    }
    if (given["--server"].empty() || given["--dir"].empty()) return wrongArguments();
    if (const auto fault = faultOfServer(given["--server"]); !fault.empty()) {
        std::cerr << "--server " << fault << '\n';
        return exitUsage;
    }
    if (given["--code"].empty()) std::getline(std::cin, given["--code"]);
    keepMemoryPrivate();
    const std::filesystem::path folder{given["--dir"]};
    const auto words = enrol(given["--server"], given["--code"], folder);
    std::cout << loadIdentity(folder / "identity.json").station.text() << '\n'
              << words << "\n\nĐối chiếu sáu từ này với trang của văn phòng; khác nhau thì dừng lại và báo văn phòng.\n"
              << "(Compare the six words with those the office shows for this station.)\n";
    return 0;
}

int runOrCheck(Arguments arguments) {
    std::string_view file;
    bool check = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--check-config")
            check = true;
        else if (argument == "--config" && i + 1 < arguments.size())
            file = arguments[++i];
        else
            return wrongArguments();
    }
    if (file.empty()) return wrongArguments();
    const auto config = loadPlayerConfig(file);
    if (!check) return run(config) ? 0 : 1;
    loadIdentity(config.identityFile);
    officeKeys(config.officeKeyFile);
    std::cout << file << " is right\n";
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const Arguments all{arguments + 1, static_cast<std::size_t>(std::max(count - 1, 0))};
    const std::string_view first = all.empty() ? "" : all.front();
    if (first == "--help") {
        std::cout << help;
        return 0;
    }
    try {
        return first == "enrol" ? enrolBox(all.subspan(1)) : runOrCheck(all);
    } catch (const Error& error) {
        std::cerr << error.words().vi << "\n" << error.words().en << "\n";
        return error.fault() == Fault::invalid || error.fault() == Fault::notFound ? exitConfig : 1;
    } catch (const std::exception& fault) {
        std::cerr << "loa-player ends: " << fault.what() << "\n";
        return 1;
    }
}
