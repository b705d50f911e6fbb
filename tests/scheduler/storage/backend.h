#pragma once
#include <stdlib.h>

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "scheduler/domain/error.h"
#include "scheduler/storage/database.h"

namespace loa::test {

/// A folder of its own, gone with the test.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "loa-storage-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()));
        path_ = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

constexpr Instant atNoon = Instant{Milliseconds{1'800'000'000'000}};

/// One contract, every back end: each offers `database` and `reopen()`.
struct Sqlite {
    TemporaryFolder folder;
    std::unique_ptr<Database> opened = std::make_unique<Database>(folder.path() / "loa.db", atNoon);
    Database& database() { return *opened; }
    void reopen() {
        opened.reset();
        opened = std::make_unique<Database>(folder.path() / "loa.db", atNoon);
    }
};

/// The code of the Error that `work` throws; empty when it throws none.
template <class Work>
std::string errorCode(const Work& work) {
    try {
        work();
    } catch (const Error& error) {
        CHECK_FALSE(error.words().vi.empty());
        CHECK_FALSE(error.words().en.empty());
        return error.code();
    }
    return "";
}

}  // namespace loa::test
