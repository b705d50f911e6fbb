// The whole way once, on the real programs: iCalendar in, a signed manifest, sound at the instant, an as-run that
// believes only what sounded. And the sound server's own witness beside it.
#include <doctest/doctest.h>

#include <cmath>
#include <csignal>

#include "scheduler/domain/clock.h"
#include "scheduler/domain/media_item.h"
#include "tests/support/pulse_server.h"
#include "tests/support/recording.h"
#include "tests/support/running_office.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tone_media.h"
#include "tests/support/wait_until.h"

using namespace loa;
using namespace loa::test;

namespace {

nlohmann::json awaitLines(const RunningOffice& office, Instant start, std::size_t count) {
    nlohmann::json lines;
    const auto complete = [&] {
        lines = office.asRun(start, start + std::chrono::seconds{1});
        if (lines.size() != count) return false;
        for (const auto& line : lines)
            if (line["result"] == "unknown") return false;
        return true;
    };
    CHECK_MESSAGE(waitUntil(complete, std::chrono::seconds{60}), lines.dump(1));
    return lines;
}

}  // namespace

TEST_CASE(
    "first broadcast: an event airs at its instant, and onset and length on the sound server are what the as-run "
    "says") {
    const TemporaryDirectory directory;
    const SystemClock clock;
    PulseServer server{directory.path() / "pulse"};
    RunningOffice office{directory.path() / "office"};
    RunningStation station{office, "tan-hue", {.sink = server.sink()}};
    RunningStation silent{office, "an-phong", {.sink = server.sink("mute=true")}};
    constexpr std::int64_t seconds = 5;
    constexpr double levelled = 0.08;  // half of what a sine of -16 LUFS reaches
    const auto media = office.upload("tone.opus", toneMedia(frameRate * seconds));
    const auto start = std::chrono::ceil<std::chrono::seconds>(clock.now() + std::chrono::seconds{14});
    office.plan("1022", media, start, {"urn:loa:station:tan-hue", "urn:loa:station:an-phong"});
    Recording recording{server, directory.path()};
    const auto lines = awaitLines(office, start, 2);
    recording.finish(start + std::chrono::seconds{seconds + 2});

    for (const auto& line : lines) {
        CAPTURE(line.dump(1));
        CHECK(line["seconds"].get<double>() == doctest::Approx(seconds).epsilon(0.01));
        if (line["station"] == "an-phong") {
            CHECK(line["result"] == "silent");
            CHECK(line["reason"] == "noSignal");
            continue;
        }
        CHECK(line["result"] == "aired");
        const auto sounds = recording.sounds(Channel::left, Milliseconds{200}, levelled);
        REQUIRE(sounds.size() == 1);
        const auto reported = static_cast<double>(epochMilliseconds(start)) + line["startErrorMs"].get<double>();
        CHECK(std::abs(recording.millisecondsAt(sounds[0].from) - reported) < 30);
        CHECK(std::abs(static_cast<double>(sounds[0].frames()) / frameRate - line["seconds"].get<double>()) < 0.03);
    }
}

TEST_CASE(
    "first broadcast: the report is the same as CSV, in both languages, and a day asks for the station's own day") {
    const TemporaryDirectory directory;
    const SystemClock clock;
    RunningOffice office{directory.path() / "office"};
    RunningStation station{office, "tan-hue", {}};
    const auto media = office.upload("tone.opus", toneMedia(frameRate * 2));
    const auto start = std::chrono::ceil<std::chrono::seconds>(clock.now() + std::chrono::seconds{13});
    office.plan("1022", media, start, {"urn:loa:station:tan-hue"});
    const auto lines = awaitLines(office, start, 1);
    CHECK(lines[0]["result"] == "aired");
    const auto query =
        "/v1/as-run?from=" + formatInstant(start) + "&to=" + formatInstant(start + std::chrono::seconds{1});
    const auto csv = office.call("GET", query, "", "", "text/csv");
    CHECK(csv.status == 200);
    CHECK(csv.body.starts_with("\xEF\xBB\xBF"));
    CHECK(csv.body.find("Đã phát") != std::string::npos);
    const auto vietnamDay = formatDay(Day{std::chrono::floor<std::chrono::days>(start + std::chrono::hours{7})});
    const auto day = office.ask("GET", "/v1/as-run?from=" + vietnamDay + "&to=" + vietnamDay);
    CHECK(day["counts"]["aired"] == 1);
}

TEST_CASE("first broadcast: a station plays on while the scheduler is away, and reports when it is back") {
    const TemporaryDirectory directory;
    const SystemClock clock;
    RunningOffice office{directory.path() / "office"};
    RunningStation station{office, "tan-hue", {}};
    const auto media = office.upload("tone.opus", toneMedia(frameRate * 3));
    const auto start = std::chrono::ceil<std::chrono::seconds>(clock.now() + std::chrono::seconds{15});
    office.plan("1022", media, start, {"urn:loa:station:tan-hue"});
    const auto holdsPlan = [&] {
        const auto status = office.ask("GET", "/v1/stations/tan-hue").value("status", nlohmann::json::object());
        return status.value("mediaReady", 0) == 1;
    };
    REQUIRE(waitUntil(holdsPlan, std::chrono::seconds{12}));
    office.process().signal(SIGSTOP);
    REQUIRE(waitUntil([&] { return clock.now() > start + std::chrono::seconds{5}; }, std::chrono::seconds{30}));
    office.process().signal(SIGCONT);
    CHECK(awaitLines(office, start, 1)[0]["result"] == "aired");
}
