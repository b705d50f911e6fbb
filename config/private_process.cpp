#include "config/private_process.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <climits>

#include "scheduler/domain/error.h"

namespace loa {

void keepMemoryPrivate() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);  // also where a program on the machine takes cores by a pipe
}

void requirePrivate(const std::filesystem::path& secret) {
    struct stat facts {};
    if (stat(secret.c_str(), &facts) != 0)
        throw Error{Fault::notFound,
                    "no-secret",
                    {"Không đọc được " + secret.string() + ".", "cannot read " + secret.string()}};
    if ((facts.st_mode & (S_IROTH | S_IWOTH)) == 0) return;
    throw Error{Fault::invalid,
                "secret-open",
                {"Ai cũng đọc được " + secret.string() + ". Chạy: chmod o-rwx " + secret.string() +
                     ", và thay khóa nếu người khác có thể đã đọc.",
                 "anybody can read " + secret.string() + "; run: chmod o-rwx " + secret.string() +
                     ", and replace it if somebody may have read it"}};
}

int allowOpenFiles(int wanted) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, static_cast<rlim_t>(wanted)));
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<int>(std::min<rlim_t>(limit.rlim_cur, INT_MAX));
}

}  // namespace loa
