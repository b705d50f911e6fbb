#include <iostream>

#include "scheduler/commands/commands.h"
#include "scheduler/commands/store.h"
#include "scheduler/operations/enrolment.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/storage/identity_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa::commands {
namespace {

/// The box it has, in one line.
std::string boxOf(const std::optional<StationIdentity>& identity) {
    if (!identity) return "not enrolled";
    return "box " + std::to_string(identity->number) + (identity->retired ? ", retired\t" : "\t") + identity->words;
}

}  // namespace

int enrolStation(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const StationId id{options.need("id")};
    options.end();
    CommandDesk command{config};
    std::cout << issueEnrolmentCode(command.desk, id).code << '\n';
    return 0;
}

int retireStation(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const StationId id{options.need("id")};
    options.end();
    CommandDesk command{config};
    retireIdentity(command.desk, id);
    return 0;
}

int listStations(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    CommandDesk command{config};
    command.database.read([](ReadTransaction& transaction) {
        for (const auto& station : StationRepository::all(transaction))
            std::cout << station.id.text() << '\t' << station.name << '\t'
                      << boxOf(IdentityRepository::newest(transaction, station.id)) << '\n';
    });
    return 0;
}

int showStation(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const StationId id{options.need("id")};
    options.end();
    CommandDesk command{config};
    command.database.read([&](ReadTransaction& transaction) {
        const auto station = StationRepository::find(transaction, id);
        if (!station) throw noSuchStation(id);
        std::cout << station->id.text() << '\t' << station->name << "\narea\t" << station->area.text() << '\n';
        const auto identity = IdentityRepository::newest(transaction, id);
        std::cout << boxOf(identity) << '\n';
        if (identity) std::cout << "enrolled\t" << formatInstant(identity->enrolled) << '\n';
        if (identity && identity->retired) std::cout << "retired\t" << formatInstant(*identity->retired) << '\n';
    });
    return 0;
}

}  // namespace loa::commands
