// What the keeper of an office does at its machine while the office runs.
#include <doctest/doctest.h>

#include <sstream>

#include "tests/support/run_shell.h"
#include "tests/support/running_office.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("loa-scheduler token: what opens the office is listed, and is out at once when it is revoked") {
    TemporaryDirectory directory;
    const RunningOffice office{directory.path() / "office"};
    const auto run = [&](const std::string& command, const std::string& more = "") {
        return runShell("'" + program("loa-scheduler") + "' " + command + " --config '" +
                        (office.folder() / "scheduler.properties").string() + "'" + more);
    };
    const auto idOf = [&](const std::string& name) {
        std::istringstream lines{run("token list").output};
        for (std::string line; std::getline(lines, line);)
            if (line.find("\toffice\t" + name + "\t") != std::string::npos) return line.substr(0, line.find('\t'));
        return std::string{};
    };
    REQUIRE(run("token", " --name lost").status == 0);
    const auto lost = idOf("lost");
    REQUIRE_FALSE(lost.empty());
    CHECK(run("token revoke", " --id " + lost).status == 0);
    CHECK(run("token revoke", " --id " + lost).status == 1);
    CHECK(idOf("lost").empty());
    CHECK(office.call("GET", "/v1/areas").status == 200);
    CHECK(run("token revoke", " --id " + idOf("office")).status == 0);
    CHECK(office.call("GET", "/v1/areas").status == 401);
    CHECK(run("token burn").status == 2);
}
