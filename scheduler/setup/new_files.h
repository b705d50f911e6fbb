#pragma once
#include <string>
#include <vector>

namespace loa {

/// Files that come to be all together or not at all: what was written is removed again unless keep() was called.
class NewFiles {
public:
    NewFiles() = default;
    ~NewFiles();
    NewFiles(const NewFiles&) = delete;
    NewFiles& operator=(const NewFiles&) = delete;

    /// Writes a new file, on disk when this returns, readable as `mode` says from its first moment. Throws Error
    /// conflict when there is one of that name, unavailable when it cannot be written.
    void write(const std::string& path, const std::string& content, unsigned mode);
    void keep() { written_.clear(); }

private:
    std::vector<std::string> written_;
};

}  // namespace loa
