#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scheduler/domain/time.h"
#include "tests/support/run_shell.h"
#include "tests/support/service_manager.h"

namespace loa::test {

struct Answer {
    int status = 0;
    std::string body;
    std::string etag;
    std::string cookie;  ///< name and value
    nlohmann::json json() const { return nlohmann::json::parse(body); }
};

/// Settings for one client that stands for many.
constexpr const char* unlimitedRates =
    "rates.readsPerSecond = 100000\nrates.writesPerSecond = 100000\nrates.reportsPerSecond = 100000\n"
    "rates.signInsPerSecond = 100000\nrates.enrolmentsPerMinute = 100000\n";

/// The built loa-scheduler as a process on free ports, with all its state in `folder`, and a client for its people:
/// what the author may not do, the admin does.
class RunningOffice {
public:
    /// `settings` are further lines of its configuration.
    explicit RunningOffice(std::filesystem::path folder, std::vector<std::string> environment = {},
                           const std::string& settings = "");

    Answer call(const std::string& method, const std::string& path, const std::string& body = "",
                const std::string& type = "application/json", const std::string& accept = "application/json") const;
    /// The same; throws with the answer when it is not a success.
    nlohmann::json ask(const std::string& method, const std::string& path, const nlohmann::json& body = nullptr) const;

    /// Uploads the file in pieces and waits until it is taken in. Returns the media id; throws with the refusal.
    std::string upload(const std::string& name, const std::string& bytes) const;
    /// Plans the media once, at `start`, at these targets ("urn:loa:area:..."), and approves it.
    void plan(const std::string& uid, const std::string& media, Instant start,
              const std::vector<std::string>& targets) const;
    /// Approves every draft, as a second person who listens to it first.
    void approveAll() const;
    nlohmann::json asRun(Instant from, Instant to, const std::string& more = "") const;

    const std::filesystem::path& folder() const { return folder_; }
    int stationsPort() const { return stationsPort_; }
    int officePort() const { return officePort_; }
    int dutyPort() const { return dutyPort_; }
    int loopbackPort() const { return loopbackPort_; }
    ServiceManager& process() { return *process_; }
    /// Waits until it answers, after a start or a kill.
    void awaitReady() const;

    /// Ends the program; start() begins anew with what is in `folder` then.
    void stop();
    void start();
    /// Runs `loa-scheduler <command> --config …` beside it; `more` are further words for the shell.
    ShellRun command(const std::string& command, const std::string& more = "") const;
    /// Makes a box that station, its files in `folder`/<station>, with a code from the machine's keeper; the token that
    /// it sends.
    std::string enrol(const std::string& station) const;

private:
    using Fields = std::vector<std::pair<std::string, std::string>>;
    Answer send(const std::string& method, const std::string& path, const std::string& body,
                const Fields& fields) const;
    std::string passwordOfNew(const std::string& role) const;
    std::string tokenOfNew(const std::string& role) const;
    void signInApprover();
    Fields asApprover() const;
    nlohmann::json askAsApprover(const std::string& method, const std::string& path, Fields fields = {}) const;

    std::filesystem::path folder_;
    int stationsPort_ = 0;
    int officePort_ = 0;
    int dutyPort_ = 0;
    int loopbackPort_ = 0;
    std::string author_;  ///< tokens of two people, who between them may do all but approve
    std::string admin_;
    std::string approver_;  ///< the cookie of their session
    ServiceUnit unit_;
    std::unique_ptr<ServiceManager> process_;
};

/// One station of a RunningOffice: loa-sound and loa-player as processes that are started again when they end.
class RunningStation {
public:
    struct Options {
        std::string sink = "fakesink sync=true";
        std::vector<std::string> playerEnvironment{};
        std::vector<std::string> soundEnvironment{};
    };
    /// Makes the station (area "thanh-binh"), enrols as it, and starts both programs.
    RunningStation(const RunningOffice& office, const std::string& id, Options options);

    const std::string& id() const { return id_; }
    ServiceManager& player() { return *player_; }
    ServiceManager& sound() { return *sound_; }
    const std::filesystem::path& folder() const { return folder_; }

private:
    std::string id_;
    std::filesystem::path folder_;
    std::unique_ptr<ServiceManager> sound_;
    std::unique_ptr<ServiceManager> player_;
};

/// The built program of that name.
std::string program(const std::string& name);

}  // namespace loa::test
