#pragma once
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "scheduler/storage/airing_repository.h"
#include "scheduler/storage/connection.h"
#include "tests/scheduler/storage/values.h"

namespace loa::test {

inline std::string environment(const char* name, const std::string& otherwise) {
    const char* value = std::getenv(name);
    return value ? value : otherwise;
}

/// A running storage_writer, and what it has said so far.
class Victim {
public:
    /// `killPoint` as in LOA_KILL_POINT, noted in `killLog` when it fires; empty: none.
    Victim(const std::filesystem::path& database, const std::string& mode, const std::string& killPoint = "",
           const std::filesystem::path& killLog = {}) {
        const std::string program = environment("LOA_BIN_DIR", ".") + "/storage_writer";
        REQUIRE_MESSAGE(std::filesystem::exists(program), "build storage_writer first: ", program);
        int ends[2];
        REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
        process_ = fork();
        REQUIRE(process_ >= 0);
        if (process_ == 0) {
            dup2(ends[1], STDOUT_FILENO);
            if (!killPoint.empty()) setenv("LOA_KILL_POINT", killPoint.c_str(), 1);
            if (!killLog.empty()) setenv("LOA_KILL_LOG", killLog.c_str(), 1);
            execl(program.c_str(), program.c_str(), database.c_str(), mode.c_str(), nullptr);
            _exit(127);
        }
        close(ends[1]);
        said_ = ends[0];
        fcntl(said_, F_SETFL, O_NONBLOCK);
    }
    ~Victim() {
        if (process_ > 0) {
            kill(process_, SIGKILL);
            waitpid(process_, nullptr, 0);
        }
        close(said_);
    }
    Victim(const Victim&) = delete;
    Victim& operator=(const Victim&) = delete;

    /// Waits until it has said `lines` more lines; false when it ended before.
    bool says(std::size_t lines) {
        const std::size_t wanted = linesCount() + lines;
        while (linesCount() < wanted)
            if (!listen(-1)) return false;
        return true;
    }
    /// Listens for about that long.
    void listenFor(int milliseconds) { listen(milliseconds); }
    /// Stops it wherever it is, and takes in all that it said before.
    void stop() {
        REQUIRE(kill(process_, SIGSTOP) == 0);
        int status = 0;
        REQUIRE(waitpid(process_, &status, WUNTRACED) == process_);
        REQUIRE_MESSAGE(WIFSTOPPED(status), "the writer ended by itself");
        while (listen(0)) {
        }
    }
    void goOn() { kill(process_, SIGCONT); }
    /// Waits for its end; the signal that ended it, 0 when it left by itself with success, -1 when with a failure.
    int ended() {
        while (listen(-1)) {
        }
        int status = 0;
        waitpid(process_, &status, 0);
        process_ = -1;
        if (WIFSIGNALED(status)) return WTERMSIG(status);
        return WEXITSTATUS(status) == 0 ? 0 : -1;
    }

    /// Ends it wherever it is; as `ended`.
    int killed() {
        kill(process_, SIGKILL);
        return ended();
    }

    /// The airings it was told are durable.
    std::vector<AiringId> acknowledged() const {
        std::vector<AiringId> ids;
        std::size_t start = 0;
        for (auto end = text_.find('\n'); end != std::string::npos; start = end + 1, end = text_.find('\n', start)) {
            const auto space = text_.find(' ', start);
            AiringId id = airing(text_.substr(start, space - start), 0, Instant{}).id;
            id.sequence = std::stoll(text_.substr(space + 1, end - space - 1));
            ids.push_back(id);
        }
        return ids;
    }

private:
    /// Takes in what there is, waiting at most that long for the first; false when there is nothing or it has ended.
    bool listen(int milliseconds) {
        pollfd waiting{said_, POLLIN, 0};
        if (poll(&waiting, 1, milliseconds) <= 0) return false;
        char buffer[4096];
        const auto got = read(said_, buffer, sizeof buffer);
        if (got <= 0) return false;
        text_.append(buffer, static_cast<std::size_t>(got));
        return true;
    }
    std::size_t linesCount() const { return static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n')); }

    pid_t process_ = -1;
    int said_ = -1;
    std::string text_;
};

/// What is wrong with a database after a fault: acknowledged airings that are gone, rows that are not what was sent,
/// pages that do not fit together. Empty when nothing is.
inline std::string damage(const std::filesystem::path& file, const std::vector<AiringId>& acknowledged) {
    try {
        Database database{file, Instant{}};
        std::string found = database.read([&](ReadTransaction& transaction) -> std::string {
            for (const AiringId& id : acknowledged)
                if (!AiringRepository::find(transaction, id))
                    return "lost " + id.station.text() + ' ' + std::to_string(id.sequence);
            for (const Airing& held : AiringRepository::concerning(transaction, {Instant{}, Instant::max()}))
                if (held != airing(held.id.station.text(), held.id.sequence, plannedAt(held.id.sequence)))
                    return "torn " + held.id.station.text() + ' ' + std::to_string(held.id.sequence);
            return "";
        });
        Connection connection{file, Connection::Access::read, Durability::full};
        const auto verdict = std::get<0>(connection.select<std::string>("PRAGMA integrity_check").at(0));
        return !found.empty() || verdict == "ok" ? found : verdict;
    } catch (const std::exception& error) {
        return error.what();
    }
}

}  // namespace loa::test
