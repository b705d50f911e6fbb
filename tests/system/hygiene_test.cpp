// What the running programs show of themselves and what they never do, as somebody on the machine or on the line sees
// it.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "scheduler/domain/clock.h"
#include "tests/support/run_shell.h"
#include "tests/support/running_office.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/wait_until.h"
#include "tests/system/loopback_sockets.h"
#include "tests/system/processes.h"

using namespace loa;
using namespace loa::test;
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds patience{60};

std::string textOf(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Of a key file the line that is the key, not what every PEM file has.
std::string secretIn(const fs::path& path) {
    std::istringstream lines{textOf(path)};
    std::string longest;
    for (std::string line; std::getline(lines, line);)
        if (line.find("-----") == std::string::npos && line.size() > longest.size()) longest = line;
    return longest;
}

/// Of an identity's file what that member says.
std::string memberIn(const fs::path& path, const std::string& member) {
    const auto text = textOf(path);
    const auto from = text.find('"' + member + "\":\"") + member.size() + 4;
    return text.substr(from, text.find('"', from) - from);
}

}  // namespace

TEST_CASE(
    "F104: no secret is in a program's arguments or environment, in a log or in a refusal, and none leaves a core "
    "file") {
    TemporaryDirectory directory;
    RunningOffice office{directory.path() / "office"};
    const RunningStation station{office, "an-phong", {}};
    REQUIRE(waitUntil([&] { return office.ask("GET", "/v1/stations/an-phong").contains("status"); }, patience));
    const auto keys = office.folder() / "office";
    const std::vector<std::string> secrets{secretIn(office.folder() / "author.token"),
                                           secretIn(keys / "signing.key"),
                                           secretIn(keys / "server.key"),
                                           secretIn(keys / "ca.key"),
                                           memberIn(office.folder() / "an-phong/identity.json", "token"),
                                           memberIn(office.folder() / "an-phong/identity.json", "key")};
    const auto hides = [&](const std::string& text) {
        return std::none_of(secrets.begin(), secrets.end(),
                            [&](const auto& secret) { return text.find(secret) != std::string::npos; });
    };
    for (const auto& secret : secrets) REQUIRE(secret.size() > 20);
    int seen = 0;
    for (const auto pid : processes()) {
        const auto line = processFile(pid, "cmdline");
        if (line.find(directory.path().string()) == std::string::npos) continue;
        CAPTURE(line);
        ++seen;
        CHECK(hides(line));
        CHECK(hides(processFile(pid, "environ")));
        if (line.find("loa-sound") != std::string::npos) continue;  // knows no secret
        static const std::string core = "Max core file size";
        const auto limits = processFile(pid, "limits");
        std::istringstream values{limits.substr(limits.find(core) + core.size())};
        std::string soft, hard;
        values >> soft >> hard;
        CHECK(soft == "0");
        CHECK(hard == "0");
    }
    CHECK(seen >= 3);
    for (const auto* path : {"/v1/areas/x", "/feeds/loa_feed_1.ics", "/nowhere"}) {
        const auto answer = office.call("GET", std::string{path} + "?token=" + secrets[0]);
        CHECK(hides(answer.body));
    }
    int logs = 0;
    for (const auto& entry : fs::recursive_directory_iterator{office.folder()})
        if (entry.path().extension() == ".log") {
            CAPTURE(entry.path());
            ++logs;
            CHECK(hides(textOf(entry.path())));
        }
    CHECK(logs >= 1);
}

TEST_CASE("F104: the scheduler does not start with a key that anybody can read, and says how to mend it") {
    TemporaryDirectory directory;
    const auto office = directory.path() / "office";
    const auto config = directory.path() / "scheduler.properties";
    std::ofstream{config} << "stateDirectory = " << (directory.path() / "state").string()
                          << "\nofficeDirectory = " << office.string()
                          << "\noffice.port = 0\nstations.port = 0\nduty.port = 0\n";
    REQUIRE(runShell("'" + program("loa-scheduler") + "' init --dir '" + office.string() + "'").status == 0);
    for (const char* key : {"signing.key", "server.key"}) {
        CAPTURE(key);
        const auto before = fs::status(office / key).permissions();
        fs::permissions(office / key, fs::perms{0644});
        const auto run =
            runShell("timeout 60 '" + program("loa-scheduler") + "' serve --config '" + config.string() + "'");
        CHECK(run.status == 1);
        CHECK(run.output.find("chmod o-rwx") != std::string::npos);
        CHECK(run.output.find(secretIn(office / key)) == std::string::npos);
        fs::permissions(office / key, before);
    }
}

TEST_CASE("F82: whatever addresses an office's calendars and texts name, the scheduler connects to none of them") {
    TemporaryDirectory directory;
    const RunningOffice office{directory.path() / "office"};
    office.ask("PUT", "/v1/stations/an-phong", {{"name", "An Phong"}, {"area", "thanh-binh"}});
    LoopbackSocket trap;
    const auto port = std::to_string(trap.listenAnywhere());
    const std::vector<std::string> addresses{"http://127.0.0.1:" + port + "/a.wav",
                                             "http://localhost:" + port + "/",
                                             "http://[::ffff:127.0.0.1]:" + port + "/",
                                             "http://0x7f.1:" + port + "/",
                                             "http://2130706433:" + port + "/",
                                             "ftp://127.0.0.1:" + port + "/",
                                             "gopher://127.0.0.1:" + port + "/_GET",
                                             "rtsp://127.0.0.1:" + port + "/",
                                             "file:///etc/passwd",
                                             "http://169.254.169.254/latest/"};
    const auto at = std::chrono::floor<std::chrono::hours>(SystemClock{}.now() + std::chrono::hours{24});
    const auto start = formatInstant(at);
    const auto day = formatDay(Day{std::chrono::floor<std::chrono::days>(at + std::chrono::hours{7})});  // in Vietnam
    std::string calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nSOURCE;VALUE=URI:" + addresses[0] +
                           "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1M\r\nURL:" + addresses[0] + "\r\n";
    auto stamp = start;
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    for (std::size_t i = 0; i < addresses.size(); ++i)
        calendar += "BEGIN:VEVENT\r\nUID:" + std::to_string(i) +
                    "\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:" + addresses[i] + "\r\nDTSTART:" + stamp +
                    "\r\nDURATION:PT30S\r\nATTACH:" + addresses[i] + "\r\nURL:" + addresses[i] +
                    "\r\nIMAGE;VALUE=URI:" + addresses[i] + "\r\nCONFERENCE;VALUE=URI:" + addresses[i] +
                    "\r\nORGANIZER:" + addresses[i] + "\r\nATTENDEE;CUTYPE=RESOURCE:urn:loa:station:an-phong\r\n" +
                    "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-PT1M\r\nATTACH:" + addresses[i] +
                    "\r\nEND:VALARM\r\nEND:VEVENT\r\n";
    calendar += "END:VCALENDAR\r\n";
    CHECK(office.call("POST", "/v1/events?preview=true&origin=" + addresses[0], calendar, "text/calendar").status ==
          200);
    CHECK(office.call("POST", "/v1/events?origin=" + addresses[0], calendar, "text/calendar").status == 200);
    for (const auto& address : addresses) {
        office.call("POST", "/v1/speech", nlohmann::json{{"title", address}, {"text", address}}.dump());
        office.call("POST", "/v1/uploads", nlohmann::json{{"name", address}, {"bytes", 100}}.dump());
        office.call("POST", "/v1/feeds", nlohmann::json{{"target", address}}.dump());
    }
    const auto planned = [&] {
        return !office.ask("GET", "/v1/stations/an-phong/plan?day=" + day).at("rejections").empty();
    };
    CHECK(waitUntil(planned, patience));
    CHECK(office.call("GET", "/v1/events", "", "", "text/calendar").status == 200);
    CHECK_FALSE(trap.wasConnectedTo());
    LoopbackSocket friendly;  // the trap works
    REQUIRE(friendly.connectFrom("127.0.0.1", std::atoi(port.c_str())));
    CHECK(trap.wasConnectedTo());
}
