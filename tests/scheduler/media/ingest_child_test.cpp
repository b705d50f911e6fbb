// What the parent makes of a loa-ingest that misbehaves: stand-ins written as shell scripts.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "tests/scheduler/media/ingest_house.h"
#include "tests/support/broken_media.h"

using namespace loa;

namespace {

struct StandIn : IngestHouse {
    test::TemporaryDirectory scripts;
    std::filesystem::path script = scripts.path() / "loa-ingest";

    explicit StandIn(const std::string& does) {
        std::ofstream{script} << "#!/bin/sh\n" << does << "\n";
        chmod(script.c_str(), 0700);
        settings.program = script;
        settings.deadline = std::chrono::seconds{60};
    }
    std::string note(const std::string& suffix) const { return contentOf(script.string() + suffix); }
};

// Waits for the end of a process that is nobody's child here; a killed one takes a moment.
bool dies(const std::string& pid) {
    const Descriptor process{static_cast<int>(syscall(SYS_pidfd_open, std::stoi(pid), 0))};
    if (!process.valid()) return true;
    pollfd ended{process.get(), POLLIN, 0};
    return poll(&ended, 1, 30'000) == 1;
}

constexpr const char* goodFacts =
    R"({"facts":{"frames":96000,"loudnessLufs":-16,"truePeakDbtp":-3,"originalLufs":-20,"gainDb":4}})";

}  // namespace

TEST_CASE("F94: a worker that dies, fails, says nothing, talks nonsense or never stops talking is a refused file") {
    const auto descriptors = openDescriptors();
    for (const std::string does : {
             "kill -KILL $$",
             "kill -SEGV $$",
             "exit 3",
             "exit 0",
             "echo hello >&5",
             "echo '{\"step\":\"decode\",\"percent\":1e99}' >&5",
             "echo '{\"refused\":7}' >&5",
             "while :; do printf aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa >&5; done",
         }) {
        CAPTURE(does);
        StandIn house{does};
        CHECK(house.refusalOf(goodMedia("wav")) == "media-broken");
        CHECK(house.files() == 0);
    }
    CHECK(openDescriptors() == descriptors);
    CHECK_FALSE(hasChildren());
}

TEST_CASE("ingest child: good news about a file that is not there, not canonical or not as said is not believed") {
    const auto said = "echo '" + std::string{goodFacts} + "' >&5";
    const auto wrongPeak =
        R"(echo '{"facts":{"frames":96000,"loudnessLufs":-16,"truePeakDbtp":-1,"originalLufs":-20,"gainDb":4}}' >&5)";
    CHECK(StandIn{said}.refusalOf(goodMedia("opus")) == "media-broken");
    CHECK(StandIn{"/bin/cat <&3 >&4; " + said}.refusalOf(goodMedia("opus", 3.0)) == "media-broken");
    CHECK(StandIn{"/bin/cat <&3 >&4; " + said}.refusalOf(goodMedia("ogg")) == "media-broken");
    CHECK(StandIn{"/bin/cat <&3 >&4; " + std::string{wrongPeak}}.refusalOf(goodMedia("opus")) == "media-broken");
    CHECK(StandIn{"/bin/cat <&3 >&4; " + said}.refusalOf(goodMedia("opus")) == "");
}

TEST_CASE("ingest child: words from inside are never shown, only our own for a code we know") {
    StandIn house{R"(echo '{"refused":"<b>media-silent</b>"}' >&5)"};
    CHECK(house.refusalOf(goodMedia("wav")) == "media-broken");
}

TEST_CASE("ingest child: one that hangs is killed at the deadline with all that it started") {
    StandIn house{"/bin/sleep 1000 & echo $! > $0.pid; echo $$ > $0.own; wait"};
    house.settings.deadline = std::chrono::milliseconds{500};
    CHECK(house.refusalOf(goodMedia("wav")) == "media-broken");
    CHECK_FALSE(hasChildren());
    REQUIRE(house.note(".pid").size() > 1);
    CHECK(dies(house.note(".pid")));
    CHECK(dies(house.note(".own")));
}

TEST_CASE("ingest child: a caller that gives up in the middle leaves no process and no file") {
    StandIn house{R"(echo '{"step":"decode","percent":1}' >&5; /bin/sleep 1000)"};
    struct GaveUp {};
    const auto giveUp = [](const IngestProgress&) { throw GaveUp{}; };
    CHECK_THROWS_AS(ingest(house.store, house.settings, house.incoming(goodMedia("wav")).path(), giveUp), GaveUp);
    CHECK_FALSE(hasChildren());
    CHECK(house.files() == 0);
}

TEST_CASE("ingest child: one that is to stop is killed at once, and its file's turn may come again") {
    StandIn house{R"(echo '{"step":"decode","percent":1}' >&5; /bin/sleep 1000)"};
    const Descriptor stop{eventfd(0, EFD_CLOEXEC)};
    house.settings.stopDescriptor = stop.get();
    const auto original = house.incoming(goodMedia("wav"));
    std::string code;
    try {
        ingest(house.store, house.settings, original.path(),
               [&](const IngestProgress&) { eventfd_write(stop.get(), 1); });
    } catch (const Error& error) {
        CHECK(error.fault() == Fault::unavailable);
        code = error.code();
    }
    CHECK(code == "media-stopped");
    CHECK_FALSE(hasChildren());
    CHECK(contentOf(original.path()) == goodMedia("wav"));
}

TEST_CASE("ingest child: it gets its descriptors and nothing else, no environment, and a session of its own") {
    const Descriptor secret{fcntl(0, F_DUPFD, 50)};  // would be inherited
    setenv("LOA_TEST_SECRET", "secret", 1);
    StandIn house{
        "echo /proc/self/fd/* > $0.fds; echo [$LOA_TEST_SECRET] > $0.env; read all < /proc/self/stat; echo $all > "
        "$0.stat"};
    house.refusalOf(goodMedia("wav"));
    CHECK(house.note(".env") == "[]\n");
    const auto descriptors = house.note(".fds");
    CHECK(descriptors.find("/fd/5") != std::string::npos);
    CHECK(descriptors.find("/fd/50") == std::string::npos);
    const auto stat = house.note(".stat");  // pid (name) state parent group session
    const auto pid = stat.substr(0, stat.find(' '));
    CHECK(stat.find(" " + pid + " " + pid + " ", stat.find(')')) != std::string::npos);
}

TEST_CASE("ingest child: a program that is not there is the server's fault, not the file's") {
    IngestHouse house;
    house.settings.program = "/nonexistent/loa-ingest";
    CHECK(house.refusalOf(goodMedia("wav")) == "ingest-unavailable");
    CHECK(house.files() == 0);
}
