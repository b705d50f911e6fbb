#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace loa {

/// One properties file ("key = value" lines), read strictly: unknown keys, missing keys and wrong values are all
/// gathered, so that `finish()` can name every fault at once. Used by the configuration of each program, and by nothing
/// else. One thread.
class Settings {
public:
    /// Throws Error(notFound, "no-configuration") when the file cannot be read.
    explicit Settings(const std::filesystem::path& path);

    /// Must be there and not empty; else a fault, and the answer is empty.
    std::string text(const std::string& key);
    /// `fallback` only where the key is left out: "key =" is an empty text.
    std::string text(const std::string& key, const std::string& fallback);
    /// As `text`, in both forms.
    std::filesystem::path path(const std::string& key);
    std::filesystem::path path(const std::string& key, const std::filesystem::path& fallback);
    /// A whole number from `minimum` to `maximum`, both included; anything else is a fault, and the answer is
    /// `fallback`.
    int number(const std::string& key, int fallback, int minimum, int maximum);
    /// As `number`.
    std::chrono::seconds seconds(const std::string& key, int fallback, int minimum, int maximum);
    /// Notes what the caller found wrong with a value: "port", "must be even".
    void fault(const std::string& key, const std::string& what);

    /// Throws one Error(invalid, "bad-configuration") that lists all faults; a key that nobody asked for is one. To be
    /// called last.
    void finish() const;

private:
    std::filesystem::path file_;
    std::map<std::string, std::string> values_;
    std::set<std::string> asked_;
    std::vector<std::string> faults_;
};

}  // namespace loa
