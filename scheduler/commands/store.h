#pragma once
#include "api/signing/signing.h"
#include "config/scheduler_config.h"
#include "scheduler/domain/clock.h"
#include "scheduler/operations/door.h"
#include "scheduler/operations/people_desk.h"
#include "scheduler/storage/database.h"

namespace loa::commands {

/// The office's store, also while serve runs. Throws Error where a restore was broken off.
Database openStore(const SchedulerConfig& config, const Clock& clock);

/// What the commands about people and tokens work on; also while serve runs.
struct CommandDesk {
    SystemClock clock;
    Database database;
    Door door;
    PeopleDesk desk{database, clock, door};
    explicit CommandDesk(const SchedulerConfig& config) : database{openStore(config, clock)} {}
};

/// The key the office signs with. Throws Error(notFound).
SigningKey signingKeyOf(const SchedulerConfig& config);

/// Readable by its owner only from the first byte on.
void writeSecret(const std::string& path, const std::string& secret);

/// What is in a file. Throws Error(notFound).
std::string contentOf(const std::filesystem::path& path);

}  // namespace loa::commands
