// Whole stations whose clock is wrong, by a shim under both of their programs: the machine's own is never set.
#include <doctest/doctest.h>

#include "scheduler/domain/clock.h"
#include "scheduler/domain/media_item.h"
#include "tests/support/running_office.h"
#include "tests/support/shimmed_clock.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tone_media.h"
#include "tests/support/wait_until.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

struct WrongClock {
    TemporaryDirectory directory;
    SystemClock clock;
    RunningOffice office{directory.path() / "office"};
    ShimmedClock shim;
    RunningStation station;

    WrongClock(std::chrono::seconds offset, bool synchronised)
        : shim{directory.path() / "clock", offset, synchronised},
          station{office, "tan-hue", {.playerEnvironment = environment(), .soundEnvironment = environment()}} {}

    /// The machine's zone is wrong, too.
    std::vector<std::string> environment() const {
        auto all = shim.environment();
        all.push_back("TZ=America/St_Johns");
        return all;
    }

    nlohmann::json status() const {
        return office.ask("GET", "/v1/stations/tan-hue").value("status", nlohmann::json::object());
    }
    bool says(const std::string& trust) const {
        return waitUntil([&] { return status().value("clockTrust", "") == trust; }, 60s);
    }
    /// Plans it there `ahead` of now, once it has the file.
    Instant plan(const std::string& event, const std::string& media, Milliseconds ahead) const {
        const auto start = std::chrono::ceil<std::chrono::seconds>(clock.now() + ahead);
        office.plan(event, media, start, {"urn:loa:station:tan-hue"});
        return start;
    }
    nlohmann::json lineOf(Instant start) const {
        nlohmann::json line;
        const auto isThere = [&] {
            const auto lines = office.asRun(start, start + 1s);
            if (lines.size() == 1) line = lines[0];
            return lines.size() == 1 && line["result"] != "unknown";
        };
        CHECK_MESSAGE(waitUntil(isThere, 60s), line.dump(1));
        return line;
    }
};

}  // namespace

TEST_CASE(
    "F27 F33 clock: at 1970 a station reaches its office, sounds nothing and says why, and sounds once it is set") {
    const SystemClock machine;
    const auto sinceBegin = std::chrono::duration_cast<std::chrono::seconds>(machine.now().time_since_epoch());
    WrongClock at{1h - sinceBegin, false};
    REQUIRE(at.says("untrusted"));
    const auto media = at.office.upload("tone.opus", toneMedia(frameRate * 2));
    const auto silent = at.plan("silent", media, 8s);
    const auto missed = at.lineOf(silent);
    CHECK(missed["result"] == "missed");
    CHECK(missed["reason"] == "clockUntrusted");
    CHECK(missed["clockTrust"] == "untrusted");
    at.shim.set(0s, false);  // by hand: no kernel vouches for it, the office has
    REQUIRE(at.says("trusted"));
    const auto sounding = at.plan("sounding", media, 13s);
    const auto aired = at.lineOf(sounding);
    CHECK(aired["result"] == "aired");
    CHECK(aired["clockTrust"] == "trusted");
}

TEST_CASE(
    "F31 clock: a source that keeps the clock 4 h off makes nothing sound, and trust goes the moment it does so") {
    WrongClock at{0s, true};
    REQUIRE(at.says("trusted"));
    const auto media = at.office.upload("tone.opus", toneMedia(frameRate * 2));
    const auto start = at.plan("later", media, 4h);  // what the false clock says is now
    REQUIRE(waitUntil([&] { return at.status().value("mediaReady", 0) == 1; }, 60s));
    at.shim.set(4h - 10s, true);
    REQUIRE(at.says("untrusted"));
    REQUIRE(waitUntil([&] { return at.clock.now() > start - 4h + 20s; }, 60s));
    CHECK_FALSE(at.status().contains("onAir"));
    const auto lines = at.office.asRun(start, start + 1s);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0]["result"] == "unknown");  // still to come
    CHECK(lines[0]["attempts"] == 0);
}
