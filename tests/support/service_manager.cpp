// The service manager's stand-in. Its thread wakes for each notice and at least every 20 ms, reads the notify socket to
// its end before it judges a beat missed, and reaps, kills and starts the one process it looks after. It never reads a
// program's output and never decides whether a test passed.
#include "tests/support/service_manager.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace loa {
namespace {

constexpr std::chrono::milliseconds tick{20};
constexpr std::chrono::seconds stopTimeout{10};  // TimeoutStopSec=
constexpr std::chrono::seconds abortTimeout{5};  // TimeoutAbortSec=
constexpr std::size_t longestNotice = 8192;

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error{errno, std::generic_category(), "service manager: " + what};
}

std::filesystem::path makeFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "loa-notify-XXXXXX").string();
    if (!mkdtemp(name.data())) fail("mkdtemp");
    if (chmod(name.c_str(), 0711) != 0) fail("chmod");  // a service with a user of its own reaches the socket in it
    return name;
}

int listenAt(const std::filesystem::path& path) {
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const int yes = 1;
    if (fd < 0 || bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) != 0 || chmod(path.c_str(), 0666) != 0)
        fail(path.string());
    return fd;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (const auto& text : texts) all.push_back(const_cast<char*>(text.c_str()));
    all.push_back(nullptr);
    return all;
}

struct Notice {
    pid_t sender = 0;
    std::string text;
};

/// False when there is no more to read.
bool receive(int socket, Notice& notice) {
    std::array<char, longestNotice> text;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred))> control;
    iovec part{text.data(), text.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto length = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (length < 0) return false;
    notice = {0, std::string{text.data(), static_cast<std::size_t>(length)}};
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_type == SCM_CREDENTIALS) {
        ucred sender{};
        std::memcpy(&sender, CMSG_DATA(header), sizeof sender);
        notice.sender = sender.pid;
    }
    return true;
}

}  // namespace

ServiceManager::ServiceManager(ServiceUnit unit)
    : unit_{std::move(unit)}, folder_{makeFolder()}, notices_{listenAt(folder_ / "notify")} {
    start();
    thread_ = std::thread{[this] { run(); }};
}

ServiceManager::~ServiceManager() {
    stop();
    thread_.join();
    close(notices_);
    std::filesystem::remove_all(folder_);
}

void ServiceManager::start() {
    std::vector<std::string> environment = unit_.environment;  // first: of two entries with one name the first counts
    environment.push_back("NOTIFY_SOCKET=" + (folder_ / "notify").string());
    if (unit_.watchdog.count() > 0)
        environment.push_back("WATCHDOG_USEC=" + std::to_string(unit_.watchdog.count() * 1000));
    for (char** entry = environ; *entry; ++entry) environment.emplace_back(*entry);

    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    if (!unit_.output.empty()) {
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, unit_.output.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                         0600);
        posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    }
    const auto arguments = pointers(unit_.command);
    errno = posix_spawnp(&process_, arguments[0], &files, nullptr, arguments.data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&files);
    if (errno != 0) fail(unit_.command.front());

    ++record_.starts;
    record_.running = true;
    startDue_ = killDue_ = beatDue_ = Time::max();
}

void ServiceManager::run() {
    for (;;) {
        pollfd ready{notices_, POLLIN, 0};
        poll(&ready, 1, static_cast<int>(tick.count()));
        const std::lock_guard lock{mutex_};
        readNotices();
        reap();
        enforce(std::chrono::steady_clock::now());
        changed_.notify_all();
        if (stopping_ && process_ == 0) return;
    }
}

void ServiceManager::readNotices() {
    Notice notice;
    while (receive(notices_, notice)) {
        if (notice.sender != process_) {
            record_.strangers.push_back(notice.text);
            continue;
        }
        std::istringstream lines{notice.text};
        for (std::string line; std::getline(lines, line);) hear(line);
    }
}

void ServiceManager::hear(const std::string& line) {
    const bool isReady = line == "READY=1";
    const bool isBeat = line == "WATCHDOG=1";
    if (isReady) {
        ++record_.readies;
        record_.ready = true;
    }
    if (isBeat) ++record_.beats;
    if (line == "STOPPING=1") ++record_.stoppings;
    if (line.starts_with("STATUS=")) record_.statuses.push_back(line.substr(std::strlen("STATUS=")));
    // As systemd has it: the watchdog runs from READY=1 on, and not while the service is being ended.
    if ((isReady || (isBeat && record_.ready)) && unit_.watchdog.count() > 0 && killDue_ == Time::max())
        beatDue_ = std::chrono::steady_clock::now() + unit_.watchdog;
}

void ServiceManager::reap() {
    int status = 0;
    if (process_ == 0 || waitpid(process_, &status, WNOHANG) != process_) return;
    readNotices();  // its last words, while they are still believed
    process_ = 0;
    record_.running = record_.ready = false;
    record_.endings.push_back(status);
    beatDue_ = killDue_ = Time::max();
    if (unit_.restart && !stopping_) startDue_ = std::chrono::steady_clock::now() + unit_.restartSec;
}

void ServiceManager::enforce(Time now) {
    if (now >= beatDue_) {
        ++record_.missedBeats;
        beatDue_ = Time::max();
        killDue_ = now + abortTimeout;
        kill(SIGABRT);
    }
    if (now >= killDue_) {
        killDue_ = Time::max();
        kill(SIGKILL);
    }
    if (now >= startDue_ && !stopping_) start();
}

/// As systemd does it: a stopped process is continued, or it would never see the signal.
void ServiceManager::kill(int number) {
    if (process_ == 0) return;
    ::kill(process_, number);
    if (number != SIGKILL) ::kill(process_, SIGCONT);
}

bool ServiceManager::waitUntil(const std::function<bool(const ServiceRecord&)>& isSo, std::chrono::seconds limit) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, limit, [&] { return isSo(record_); });
}

ServiceRecord ServiceManager::record() const {
    const std::lock_guard lock{mutex_};
    return record_;
}

pid_t ServiceManager::process() const {
    const std::lock_guard lock{mutex_};
    return process_;
}

bool ServiceManager::signal(int number) {
    const std::lock_guard lock{mutex_};
    return process_ != 0 && ::kill(process_, number) == 0;
}

int ServiceManager::stop() {
    std::unique_lock lock{mutex_};
    if (!stopping_) {
        stopping_ = true;
        beatDue_ = Time::max();
        killDue_ = std::chrono::steady_clock::now() + stopTimeout;
        kill(SIGTERM);
    }
    changed_.wait(lock, [&] { return process_ == 0; });
    return record_.endings.empty() ? 0 : record_.endings.back();
}

}  // namespace loa
