#include "config/player_config.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "scheduler/domain/error.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;

namespace {

PlayerConfig read(const std::string& text) {
    const TemporaryDirectory directory;
    std::ofstream{directory.path() / "player.properties"} << text;
    return loadPlayerConfig(directory.path() / "player.properties");
}

const std::string whole =
    "server = https://office:8444\nofficeCa = /etc/loa/ca.pem\nidentityFile = /etc/loa/identity.json\n"
    "officeKeyFile = /etc/loa/office.pub\nstateDirectory = /var/lib/loa\nmediaDirectory = /var/cache/loa\n"
    "soundSocket = /run/loa-sound/sound.sock\n";

std::string faults(const std::string& text) {
    try {
        read(text);
    } catch (const Error& error) {
        return error.words().en;
    }
    return {};
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("player config: a whole file is read, with what is left out as documented") {
    const auto config = read(whole);
    CHECK(config.server == "https://office:8444");
    CHECK(config.soundSocket == "/run/loa-sound/sound.sock");
    CHECK(config.manifestPoll == std::chrono::seconds{60});
    CHECK(config.statusEach == std::chrono::seconds{900});
    CHECK(read(whole + "manifestPollSeconds = 1\nstatusSeconds = 2\n").statusEach == std::chrono::seconds{2});
}

TEST_CASE("player config: the example names every key and is right") {
    const auto config =
        loadPlayerConfig(std::string{std::getenv("LOA_SOURCE_DIR")} + "/config/player.example.properties");
    CHECK(config.manifestPoll == std::chrono::seconds{60});
    CHECK(config.statusEach == std::chrono::seconds{900});
}

TEST_CASE("player config: all faults are named at once, in both languages") {
    const auto text = faults("server = ftp://x\nsoundSocket = /s\nmanifestPollSeconds = often\nvolume = 11\n");
    for (const char* part : {"server must begin", "officeCa is missing", "identityFile is missing",
                             "officeKeyFile is missing", "stateDirectory is missing", "mediaDirectory is missing",
                             "manifestPollSeconds must be", "volume is not a key"}) {
        CAPTURE(part);
        CHECK(has(text, part));
    }
}

TEST_CASE("player config: the token travels over TLS, or not beyond this machine") {
    const auto with = [](const std::string& server) {
        std::string text = whole;
        text.replace(text.find("https://office:8444"), std::string{"https://office:8444"}.size(), server);
        return faults(text);
    };
    for (const char* good :
         {"https://10.0.0.1:1", "http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"}) {
        CAPTURE(good);
        CHECK(with(good).empty());
    }
    for (const char* bad : {"http://office:8444", "http://127.evil.example:80", "https://office", "https://:8444",
                            "https://office:port", "https://office:8444/path", "office:8444"}) {
        CAPTURE(bad);
        CHECK(has(with(bad), "server"));
    }
}
