#pragma once
#include <sys/types.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace loa::test {

/// A file of /proc, with its NULs as blanks; empty where the process is gone.
inline std::string processFile(pid_t pid, const std::string& name) {
    std::ifstream file{"/proc/" + std::to_string(pid) + '/' + name, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    std::replace(text.begin(), text.end(), '\0', ' ');
    return text;
}

/// All processes that can be seen now.
inline std::vector<pid_t> processes() {
    std::vector<pid_t> pids;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc"})
        if (const auto pid = std::atoi(entry.path().filename().c_str()); pid > 0) pids.push_back(pid);
    return pids;
}

/// The process whose command line has both words; 0 where there is none.
inline pid_t processOf(const std::string& word, const std::string& other) {
    for (const auto pid : processes()) {
        const auto line = processFile(pid, "cmdline");
        if (line.find(word) != std::string::npos && line.find(other) != std::string::npos) return pid;
    }
    return 0;
}

inline int openFilesOf(pid_t pid) {
    const std::filesystem::directory_iterator files{"/proc/" + std::to_string(pid) + "/fd"};
    return static_cast<int>(std::distance(begin(files), end(files)));
}

}  // namespace loa::test
