#pragma once
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "scheduler/domain/clock.h"
#include "scheduler/setup/make_office.h"

namespace loa {

/// An office of its own in a directory of its own, for loopback.
struct Office {
    Office() {
        auto pattern = (std::filesystem::temp_directory_path() / "loa-office-XXXXXX").string();
        directory = ::mkdtemp(pattern.data());
        makeOffice(directory, {"localhost", "127.0.0.1", "::1"}, SystemClock{}.now());
        files = officeFiles(directory);
    }
    ~Office() { std::filesystem::remove_all(directory); }
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;

    std::string directory;
    OfficeFiles files;
};

}  // namespace loa
