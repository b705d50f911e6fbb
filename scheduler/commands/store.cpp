#include "scheduler/commands/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "scheduler/backup/state_lock.h"
#include "scheduler/domain/error.h"

namespace loa::commands {

Database openStore(const SchedulerConfig& config, const Clock& clock) {
    std::filesystem::create_directories(config.stateDirectory);
    requireNoHalfRestore(config.stateDirectory);
    return Database{config.stateDirectory / "loa.db", clock.now()};
}

SigningKey signingKeyOf(const SchedulerConfig& config) {
    return SigningKey::fromText(contentOf(config.officeDirectory / "signing.key"));
}

void writeSecret(const std::string& path, const std::string& secret) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const auto line = secret + "\n";
    const bool written = file >= 0 && fchmod(file, S_IRUSR | S_IWUSR) == 0 &&
                         write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && fsync(file) == 0;
    if (file >= 0) close(file);
    if (!written)
        throw Error{Fault::unavailable, "cannot-write", {"Không ghi được tệp " + path + ".", "cannot write " + path}};
}

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file{path};
    if (!file)
        throw Error{
            Fault::notFound, "no-file", {"Không đọc được " + path.string() + ".", "cannot read " + path.string()}};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace loa::commands
