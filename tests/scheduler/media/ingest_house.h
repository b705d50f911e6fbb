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

namespace loa {

/// A folder that is removed with everything in it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "loa-media-test-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A store with the real loa-ingest beside it.
struct IngestHouse {
    TemporaryFolder folder;
    MediaStore store{folder.path() / "media"};
    IngestSettings settings = {
        std::filesystem::path{std::getenv("LOA_BIN_DIR")} / "loa-ingest", {}, std::chrono::minutes{5}};

    IncomingFile incoming(std::string_view bytes) {
        auto file = store.receive();
        writeAllAt(file.descriptor(), bytes, 0);
        return file;
    }
    Ingested ingestBytes(std::string_view bytes) { return ingest(store, settings, incoming(bytes)); }
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
