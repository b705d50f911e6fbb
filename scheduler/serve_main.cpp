// Builds the scheduler, owns everything, stops everything: what is declared first stops last. The main thread only
// waits for a signal and, between, does the upkeep: occurrences that come within the horizon, manifests of a new day,
// the watchdog.
#include "scheduler/serve_main.h"

#include <systemd/sd-daemon.h>

#include <csignal>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>

#include "api/http/server.h"
#include "api/routes/tables.h"
#include "scheduler/calendar/zones.h"
#include "scheduler/operations/import_events.h"
#include "scheduler/operations/media_desk.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/readiness.h"
#include "scheduler/operations/scheduler.h"

namespace loa {
namespace {

constexpr int upkeepSeconds = 5;
constexpr Milliseconds planEvery = std::chrono::minutes{10};
constexpr int stationThreads = 32;
constexpr int officeThreads = 24;

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file{path};
    if (!file)
        throw Error{Fault::notFound,
                    "no-office",
                    {"Không đọc được " + path.string() + ". Chạy “loa-scheduler init” trước.",
                     "cannot read " + path.string() + "; run 'loa-scheduler init' first"}};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void logLine(const std::string& line) {
    static std::mutex mutex;  // one record, one line
    const std::lock_guard lock{mutex};
    std::cerr << line << '\n';
}

ListenerOptions listener(const char* name, const ListenConfig& listen, int threads, std::optional<TlsFiles> tls) {
    ListenerOptions options;
    options.name = name;
    options.host = listen.host;
    options.port = static_cast<std::uint16_t>(listen.port);
    options.threads = threads;
    options.tls = std::move(tls);
    options.accessLog = logLine;
    return options;
}

/// The listeners: stations have threads of their own, so that nothing elsewhere holds them up.
std::vector<std::unique_ptr<Server>> listen(const Router& router, const SchedulerConfig& config) {
    const TlsFiles tls{(config.officeDirectory / "server.pem").string(),
                       (config.officeDirectory / "server.key").string()};
    std::vector<std::unique_ptr<Server>> servers;
    servers.push_back(std::make_unique<Server>(router, listener("stations", config.stations, stationThreads, tls)));
    servers.push_back(std::make_unique<Server>(router, listener("office", config.office, officeThreads, tls)));
    if (config.loopback)
        servers.push_back(
            std::make_unique<Server>(router, listener("loopback", *config.loopback, officeThreads, std::nullopt)));
    for (auto& server : servers) {
        server->start();
        logLine("listening on port " + std::to_string(server->port()));
    }
    return servers;
}

void keepPlan(Scheduler& scheduler) {
    try {
        extendOccurrences(scheduler);
        publishManifests(scheduler);
    } catch (const std::exception& fault) {
        logLine(std::string{"upkeep failed, to be tried again: "} + fault.what());
    }
}

/// The beat goes out only when the store took a write: a scheduler that can only answer is not alive.
void beat(Scheduler& scheduler) {
    try {
        requireWritableStore(scheduler);
        sd_notify(0, "WATCHDOG=1");
    } catch (const std::exception& fault) {
        logLine(fault.what());
    }
}

sigset_t blockStopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void keepUntilStopped(Scheduler& scheduler, const sigset_t& signals) {
    auto planned = scheduler.clock.sinceBoot();
    const timespec wait{upkeepSeconds, 0};
    while (sigtimedwait(&signals, nullptr, &wait) < 0) {
        beat(scheduler);
        if (scheduler.clock.sinceBoot() - planned < planEvery) continue;
        keepPlan(scheduler);
        planned = scheduler.clock.sinceBoot();
    }
}

MediaDeskOptions mediaOptions(const SchedulerConfig& config) {
    MediaDeskOptions options;
    options.directory = config.stateDirectory / "media";
    options.ingestProgram = config.ingestProgram;
    if (options.ingestProgram.empty())
        options.ingestProgram = std::filesystem::canonical("/proc/self/exe").parent_path() / "loa-ingest";
    options.speechProgram = config.speechProgram;
    options.speechVoice = config.speechVoice;
    options.longest = std::chrono::minutes{config.maximumMediaMinutes};
    return options;
}

}  // namespace

int serve(const SchedulerConfig& config) {
    const auto signals = blockStopSignals();
    warmZones();
    std::filesystem::create_directories(config.stateDirectory);
    const SystemClock clock;
    const auto signingKey = SigningKey::fromText(contentOf(config.officeDirectory / "signing.key"));
    Database database{config.stateDirectory / "loa.db", clock.now()};
    AiringJournal journal{database};
    ManifestShelf manifests;
    MediaDesk media{database, clock, mediaOptions(config)};
    Scheduler scheduler{database,  journal, clock,       signingKey,
                        manifests, media,   config.zone, std::chrono::hours{config.reportDeadlineHours}};
    keepPlan(scheduler);
    Router router{authenticatorFor(scheduler), logLine};
    for (const auto& table : allRoutes()) router.add(table, scheduler);
    auto servers = listen(router, config);
    sd_notify(0, "READY=1\nSTATUS=Planning, and listening to the stations");
    keepUntilStopped(scheduler, signals);
    sd_notify(0, "STOPPING=1");
    logLine("stopping");
    for (auto& server : servers) server->stop();
    return 0;
}

}  // namespace loa
