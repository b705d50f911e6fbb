#pragma once
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "scheduler/media/disk.h"
#include "scheduler/media/ingest.h"
#include "scheduler/media/refusals.h"
#include "tests/support/temporary_directory.h"

namespace loa {

/// A store with the real loa-ingest beside it.
struct IngestHouse {
    test::TemporaryDirectory folder;
    MediaStore store{folder.path() / "media"};
    IngestSettings settings = {
        std::filesystem::path{std::getenv("LOA_BIN_DIR")} / "loa-ingest", {}, std::chrono::minutes{5}};

    IncomingFile incoming(std::string_view bytes) {
        auto file = store.receive();
        writeAllAt(file.descriptor(), bytes, 0);
        return file;
    }
    MediaItem ingestBytes(std::string_view bytes) { return ingest(store, settings, incoming(bytes).path()); }
    /// The code of its refusal; empty when it was accepted.
    std::string refusalOf(std::string_view bytes) {
        try {
            ingestBytes(bytes);
        } catch (const Error& error) {
            return error.code();
        }
        return "";
    }
    /// Files anywhere under the store.
    int files() const {
        int count = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator{folder.path()})
            count += entry.is_regular_file();
        return count;
    }
};

inline int openDescriptors() {
    int count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{"/proc/self/fd"}) ++count;
    return count;
}

inline bool hasChildren() {
    return waitpid(-1, nullptr, WNOHANG) != -1;
}

inline std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace loa
