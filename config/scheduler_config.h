#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace loa {

/// Where one listener listens. Port 0 takes any free one.
struct ListenConfig {
    std::string host;
    int port = 0;
};

/// What each caller may ask in a second, for long; ten times as much at once. Of enrolments so many in a minute, and at
/// once.
struct RatesConfig {
    int reads = 100;
    int writes = 20;
    int reports = 10;
    int signIns = 10;
    int enrolments = 20;
};

/// What config/scheduler.example.properties explains, as plain values.
struct SchedulerConfig {
    std::filesystem::path stateDirectory;   ///< database and media
    std::filesystem::path officeDirectory;  ///< what `loa-scheduler init` made: CA, certificate, keys
    ListenConfig office{"0.0.0.0", 8443};
    ListenConfig stations{"0.0.0.0", 8444};
    ListenConfig duty{"0.0.0.0", 8445};     ///< for duty officers
    std::optional<ListenConfig> loopback;   ///< plain HTTP, for a proxy or a browser on this machine only
    std::string zone = "Asia/Ho_Chi_Minh";  ///< of floating times in imported calendars
    std::filesystem::path ingestProgram;
    std::filesystem::path speechProgram = "/usr/bin/espeak-ng";
    std::string speechVoice = "vi-vn-x-south";
    int maximumMediaMinutes = 30;
    int reportDeadlineHours = 48;
    RatesConfig rates;
};

/// Throws Error(invalid) listing all faults at once, or Error(notFound).
SchedulerConfig loadSchedulerConfig(const std::filesystem::path& path);

}  // namespace loa
