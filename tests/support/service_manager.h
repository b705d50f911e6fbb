#pragma once
#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace loa {

/// What a unit file says of a service, as far as tests need it.
struct ServiceUnit {
    std::vector<std::string> command;          ///< the program's path and its arguments
    std::vector<std::string> environment;      ///< "NAME=value", on top of the test's own
    std::filesystem::path output;              ///< stdout and stderr are added to this file; empty: the test's own
    std::chrono::milliseconds watchdog{0};     ///< WatchdogSec=; 0: no beats are expected
    std::chrono::milliseconds restartSec{50};  ///< RestartSec=
    bool restart = true;                       ///< Restart=always, or no
};

/// What the service told its manager and what became of its processes, since the manager was made.
struct ServiceRecord {
    int starts = 0;
    int readies = 0;      ///< READY=1
    int beats = 0;        ///< WATCHDOG=1
    int missedBeats = 0;  ///< how often the watchdog ran out
    int stoppings = 0;    ///< STOPPING=1
    bool running = false;
    bool ready = false;                  ///< the process that runs now has said READY=1
    std::vector<std::string> statuses;   ///< STATUS=, in order
    std::vector<int> endings;            ///< wait status of each process that ended, in order
    std::vector<std::string> strangers;  ///< notices from another process than the main one; not believed
};

/// Stands in for systemd where pid 1 is something else (fault matrix, R-WD): starts a program of Type=notify with
/// NOTIFY_SOCKET and WATCHDOG_USEC, believes its main process only, sends SIGABRT when a beat is missed and SIGKILL if
/// that does not help, and starts it again. A thread of its own does so; every member may be called from the test's.
class ServiceManager {
public:
    explicit ServiceManager(ServiceUnit unit);
    /// SIGTERM, and SIGKILL if the service has not ended 10 s later.
    ~ServiceManager();
    ServiceManager(const ServiceManager&) = delete;
    ServiceManager& operator=(const ServiceManager&) = delete;

    /// Waits until the record is so; false when `limit` passed first.
    bool waitUntil(const std::function<bool(const ServiceRecord&)>& isSo, std::chrono::seconds limit);
    ServiceRecord record() const;

    /// The main process; 0: none runs.
    pid_t process() const;
    /// Sends the main process a signal; 0 tests whether there is one. False when none runs.
    bool signal(int number);
    /// As `systemctl stop`: no further restart; returns the wait status of the process that was stopped.
    int stop();

private:
    using Time = std::chrono::steady_clock::time_point;

    void run();
    void start();
    void readNotices();
    void hear(const std::string& line);
    void reap();
    void enforce(Time now);
    void kill(int number);

    const ServiceUnit unit_;
    std::filesystem::path folder_;
    int notices_ = -1;

    mutable std::mutex mutex_;  ///< guards all below
    std::condition_variable changed_;
    ServiceRecord record_;
    pid_t process_ = 0;  ///< 0: none runs
    Time beatDue_ = Time::max();
    Time killDue_ = Time::max();
    Time startDue_ = Time::max();
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace loa
