#include "config/scheduler_config.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "scheduler/domain/error.h"
#include "tests/support/temporary_directory.h"

using namespace loa;

namespace {

struct ConfigFile {
    test::TemporaryDirectory directory;
    std::filesystem::path path = directory.path() / "scheduler.properties";
    explicit ConfigFile(const std::string& text) { std::ofstream{path} << text; }
};

}  // namespace

TEST_CASE("scheduler config: the example file is complete and right") {
    const auto config = loadSchedulerConfig(std::filesystem::path{std::getenv("LOA_SOURCE_DIR")} /
                                            "config/scheduler.example.properties");
    CHECK(config.office.port == 8443);
    CHECK(config.stations.port == 8444);
    CHECK(config.duty.port == 8445);
    CHECK_FALSE(config.loopback.has_value());
    CHECK(config.zone == "Asia/Ho_Chi_Minh");
    CHECK(config.rates.reads == RatesConfig{}.reads);
    CHECK(config.rates.writes == RatesConfig{}.writes);
    CHECK(config.rates.reports == RatesConfig{}.reports);
    CHECK(config.rates.signIns == RatesConfig{}.signIns);
}

TEST_CASE("scheduler config: all faults are named at once") {
    const ConfigFile file{"stateDirectory = /tmp/x\noffice.port = 99999\noffise.host = 0.0.0.0\n"};
    try {
        loadSchedulerConfig(file.path);
        FAIL("accepted");
    } catch (const Error& error) {
        const std::string text = error.what();
        CHECK(text.find("office.port must be") != std::string::npos);
        CHECK(text.find("offise.host is not a key") != std::string::npos);
        CHECK(text.find("officeDirectory is missing") != std::string::npos);
    }
}

TEST_CASE("scheduler config: a file that is not there is said so") {
    CHECK_THROWS_AS(loadSchedulerConfig("/nonexistent/x.properties"), Error);
}
