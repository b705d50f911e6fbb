// Builds the scheduler, owns everything, stops everything: what is declared first stops last. The main thread only
// waits for a signal and, between, does the upkeep: occurrences that come within the horizon, manifests of a new day,
// the head of the audit trail, the watchdog.
#include "scheduler/serve_main.h"

#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <thread>

#include "api/http/event_hub.h"
#include "api/http/paced_log.h"
#include "api/http/server.h"
#include "api/routes/audience.h"
#include "api/routes/event_lines.h"
#include "config/private_process.h"
#include "scheduler/backup/state_lock.h"
#include "scheduler/calendar/zones.h"
#include "scheduler/operations/audit_heads.h"
#include "scheduler/operations/door.h"
#include "scheduler/operations/feed_shelf.h"
#include "scheduler/operations/media_desk.h"
#include "scheduler/operations/plan_changes.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/readiness.h"
#include "scheduler/operations/save_events.h"
#include "scheduler/operations/scheduler.h"
#include "scheduler/operations/served_parts.h"

namespace loa {
namespace {

constexpr int upkeepSeconds = 5;
constexpr Milliseconds planEvery = std::chrono::minutes{10};
constexpr Milliseconds tendEvery = std::chrono::minutes{10};
constexpr int stationThreads = 64;  // half of them for downloads
constexpr int officeThreads = 24;
constexpr int dutyThreads = 16;
constexpr int queuedConnections = 1000;
constexpr int fewestQueued = 50;
constexpr int otherFiles = 512;  // database, media under way, children
constexpr int stationStreams = 10'000;
// A day of 1,000 stations is 20 lines a second. What the journal keeps is systemd/journald.conf's.
constexpr Budget requestLines{10'000, std::chrono::milliseconds{5}};
constexpr Budget faultLines{1'000, std::chrono::milliseconds{100}};

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file{path};
    if (!file)
        throw Error{Fault::notFound,
                    "no-office",
                    {"Không đọc được " + path.string() + ". Chạy “loa-scheduler init” trước.",
                     "cannot read " + path.string() + "; run 'loa-scheduler init' first"}};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// The certificates above the server's own, as the file with the chain has them.
std::string caOf(const std::string& chain) {
    constexpr std::string_view end = "-----END CERTIFICATE-----\n";
    const auto own = chain.find(end);
    return own == std::string::npos ? "" : chain.substr(own + end.size());
}

void logLine(const std::string& line) {
    const auto record =
        logRecord(line) + '\n';  // in one piece, so that threads need not wait for each other to keep lines whole
    const auto written = write(STDERR_FILENO, record.data(), record.size());
    static_cast<void>(written);  // a log that cannot be written to stops nothing
}

/// Connections that each listener may let wait. All listeners together never take the process's last open files, or a
/// flood of one would leave none for the stations'.
int queuedWithin(int listeners) {
    const int wanted = listeners * (queuedConnections + stationThreads) + otherFiles + stationStreams;
    const int allowed = allowOpenFiles(wanted);
    if (allowed >= wanted) return queuedConnections;
    const int queued = std::max(fewestQueued, (allowed - otherFiles) / listeners - stationThreads);
    logLine("only " + std::to_string(allowed) + " open files are allowed, not " + std::to_string(wanted) +
            "; each port lets " + std::to_string(queued) + " connections wait");
    return queued;
}

ListenerOptions listener(const char* name, const ListenConfig& listen, int threads, std::optional<TlsFiles> tls) {
    ListenerOptions options;
    options.name = name;
    options.host = listen.host;
    options.port = static_cast<std::uint16_t>(listen.port);
    options.threads = threads;
    options.tls = std::move(tls);
    return options;
}

Budgets budgetsOf(const RatesConfig& rates) {
    const auto each = [](int inSecond, int atOnce) {
        return Budget{atOnce * inSecond, std::chrono::microseconds{1'000'000 / inSecond}};
    };
    Budgets budgets;
    budgets.reads = each(rates.reads, 10);
    budgets.writes = each(rates.writes, 10);
    budgets.reports = each(rates.reports, 10);
    budgets.signIns = each(rates.signIns, 10);
    budgets.enrolments = {rates.enrolments, std::chrono::microseconds{60'000'000 / rates.enrolments}};
    return budgets;
}

/// One listener with the routes of those whom it is for.
struct Port {
    Port(Scheduler& scheduler, const Authenticator& authenticator, Audience audience, ListenerOptions options,
         const Log& faultLog, const Budgets& budgets, HeavyReads& heavyReads)
        : router{onlyFor(audience, authenticator), faultLog, browserNamesFor(scheduler)},
          server{router, std::move(options)} {
        router.limit(budgets);
        router.takeTurns(heavyReads);
        addRoutes(router, scheduler, audience);
    }
    Router router;
    Server server;
};

using Ports = std::vector<std::unique_ptr<Port>>;

/// The listeners: stations and duty officers have threads of their own, so that nothing elsewhere holds them up.
Ports listen(Scheduler& scheduler, const SchedulerConfig& config, HeavyReads& heavyReads, EventHub& hub,
             const Log& requestLog, const Log& faultLog) {
    const TlsFiles tls{(config.officeDirectory / "server.pem").string(),
                       (config.officeDirectory / "server.key").string()};
    std::vector<std::pair<Audience, ListenerOptions>> all{
        {Audience::stations, listener("stations", config.stations, stationThreads, tls)},
        {Audience::dutyOfficers, listener("duty", config.duty, dutyThreads, tls)},
        {Audience::office, listener("office", config.office, officeThreads, tls)}};
    if (config.loopback)
        all.emplace_back(Audience::everybody, listener("loopback", *config.loopback, officeThreads, std::nullopt));
    const int queued = queuedWithin(static_cast<int>(all.size()));
    const auto authenticator = authenticatorFor(scheduler);
    const auto budgets = budgetsOf(config.rates);
    Ports ports;
    for (auto& [audience, options] : all) {
        options.queued = queued;
        options.events = &hub;
        options.accessLog = requestLog;
        ports.push_back(std::make_unique<Port>(scheduler, authenticator, audience, std::move(options), faultLog,
                                               budgets, heavyReads));
    }
    for (auto& port : ports) {
        port->server.start();
        logLine("listening on port " + std::to_string(port->server.port()));
    }
    return ports;
}

void keepPlan(Scheduler& scheduler) {
    try {
        for (const auto& fault : extendOccurrences(scheduler)) logLine("an event is not expanded further: " + fault);
        publishManifests(scheduler);
    } catch (const std::exception& fault) {
        logLine(std::string{"upkeep failed, to be tried again: "} + fault.what());
    }
}

/// Publishes after each change of the plan and now and then, on a thread of its own: who saves does not wait for it.
class Publisher {
public:
    explicit Publisher(Scheduler& scheduler)
        : thread_{[&scheduler] {
              while (!scheduler.planChanges.stopped()) {
                  scheduler.planChanges.wait(planEvery);
                  if (!scheduler.planChanges.stopped()) keepPlan(scheduler);
              }
          }},
          changes_{scheduler.planChanges} {}
    ~Publisher() {
        changes_.stop();
        thread_.join();
    }
    Publisher(const Publisher&) = delete;
    Publisher& operator=(const Publisher&) = delete;

private:
    std::thread thread_;
    PlanChanges& changes_;
};

void keepMedia(Scheduler& scheduler) {
    try {
        scheduler.media.tend();
    } catch (const std::exception& fault) {
        logLine(std::string{"uploads were not tended, to be tried again: "} + fault.what());
    }
}

/// The beat says that this loop goes round and that the store answers, be it with a refusal: starting again makes no
/// room on a full disk, and stations are served from it meanwhile. The outcome is what /v1/health/ready tells.
void beat(Scheduler& scheduler) {
    try {
        beatHeart(scheduler);
        sd_notify(0, "WATCHDOG=1\nSTATUS=Planning, and listening to the stations");
    } catch (const std::exception& fault) {
        logLine(std::string{"the store takes no writes: "} + fault.what());
        sd_notify(0, "WATCHDOG=1\nSTATUS=The store takes no writes");
    }
}

/// The heads of the audit trail outside the database; `step` is what it is time for.
void keepHeads(AuditHeadUpkeep& heads, void (AuditHeadUpkeep::*step)()) {
    try {
        (heads.*step)();
    } catch (const std::exception& fault) {
        logLine(std::string{"no head of the audit trail was written, to be tried again: "} + fault.what());
    }
}

void keepTokenUses(Scheduler& scheduler, bool isEnd = false) {
    auto& uses = scheduler.door.tokenUses();
    try {
        isEnd ? uses.finish(scheduler.database) : uses.keep(scheduler.database, scheduler.clock.sinceBoot());
    } catch (const std::exception& fault) {
        logLine(std::string{"the last use of tokens was not written, to be tried again: "} + fault.what());
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

void keepUntilStopped(Scheduler& scheduler, AuditHeadUpkeep& heads, const sigset_t& signals) {
    auto tended = scheduler.clock.sinceBoot();
    const timespec wait{upkeepSeconds, 0};
    while (sigtimedwait(&signals, nullptr, &wait) < 0) {
        beat(scheduler);
        keepHeads(heads, &AuditHeadUpkeep::keep);
        keepTokenUses(scheduler);
        if (scheduler.clock.sinceBoot() - tended < tendEvery) continue;
        keepMedia(scheduler);
        tended = scheduler.clock.sinceBoot();
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
    keepMemoryPrivate();
    for (const char* secret : {"signing.key", "server.key"}) requirePrivate(config.officeDirectory / secret);
    warmZones();
    std::filesystem::create_directories(config.stateDirectory);
    const StateLock lock{config.stateDirectory};
    requireNoHalfRestore(config.stateDirectory);
    const SystemClock clock;
    const auto signingKey = SigningKey::fromText(contentOf(config.officeDirectory / "signing.key"));
    Database database{config.stateDirectory / "loa.db", clock.now()};
    AiringJournal journal{database};
    ManifestShelf manifests;
    MediaDesk media{database, clock, mediaOptions(config)};
    PlanChanges planChanges;
    FeedShelf feeds;
    ServedParts served;
    Door door;
    EventHub hub;
    EventLines lines{hub};
    Scheduler scheduler{database,
                        journal,
                        clock,
                        signingKey,
                        manifests,
                        media,
                        planChanges,
                        feeds,
                        served,
                        door,
                        lines,
                        config.zone,
                        std::chrono::hours{config.reportDeadlineHours}};
    scheduler.auditHeads = config.stateDirectory / auditHeadsName;
    scheduler.officeCa = caOf(contentOf(config.officeDirectory / "server.pem"));
    beat(scheduler);
    keepMedia(scheduler);
    keepPlan(scheduler);
    AuditHeadUpkeep heads{scheduler.auditHeads, database, clock, signingKey};
    keepHeads(heads, &AuditHeadUpkeep::keep);
    const Publisher publisher{scheduler};
    PacedLog requestLog{logLine, requestLines};
    PacedLog faultLog{logLine, faultLines};
    HeavyReads heavyReads;
    const auto ports = listen(scheduler, config, heavyReads, hub, requestLog.log(), faultLog.log());
    sd_notify(0, "READY=1");
    keepUntilStopped(scheduler, heads, signals);
    sd_notify(0, "STOPPING=1");
    logLine("stopping");
    for (const auto& port : ports) port->server.stop();
    keepTokenUses(scheduler, true);
    keepHeads(heads, &AuditHeadUpkeep::finish);
    return 0;
}

}  // namespace loa
