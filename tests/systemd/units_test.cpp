// The unit files as systemd reads them, without a running systemd. Each check is also seen to fail on a spoilt copy.
#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/run_shell.h"
#include "tests/support/temporary_directory.h"

using namespace loa;

namespace {

namespace fs = std::filesystem;

struct Limit {
    const char* unit;
    int exposure;  ///< in tenths, as `systemd-analyze security --threshold` takes it
    const char* reason;
};

constexpr std::array limits{
    Limit{"loa-scheduler", 12, "it listens on the network"},
    Limit{"loa-player", 14, "it dials out and reads the kernel's clock state"},
    Limit{"loa-sound", 8, "it has the sound device and nothing else"},
};

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// A unit of this source tree in a folder of its own, with the programs as they were built.
class UnitFile {
public:
    explicit UnitFile(const std::string& unit) {
        path_ = folder_.path() / (unit + ".service");
        std::ifstream in{fs::path{std::getenv("LOA_SOURCE_DIR")} / "systemd" / (unit + ".service.in")};
        REQUIRE(in);
        std::ostringstream text;
        text << in.rdbuf();
        text_ = text.str();
        replaceAll(text_, "@bindir@", std::getenv("LOA_BIN_DIR"));
    }

    UnitFile& spoil(const std::string& line, const std::string& replacement) {
        REQUIRE(text_.find(line) != std::string::npos);
        replaceAll(text_, line, replacement);
        return *this;
    }
    const std::string& text() const { return text_; }

    ShellRun verify() const { return analyze("verify --man=no"); }
    ShellRun exposure(int threshold) const {
        return analyze("security --no-pager --offline=true --threshold=" + std::to_string(threshold));
    }

private:
    ShellRun analyze(const std::string& what) const {
        std::ofstream{path_} << text_;
        return runShell("SYSTEMD_LOG_LEVEL=warning systemd-analyze " + what + " '" + path_.string() + "'");
    }

    test::TemporaryDirectory folder_;
    fs::path path_;
    std::string text_;
};

}  // namespace

TEST_CASE("systemd units: every unit is verified without a word") {
    for (const auto& [unit, exposure, reason] : limits) {
        CAPTURE(unit);
        const auto verified = UnitFile{unit}.verify();
        CHECK(verified.status == 0);
        CHECK(verified.output == "");
    }
}

TEST_CASE("systemd units: verifying finds a missing program and a misspelt setting") {
    for (const auto& [unit, exposure, reason] : limits) {
        CAPTURE(unit);
        CHECK(UnitFile{unit}.spoil("ExecStart=/", "ExecStart=/nowhere/").verify().status != 0);
        CHECK(UnitFile{unit}.spoil("ProtectHome=", "ProtectHouse=").verify().output != "");
    }
}

TEST_CASE("F107 systemd units: exposure stays within its limit, and a unit that opens up is found") {
    for (const auto& [unit, exposure, reason] : limits) {
        CAPTURE(unit);
        CAPTURE(reason);
        const auto now = UnitFile{unit}.exposure(exposure);
        INFO(now.output);
        CHECK(now.status == 0);
        CHECK(UnitFile{unit}.spoil("CapabilityBoundingSet=\n", "").exposure(exposure).status != 0);
        CHECK(UnitFile{unit}.spoil("SystemCallFilter=", "#").exposure(exposure).status != 0);
    }
}

TEST_CASE("systemd units: every service says when it is ready, is watched and comes back") {
    for (const auto& [unit, exposure, reason] : limits) {
        CAPTURE(unit);
        const std::string text = UnitFile{unit}.text();
        for (const char* line : {"Type=notify\n", "WatchdogSec=", "Restart=always\n", "OOMPolicy=stop\n"})
            CHECK(text.find(line) != std::string::npos);
    }
}

TEST_CASE("systemd units: no service gives up starting, and only the player may reach loa-sound") {
    for (const auto& [unit, exposure, reason] : limits) {
        CAPTURE(unit);
        CHECK(UnitFile{unit}.text().find("StartLimitIntervalSec=0\n") != std::string::npos);
    }
    CHECK(UnitFile{"loa-player"}.text().find("SupplementaryGroups=loa-sound\n") != std::string::npos);
    CHECK(UnitFile{"loa-sound"}.text().find("RuntimeDirectoryMode=0750\n") != std::string::npos);
    CHECK(UnitFile{"loa-sound"}.text().find("PrivateNetwork=yes\n") != std::string::npos);
    CHECK(UnitFile{"loa-player"}.text().find("SocketBindAllow=") == std::string::npos);
}

TEST_CASE(
    "F104 systemd units: no service leaves a core file, shows its memory to others or has a secret in its "
    "environment") {
    for (const auto& [unit, exposure, reason] : limits) {
        CAPTURE(unit);
        const std::string text = UnitFile{unit}.text();
        for (const char* line : {"LimitCORE=0\n", "UMask=0077\n", "ProtectProc=invisible\n"})
            CHECK(text.find(line) != std::string::npos);
        for (const char* secret : {"EnvironmentFile=", "SetCredential=", "TOKEN=", "PASSWORD="})
            CHECK(text.find(secret) == std::string::npos);
    }
}

TEST_CASE("F99 systemd units: what all services log has a journal of its own, of at most 200 MB") {
    for (const auto& [unit, exposure, reason] : limits) {
        CAPTURE(unit);
        CHECK(UnitFile{unit}.text().find("LogNamespace=loa\n") != std::string::npos);
    }
    std::ifstream file{fs::path{std::getenv("LOA_SOURCE_DIR")} / "systemd/journald.conf"};
    const std::string journal{std::istreambuf_iterator<char>{file}, {}};
    CHECK(journal.find("\nSystemMaxUse=200M\n") != std::string::npos);
}
