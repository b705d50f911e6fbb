// Each folder that is a library says what it is; each source is formatted.
#include <doctest/doctest.h>

#include "tests/support/run_shell.h"
#include "tests/tidy/source.h"

using namespace loa::tidy;

namespace {

/// The folders whose CMakeLists.txt makes a library: a folder is a library is a layer.
std::vector<std::filesystem::path> libraryFolders() {
    std::vector<std::filesystem::path> folders;
    for (const auto& path : filesEndingIn({".txt"})) {
        const std::filesystem::path file{path};
        if (file.filename() == "CMakeLists.txt" && readText(root() / file).find("loa_library(") != std::string::npos)
            folders.push_back(file.parent_path());
    }
    return folders;
}

loa::ShellRun clangFormat(const std::string& arguments) {
    return loa::runShell("cd '" + root().string() + "' && clang-format --dry-run -Werror " + arguments);
}

}  // namespace

TEST_CASE("tidy: every folder that is a library says what it is") {
    const auto folders = libraryFolders();
    CHECK(folders.size() >= 18);
    for (const auto& folder : folders) {
        CAPTURE(folder);
        const auto lines = splitLines(readText(root() / folder / "README.md")).size();
        CHECK(lines >= 5);
        CHECK(lines <= 60);
    }
}

TEST_CASE("tidy: every source is formatted as .clang-format says") {
    std::string paths;
    for (const auto& source : sources()) paths += "'" + source.path + "' ";
    const auto formatted = clangFormat(paths);
    INFO(formatted.output);
    CHECK(formatted.status == 0);
}

TEST_CASE("tidy: an unformatted source is found") {
    CHECK(clangFormat("--assume-filename=config/x.cpp <<END\nint  x ;\nEND").status != 0);
    CHECK(clangFormat("--assume-filename=config/x.cpp <<END\nint x;\nEND").status == 0);
}
