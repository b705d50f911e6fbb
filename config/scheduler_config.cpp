#include "config/scheduler_config.h"

#include "config/settings.h"
#include "scheduler/domain/media_item.h"

namespace loa {

SchedulerConfig loadSchedulerConfig(const std::filesystem::path& path) {
    constexpr int lastPort = 65535;
    constexpr int longestDeadlineHours = 24 * 31;
    constexpr int highestRate = 100'000;
    Settings settings{path};
    SchedulerConfig config;
    config.stateDirectory = settings.path("stateDirectory");
    config.officeDirectory = settings.path("officeDirectory");
    config.office.host = settings.text("office.host", config.office.host);
    config.office.port = settings.number("office.port", config.office.port, 0, lastPort);
    config.stations.host = settings.text("stations.host", config.stations.host);
    config.stations.port = settings.number("stations.port", config.stations.port, 0, lastPort);
    config.duty.host = settings.text("duty.host", config.duty.host);
    config.duty.port = settings.number("duty.port", config.duty.port, 0, lastPort);
    if (const auto host = settings.text("loopback.host", ""); !host.empty())
        config.loopback = ListenConfig{host, settings.number("loopback.port", 0, 0, lastPort)};
    config.zone = settings.text("zone", config.zone);
    config.ingestProgram = settings.path("ingestProgram", "");
    config.speechProgram = settings.path("speech.program", config.speechProgram);
    config.speechVoice = settings.text("speech.voice", config.speechVoice);
    config.maximumMediaMinutes =
        settings.number("media.maximumMinutes", config.maximumMediaMinutes, 1, longestMedia.count());
    config.reportDeadlineHours =
        settings.number("report.deadlineHours", config.reportDeadlineHours, 1, longestDeadlineHours);
    config.rates.reads = settings.number("rates.readsPerSecond", config.rates.reads, 1, highestRate);
    config.rates.writes = settings.number("rates.writesPerSecond", config.rates.writes, 1, highestRate);
    config.rates.reports = settings.number("rates.reportsPerSecond", config.rates.reports, 1, highestRate);
    config.rates.signIns = settings.number("rates.signInsPerSecond", config.rates.signIns, 1, highestRate);
    config.rates.enrolments = settings.number("rates.enrolmentsPerMinute", config.rates.enrolments, 1, highestRate);
    settings.finish();
    return config;
}

}  // namespace loa
