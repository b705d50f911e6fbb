// config/sbom against the programs as they are installed.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/run_shell.h"

namespace {

std::string letters(const std::string& name) {
    std::string plain;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)))
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return plain;
}

const std::string source = std::getenv("LOA_SOURCE_DIR");

/// The first words of README's table of libraries.
std::vector<std::string> librariesOfReadme() {
    std::ifstream file{source + "/README.md"};
    std::vector<std::string> names;
    bool inTable = false;
    for (std::string line; std::getline(file, line);) {
        if (line == "| library | for |") inTable = true;
        if (line.empty()) inTable = false;
        if (inTable && line.starts_with("| ") && line != "| library | for |")
            names.push_back(line.substr(2, std::min(line.find(" |", 2), line.find(" (")) - 2));
    }
    return names;
}

}  // namespace

TEST_CASE("sbom: it names every library of README's table, each with its version") {
    const auto run = loa::runShell("'" + source + "/config/sbom' --bin '" + std::getenv("LOA_BIN_DIR") + "'");
    INFO(run.output);
    REQUIRE(run.status == 0);
    const auto bill = nlohmann::json::parse(run.output);
    CHECK(bill.at("bomFormat") == "CycloneDX");
    std::set<std::string> names;
    for (const auto& component : bill.at("components")) {
        CHECK(component.at("version").get<std::string>().size() >= 1);
        names.insert(letters(component.at("name")));
        names.insert(letters(component.at("properties").at(0).at("value")));
    }
    const auto libraries = librariesOfReadme();
    CHECK(libraries.size() >= 13);
    for (const auto& library : libraries) {
        CAPTURE(library);
        CHECK(std::any_of(names.begin(), names.end(),
                          [&](const auto& name) { return name.find(letters(library)) != std::string::npos; }));
    }
}

TEST_CASE("sbom: a folder without the programs is said so") {
    const auto run = loa::runShell("'" + source + "/config/sbom' --bin /nowhere");
    CHECK(run.status == 1);
    CHECK(run.output.find("there is no /nowhere/loa-scheduler") != std::string::npos);
}
