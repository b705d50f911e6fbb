#pragma once
#include <stdlib.h>

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "scheduler/domain/error.h"
#include "scheduler/storage/database.h"
#include "tests/support/temporary_directory.h"

namespace loa::test {

constexpr Instant atNoon = Instant{Milliseconds{1'800'000'000'000}};

/// One contract, every back end: each offers `database` and `reopen()`.
struct Sqlite {
    test::TemporaryDirectory folder;
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
