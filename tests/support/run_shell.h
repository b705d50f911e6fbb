#pragma once
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace loa {

/// What a command line did: its exit status, and all it wrote to stdout and stderr.
struct ShellRun {
    int status = 0;
    std::string output;
};

/// Runs `commandLine` by /bin/sh and waits for its end.
inline ShellRun runShell(const std::string& commandLine) {
    FILE* pipe = popen(("{ " + commandLine + "\n} 2>&1").c_str(), "r");
    if (!pipe) throw std::runtime_error{"popen"};
    ShellRun run;
    std::array<char, 4096> part;
    while (const auto length = std::fread(part.data(), 1, part.size(), pipe)) run.output.append(part.data(), length);
    const int status = pclose(pipe);
    run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return run;
}

}  // namespace loa
