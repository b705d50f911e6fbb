#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "scheduler/domain/time.h"

namespace loa {

/// One properties file ("key = value" lines), read strictly: unknown keys, missing keys and wrong values are all
/// gathered, so that `finish()` can name every fault at once. Used by the configuration of each program, and by nothing
/// else.
class Settings {
public:
    /// Throws Error(notFound) when the file cannot be read.
    explicit Settings(const std::filesystem::path& path);

    std::string text(const std::string& key);
    std::string text(const std::string& key, const std::string& fallback);
    std::filesystem::path path(const std::string& key);
    std::filesystem::path path(const std::string& key, const std::filesystem::path& fallback);
    int number(const std::string& key, int fallback, int minimum, int maximum);
    std::chrono::seconds seconds(const std::string& key, int fallback, int minimum, int maximum);
    void fault(const std::string& key, const std::string& what);

    /// Throws one Error(invalid) that lists all faults, unknown keys among them. To be called last.
    void finish() const;

private:
    std::filesystem::path file_;
    std::map<std::string, std::string> values_;
    std::set<std::string> asked_;
    std::vector<std::string> faults_;
};

}  // namespace loa
