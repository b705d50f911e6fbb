// The victim of the kill and power cut tests: takes in airings on four threads through the journal, and says of each,
// once it was told that it is durable, "<station> <sequence>" on its standard output. Runs until something ends it.
//
//   storage_writer <database> full|normal|off        as above
//   storage_writer <database> open                   opens the database and ends
#include <unistd.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "scheduler/storage/airing_journal.h"
#include "scheduler/storage/database.h"
#include "tests/scheduler/storage/values.h"

using namespace loa;

namespace {

constexpr int stationsCount = 4;

Durability durabilityFrom(std::string_view word) {
    if (word == "normal") return Durability::normal;
    return word == "off" ? Durability::off : Durability::full;
}

/// In one write, so that lines of several threads do not mix.
void say(const AiringId& id) {
    const std::string line = id.station.text() + ' ' + std::to_string(id.sequence) + '\n';
    if (write(STDOUT_FILENO, line.data(), line.size()) < 0) _exit(1);
}

[[noreturn]] void writeForEver(AiringJournal& journal, const std::string& station) {
    for (std::int64_t sequence = 1;; sequence += 2)
        for (const AiringId& id : journal.accept({test::airing(station, sequence, test::plannedAt(sequence)),
                                                  test::airing(station, sequence + 1, test::plannedAt(sequence + 1))}))
            say(id);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) return 2;
    const std::string_view mode = arguments[2];
    try {
        Database database{arguments[1], Instant{}, durabilityFrom(mode)};
        if (mode == "open") return 0;
        AiringJournal journal{database};
        std::vector<std::thread> stations;
        for (int i = 0; i < stationsCount; ++i)
            stations.emplace_back([&, name = "s" + std::to_string(i)] { writeForEver(journal, name); });
        for (auto& station : stations) station.join();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "storage_writer: %s\n", error.what());
        return 1;
    }
}
