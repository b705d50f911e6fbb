// Starts a child program, reads its lines and ends it at its deadline. Blocks the calling thread, which must not be one
// that answers requests. Between fork and exec only calls that are safe there; never a shell, never our environment.
#include "scheduler/media/child_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "scheduler/domain/descriptor.h"
#include "scheduler/domain/error.h"

namespace loa {
namespace {

constexpr int exitNotStarted = 127;
constexpr int highNumbers = 100;  // above every number a child is given
constexpr std::size_t lineLimit = 4096;

Error outOfResources() {
    return {
        Fault::unavailable,
        "media-busy",
        {"Máy chủ đang quá tải. Thử lại sau một phút.", "The server has no room for this now. Try again in a minute."}};
}

Error stopped() {
    return {Fault::unavailable,
            "media-stopped",
            {"Máy chủ đang dừng. Tệp được xử lý tiếp khi máy chủ chạy lại.",
             "The server is stopping. The file's turn comes again when it runs again."}};
}

Descriptor copyHigh(int number) {
    Descriptor copy{fcntl(number, F_DUPFD_CLOEXEC, highNumbers)};
    if (!copy.valid()) throw outOfResources();
    return copy;
}

// glibc 2.36 declares pidfd_open without C linkage, so it is called by its number. Closed on exec by itself.
int openProcess(pid_t pid) {
    return static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
}

// The child, killed and reaped when it goes out of scope.
class Child {
public:
    explicit Child(pid_t pid) : pid_{pid}, handle_{openProcess(pid)} {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() { end(); }

    int handle() const { return handle_.get(); }
    /// Kills what is left of its session and returns how the child itself ended.
    int end() {
        if (pid_ < 0) return status_;
        // The group is named after the child, which is not reaped yet, so the number cannot be another's.
        ::kill(-pid_, SIGKILL);
        ::kill(pid_, SIGKILL);
        pid_t reaped = -1;
        do {
            reaped = waitpid(pid_, &status_, 0);
        } while (reaped < 0 && errno == EINTR);
        if (reaped != pid_) status_ = SIGKILL;  // somebody else reaped it: no success is known
        pid_ = -1;
        return status_;
    }

private:
    pid_t pid_;
    int status_ = 0;
    Descriptor handle_;
};

// All that fork's child needs, made before: after fork nothing may allocate.
struct Prepared {
    std::vector<char*> arguments;  // they belong to the ChildProgram
    std::vector<Descriptor> held;
    struct Move {
        int from;
        int to;
    };
    std::vector<Move> moves;
    int firstUnused = 3;
    std::int64_t fileBytes = 0;
    pid_t parent = getpid();

    void add(Descriptor from, int to) {
        moves.push_back({from.get(), to});
        held.push_back(std::move(from));
        firstUnused = std::max(firstUnused, to + 1);
    }
};

void limit(__rlimit_resource_t resource, std::int64_t value) {
    const rlimit both{static_cast<rlim_t>(value), static_cast<rlim_t>(value)};
    setrlimit(resource, &both);
}

[[noreturn]] void becomeProgram(const Prepared& prepared) {
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != prepared.parent) _exit(exitNotStarted);
    for (const auto& move : prepared.moves) {
        if (dup2(move.from, move.to) < 0) _exit(exitNotStarted);
    }
    if (close_range(static_cast<unsigned>(prepared.firstUnused), ~0U, 0) != 0) _exit(exitNotStarted);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, prepared.fileBytes);
    signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    char* const environment[] = {nullptr};
    execve(prepared.arguments.front(), prepared.arguments.data(), environment);
    _exit(exitNotStarted);
}

Prepared prepare(const ChildProgram& program, Descriptor linesEnd) {
    Prepared prepared;
    prepared.arguments.push_back(const_cast<char*>(program.program.c_str()));
    for (const auto& argument : program.arguments) prepared.arguments.push_back(const_cast<char*>(argument.c_str()));
    prepared.arguments.push_back(nullptr);
    prepared.fileBytes = program.fileBytes;
    const Descriptor nothing{open("/dev/null", O_RDWR | O_CLOEXEC)};
    if (!nothing.valid()) throw outOfResources();
    for (int number = 0; number <= 2; ++number) prepared.add(copyHigh(nothing.get()), number);
    for (const auto& handed : program.descriptors) prepared.add(copyHigh(handed.ours), handed.theirs);
    if (linesEnd.valid()) prepared.add(copyHigh(linesEnd.get()), program.linesDescriptor);
    return prepared;
}

// Reads what is there and gives out whole lines. False at the end of the lines; too long a line is the end, too.
class Lines {
public:
    Lines(int descriptor, const std::function<void(std::string_view)>& take) : descriptor_{descriptor}, take_{take} {}
    bool readSome() {
        std::array<char, lineLimit> block;
        const auto count = read(descriptor_, block.data(), block.size());
        if (count < 0) return errno == EAGAIN || errno == EINTR;
        if (count == 0) return false;
        pending_.append(block.data(), static_cast<std::size_t>(count));
        for (auto end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n')) {
            if (take_) take_(std::string_view{pending_}.substr(0, end));
            pending_.erase(0, end + 1);
        }
        isTooLong_ = pending_.size() > lineLimit;
        return !isTooLong_;
    }
    bool isTooLong() const { return isTooLong_; }

private:
    int descriptor_;
    const std::function<void(std::string_view)>& take_;
    std::string pending_;
    bool isTooLong_ = false;
};

// Until the child has ended and its lines are read, or the deadline. True when it ended in time. Throws when it is to
// stop.
bool follow(const Child& child, const Descriptor& lines, Lines& reader, const ChildProgram& program) {
    using Steady = std::chrono::steady_clock;
    const auto until = Steady::now() + program.deadline;
    pollfd watched[3] = {{child.handle(), POLLIN, 0}, {lines.get(), POLLIN, 0}, {program.stopDescriptor, POLLIN, 0}};
    for (;;) {
        const auto left = std::chrono::duration_cast<Milliseconds>(until - Steady::now()).count();
        if (left <= 0) return false;
        const int ready = poll(watched, 3, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
        if (ready < 0 && errno != EINTR) return false;
        if (ready <= 0) continue;
        if (watched[2].revents != 0) throw stopped();
        const bool hasLines = watched[1].revents != 0;
        if (hasLines && !reader.readSome()) {
            if (reader.isTooLong()) return true;
            watched[1].fd = -1;
        }
        if (watched[0].revents != 0 && !hasLines) return true;
    }
}

}  // namespace

ChildEnding runChild(const ChildProgram& program, const std::function<void(std::string_view)>& takeLine) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) throw outOfResources();
    Descriptor ourEnd{ends[0]}, theirEnd{ends[1]};
    if (program.linesDescriptor < 0) theirEnd.reset();
    if (theirEnd.valid()) fcntl(theirEnd.get(), F_SETFL, 0);  // the child waits when we are slow
    Prepared prepared = prepare(program, std::move(theirEnd));
    const pid_t pid = fork();
    if (pid < 0) throw outOfResources();
    if (pid == 0) becomeProgram(prepared);
    Child child{pid};
    prepared.held.clear();
    if (child.handle() < 0) throw outOfResources();
    Lines reader{ourEnd.get(), takeLine};
    const bool inTime = follow(child, ourEnd, reader, program);
    const int status = child.end();
    if (!inTime) return ChildEnding::late;
    if (reader.isTooLong() || !WIFEXITED(status)) return ChildEnding::failed;
    if (WEXITSTATUS(status) == exitNotStarted) return ChildEnding::notStarted;
    return WEXITSTATUS(status) == 0 ? ChildEnding::finished : ChildEnding::failed;
}

}  // namespace loa
