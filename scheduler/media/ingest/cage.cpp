// The cage of loa-ingest. Entered on the main thread before the first byte of input is looked at, after every plugin
// has been loaded. A list of what is allowed, because what is dangerous is not known beforehand; the rest fails with
// EPERM.
#include "scheduler/media/ingest/cage.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace loa {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool underSanitizer = true;
#else
constexpr bool underSanitizer = false;
#endif

void limit(__rlimit_resource_t resource, rlim_t value) {
    const rlimit both{value, value};
    if (setrlimit(resource, &both) != 0) throw std::runtime_error{"setrlimit failed"};
}

struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

void allow(const Filter& filter, int call, std::initializer_list<scmp_arg_cmp> conditions = {}) {
    const auto count = static_cast<unsigned>(conditions.size());
    if (seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, count, conditions.begin()) != 0) {
        throw std::runtime_error{"seccomp rule failed"};
    }
}

void allowSimpleCalls(const Filter& filter) {
    for (const int call : {
             // descriptors already open
             SCMP_SYS(read),
             SCMP_SYS(readv),
             SCMP_SYS(pread64),
             SCMP_SYS(write),
             SCMP_SYS(writev),
             SCMP_SYS(pwrite64),
             SCMP_SYS(lseek),
             SCMP_SYS(fstat),
             SCMP_SYS(newfstatat),
             SCMP_SYS(close),
             SCMP_SYS(ftruncate),
             SCMP_SYS(fsync),
             SCMP_SYS(poll),
             SCMP_SYS(ppoll),
             SCMP_SYS(eventfd2),
             SCMP_SYS(pipe2),
             // memory
             SCMP_SYS(brk),
             SCMP_SYS(munmap),
             SCMP_SYS(mremap),
             SCMP_SYS(madvise),
             // threads and waiting
             SCMP_SYS(futex),
             SCMP_SYS(set_robust_list),
             SCMP_SYS(rseq),
             SCMP_SYS(gettid),
             SCMP_SYS(getpid),
             SCMP_SYS(sched_yield),
             SCMP_SYS(sched_getaffinity),
             SCMP_SYS(nanosleep),
             SCMP_SYS(clock_nanosleep),
             SCMP_SYS(clock_gettime),
             SCMP_SYS(clock_getres),
             SCMP_SYS(gettimeofday),
             SCMP_SYS(getrusage),
             SCMP_SYS(getrandom),
             SCMP_SYS(membarrier),
             // signals to itself, and the end
             SCMP_SYS(rt_sigaction),
             SCMP_SYS(rt_sigprocmask),
             SCMP_SYS(rt_sigreturn),
             SCMP_SYS(sigaltstack),
             SCMP_SYS(restart_syscall),
             SCMP_SYS(exit),
             SCMP_SYS(exit_group),
         }) {
        allow(filter, call);
    }
}

void allowBoundedCalls(const Filter& filter) {
    const scmp_datum_t executable = PROT_EXEC;
    allow(filter, SCMP_SYS(mmap), {SCMP_A2(SCMP_CMP_MASKED_EQ, executable, 0)});
    allow(filter, SCMP_SYS(mprotect), {SCMP_A2(SCMP_CMP_MASKED_EQ, executable, 0)});
    allow(filter, SCMP_SYS(clone), {SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)});
    allow(filter, SCMP_SYS(prctl), {SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)});
    allow(filter, SCMP_SYS(prlimit64), {SCMP_A2(SCMP_CMP_EQ, 0)});  // reading a limit, not setting one
    allow(filter, SCMP_SYS(tgkill), {SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid()))});
    for (const int command : {F_GETFL, F_SETFL, F_GETFD}) {
        allow(filter, SCMP_SYS(fcntl), {SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command))});
    }
    // Its arguments lie in memory, where a filter cannot look: said to be missing, so that glibc uses clone.
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) != 0) {
        throw std::runtime_error{"seccomp rule failed"};
    }
}

std::ptrdiff_t threadCount() {
    using Entries = std::filesystem::directory_iterator;
    return std::distance(Entries{"/proc/self/task"}, Entries{});
}

bool report(const char* what, bool denied) {
    printf("%s %s\n", what, denied ? "denied" : "POSSIBLE");
    return denied;
}

}  // namespace

void enterCage(const CageLimits& limits) {
    limit(RLIMIT_CPU, limits.cpuSeconds);
    limit(RLIMIT_FSIZE, limits.fileBytes);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 64);
    if (!underSanitizer) limit(RLIMIT_AS, limits.memoryBytes);
    const Filter filter{seccomp_init(SCMP_ACT_ERRNO(EPERM))};
    if (!filter) throw std::runtime_error{"seccomp_init failed"};
    // Where the service's own filter forbids seccomp(2), libseccomp falls back to prctl(2), which closes the cage
    // around the calling thread and all it starts later: enough as long as it is the only one.
    const bool closesAllThreads = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0;
    if (!closesAllThreads && threadCount() != 1) throw std::runtime_error{"the cage would leave threads outside"};
    seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_NNP, 1);
    allowSimpleCalls(filter);
    allowBoundedCalls(filter);
    if (seccomp_load(filter.get()) != 0) throw std::runtime_error{"seccomp_load failed"};
}

int checkCage() {
    bool isTight = true;
    for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK}) {
        isTight &= report("socket", socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0) < 0 && errno == EPERM);
    }
    sockaddr address{};
    isTight &= report("connect", connect(0, &address, sizeof address) < 0 && errno == EPERM);
    isTight &= report("open for reading", open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0 && errno == EPERM);
    isTight &=
        report("open for writing", open("/tmp/loa-cage", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) < 0 && errno == EPERM);
    char* const arguments[] = {nullptr};
    isTight &= report("execve", execve("/bin/true", arguments, arguments) < 0 && errno == EPERM);
    const auto child = fork();
    if (child == 0) _exit(0);
    if (child > 0) waitpid(child, nullptr, 0);
    isTight &= report("fork", child < 0);
    isTight &= report("kill", kill(getppid(), 0) < 0 && errno == EPERM);
    isTight &= report("ptrace", ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) < 0 && errno == EPERM);
    isTight &= report("unlink", unlink("/tmp/loa-cage") < 0 && errno == EPERM);
    isTight &= report("executable memory",
                      mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
    const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
    isTight &= report("raising a limit", setrlimit(RLIMIT_CPU, &more) < 0 && errno == EPERM);
    fflush(stdout);
    return isTight ? 0 : 1;
}

}  // namespace loa
