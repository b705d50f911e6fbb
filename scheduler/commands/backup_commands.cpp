#include <unistd.h>

#include <iostream>
#include <map>

#include "scheduler/backup/make_backup.h"
#include "scheduler/backup/office_state.h"
#include "scheduler/backup/restore_backup.h"
#include "scheduler/backup/verify_backup.h"
#include "scheduler/calendar/zones.h"
#include "scheduler/commands/commands.h"
#include "scheduler/commands/store.h"
#include "scheduler/operations/note_restore.h"
#include "scheduler/operations/upcoming_airings.h"

namespace loa::commands {
namespace {

/// One line that changes, for people who watch.
void showProgress(std::string_view step, std::int64_t done, std::int64_t all) {
    constexpr std::int64_t hundred = 100;
    static const bool isWatched = isatty(STDERR_FILENO) != 0;
    if (isWatched && all > 0) std::cerr << '\r' << step << ' ' << done * hundred / all << " %   " << std::flush;
}

void endProgress() {
    if (isatty(STDERR_FILENO) != 0) std::cerr << '\n';
}

/// Of a back-up's folder, also where the path ends with a slash.
std::string nameOf(const std::filesystem::path& folder) {
    const auto plain = folder.lexically_normal();
    return (plain.has_filename() ? plain : plain.parent_path()).filename().string();
}

/// What the office lacked when it was saved: one file a line, and what it is called.
void showLeftOut(std::ostream& out, const std::filesystem::path& backup, const Inventory& inventory) {
    if (inventory.leftOut.empty()) return;
    std::map<std::string, std::string> titles;
    for (const auto& [canonical, original, title] : mediaFilesIn(OfficeState{backup}.database())) {
        titles.emplace(original.text(), title);
        titles.insert_or_assign(canonical.text(), title);
    }
    out << "Missing, damaged or unreadable in the office, and not in the back-up:\n";
    for (const auto& path : inventory.leftOut)
        out << path << '\t' << titles[std::filesystem::path{path}.stem().string()] << '\n';
}

/// What only people can decide: whether that is still to sound.
void showUpcoming(Database& database, Instant now, const std::string& zone) {
    const auto upcoming = upcomingAirings(database, now, std::chrono::hours{24});
    std::cout
        << "Since then somebody may have withdrawn or changed what airs, revoked tokens, disabled people, changed "
           "roles and\npasswords: all that is as it was. Look through it before stations and people come in; "
           "'loa-scheduler --help' says how.\n"
        << "About to air in the next 24 hours, " << zone << ": " << upcoming.size() << '\n';
    for (const auto& [start, event, title, stations] : upcoming)
        std::cout << formatLocalTime(toLocal(start, zone)) << '\t' << title << '\t' << stations << " stations\t"
                  << event.text() << '\n';
}

}  // namespace

/// 1 when something is not in it: it is made, and somebody has to look.
int makeBackup(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const auto into = options.need("to");
    options.end();
    const auto made = loa::makeBackup(config.stateDirectory, into, SystemClock{}.now(), showProgress);
    endProgress();
    std::cout << made.folder.string() << ": " << made.inventory.media.size() << " media files, " << made.linked
              << " of them as in the back-up before\n";
    showLeftOut(std::cerr, made.folder, made.inventory);
    return made.inventory.leftOut.empty() ? 0 : 1;
}

int verifyBackup(Options options) {
    const auto from = options.need("from");
    options.end();
    const auto inventory = loa::verifyBackup(from, showProgress);
    endProgress();
    std::cout << "whole: made " << formatInstant(inventory.made) << ", " << inventory.media.size() << " media files, "
              << inventory.leftOut.size() << " left out\n";
    showLeftOut(std::cout, from, inventory);
    return 0;
}

int restoreBackup(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const std::filesystem::path from{options.need("from")};
    const auto existing = options.takeOne("existing", "refuse");
    options.end();
    if (existing != "refuse" && existing != "put-aside") throw Options::usage("--existing is put-aside");
    const auto key = signingKeyOf(config);
    const SystemClock clock;
    const auto prepare = [&](const std::filesystem::path& folder, const Inventory& inventory) {
        Database copy{OfficeState{folder}.database(), clock.now()};
        noteRestore(copy, clock, key,
                    {nameOf(from), inventory.made, OfficeState{config.stateDirectory}.auditHeads(),
                     OfficeState{folder}.auditHeads()});
    };
    const auto restored =
        loa::restoreBackup(from, config.stateDirectory, existing == "refuse" ? Existing::refuse : Existing::putAside,
                           clock.now(), showProgress, prepare);
    endProgress();
    std::cout << "restored as of " << formatInstant(restored.inventory.made)
              << "; the stations send the airings that are lacking. All who were signed in sign in anew.\n";
    showLeftOut(std::cout, from, restored.inventory);
    if (restored.aside) std::cout << "The office of before is in " << restored.aside->string() << ".\n";
    if (restored.oldHeads)
        std::cout << "The heads of its audit trail are kept in " << restored.oldHeads->string() << ".\n";
    auto database = openStore(config, clock);
    showUpcoming(database, clock.now(), config.zone);
    return 0;
}

}  // namespace loa::commands
