#include <unistd.h>

#include <iostream>

#include "scheduler/backup/make_backup.h"
#include "scheduler/backup/restore_backup.h"
#include "scheduler/backup/verify_backup.h"
#include "scheduler/commands/commands.h"
#include "scheduler/commands/store.h"

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
    for (const auto& path : made.inventory.leftOut)
        std::cerr << "loa-scheduler: damaged in the office, and not in the back-up: " << path << '\n';
    return made.inventory.leftOut.empty() ? 0 : 1;
}

int verifyBackup(Options options) {
    const auto from = options.need("from");
    options.end();
    const auto inventory = loa::verifyBackup(from, showProgress);
    endProgress();
    std::cout << "whole: made " << formatInstant(inventory.made) << ", " << inventory.media.size() << " media files, "
              << inventory.leftOut.size() << " left out because they were damaged\n";
    return 0;
}

int restoreBackup(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const auto from = options.need("from");
    const auto existing = options.takeOne("existing", "refuse");
    options.end();
    if (existing != "refuse" && existing != "put-aside") throw Options::usage("--existing is put-aside");
    const auto restored =
        loa::restoreBackup(from, config.stateDirectory, existing == "refuse" ? Existing::refuse : Existing::putAside,
                           SystemClock{}.now(), showProgress);
    endProgress();
    std::cout << "restored as of " << formatInstant(restored.inventory.made)
              << ". Start serve; the stations send what is lacking.\n";
    if (restored.aside) std::cout << "The office of before is in " << restored.aside->string() << ".\n";
    return 0;
}

}  // namespace loa::commands
