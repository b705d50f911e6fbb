// Calendars made to cost more than they are worth, sent to the real program: what each is answered, and what it costs.
// Memory and processor time are the kernel's own figures of the process, so that a busy machine changes nothing.
#include <doctest/doctest.h>
#include <unistd.h>

#include <Poco/Exception.h>

#include <algorithm>
#include <fstream>

#include "tests/support/running_office.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr std::int64_t cpuLimitMilliseconds = 200;
constexpr std::int64_t memoryLimitKilobytes = 32 * 1024;

struct Bomb {
    std::string name;
    std::string text;
};

std::string times(std::size_t count, const std::string& text) {
    std::string all;
    all.reserve(count * text.size());
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

std::string event(const std::string& lines) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bomb//EN\r\nBEGIN:VEVENT\r\nUID:bomb\r\n"
           "DTSTAMP:20270101T000000Z\r\nSUMMARY:bomb\r\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\n" +
           lines + "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

std::string ruled(const std::string& rule) {
    return event("RRULE:" + rule + "\r\n");
}

std::string numbers(int from, int to) {
    std::string list;
    for (int i = from; i <= to; ++i) list += (i == from ? "" : ",") + std::to_string(i);
    return list;
}

std::vector<Bomb> bombs() {
    const std::string everything = ";BYHOUR=" + numbers(0, 23) + ";BYMINUTE=" + numbers(0, 59);
    const auto dates = times(220'000, ",20270302T050000Z").substr(1);
    return {{"a thousand million times", ruled("FREQ=DAILY;COUNT=1000000000")},
            {"each second", ruled("FREQ=SECONDLY")},
            {"each minute that never is", ruled("FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30")},
            {"each minute of each day by lists", ruled("FREQ=DAILY" + everything)},
            {"each second of each day by lists", ruled("FREQ=DAILY" + everything + ";BYSECOND=" + numbers(0, 59))},
            {"all lists at once", ruled("FREQ=YEARLY;BYMONTH=" + numbers(1, 12) + ";BYMONTHDAY=" + numbers(1, 31) +
                                        ";BYDAY=MO,TU,WE,TH,FR,SA,SU" + everything)},
            {"a day that never comes", ruled("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO")},
            {"dates to the limit of the body, on one line", event("RDATE:" + dates + "\r\n")},
            {"dates to the limit of the body, folded",
             event("RDATE:" + times(150'000, "20270302T050000Z,\r\n ") + "20270302T050000Z\r\n")},
            {"dates taken out, a line each", event(times(59'000, "EXDATE:20270302T050000Z\r\n"))},
            {"one folded line", event("DESCRIPTION:" + times(60'000, "\r\n " + std::string(74, 'a')) + "\r\n")},
            {"nested to the limit of lines", times(59'000, "BEGIN:VCALENDAR\r\n")},
            {"nested past the limit of lines", times(250'000, "BEGIN:VCALENDAR\r\n")},
            {"empty events",
             "BEGIN:VCALENDAR\r\n" + times(100'000, "BEGIN:VEVENT\r\nEND:VEVENT\r\n") + "END:VCALENDAR\r\n"}};
}

/// utime and stime of /proc/<pid>/stat; kernel's ticks are 10 ms here, and the least of three tries counts.
std::int64_t cpuMilliseconds(pid_t process) {
    std::ifstream file{"/proc/" + std::to_string(process) + "/stat"};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    std::istringstream fields{text.substr(text.rfind(')') + 2)};
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    std::int64_t user = 0, system = 0;
    fields >> user >> system;
    return (user + system) * 1000 / sysconf(_SC_CLK_TCK);
}

/// The most memory it has had since forgetPeak, which makes that what it has now.
std::int64_t peakKilobytes(pid_t process) {
    std::ifstream file{"/proc/" + std::to_string(process) + "/status"};
    for (std::string word; file >> word;)
        if (word == "VmHWM:") {
            std::int64_t kilobytes = 0;
            file >> kilobytes;
            return kilobytes;
        }
    return 0;
}

std::int64_t forgetPeak(pid_t process) {
    REQUIRE((std::ofstream{"/proc/" + std::to_string(process) + "/clear_refs"} << "5" << std::flush).good());
    return peakKilobytes(process);
}

}  // namespace

TEST_CASE("F88 calendar bombs: each is refused with a reason, for at most 200 ms of processor and 32 MB of memory") {
    const TemporaryDirectory directory;
    RunningOffice office{directory.path() / "office"};
    const auto process = office.process().process();
    // Not a bomb: what reading a calendar brings into memory once is not counted.
    CHECK(office.call("POST", "/v1/events", ruled("FREQ=DAILY;COUNT=3"), "text/calendar").status < 500);
    for (const auto& bomb : bombs()) {
        CAPTURE(bomb.name);
        CAPTURE(bomb.text.size());
        REQUIRE(bomb.text.size() < 5'000'000);
        std::int64_t most = 0;
        auto least = cpuLimitMilliseconds * 1000;
        for (int i = 0; i < 3; ++i) {
            const auto begun = cpuMilliseconds(process);
            const auto before = forgetPeak(process);
            REQUIRE(before > 0);
            const auto answer = office.call("POST", "/v1/events", bomb.text, "text/calendar");
            least = std::min(least, cpuMilliseconds(process) - begun);
            most = std::max(most, peakKilobytes(process) - before);
            CHECK(answer.status >= 400);
            CHECK(answer.status < 500);
            CHECK(answer.json()["type"].get<std::string>().starts_with("urn:loa:problem:"));
        }
        CHECK(most <= memoryLimitKilobytes);
    }
    CHECK(office.ask("GET", "/v1/events")["events"].size() <= 1);
}

TEST_CASE("F88 calendar bombs: one over the limit of the body is refused before it is read") {
    const TemporaryDirectory directory;
    RunningOffice office{directory.path() / "office"};
    const auto process = office.process().process();
    const auto before = forgetPeak(process);
    int status = 413;
    try {
        status = office
                     .call("POST", "/v1/events", event("DESCRIPTION:" + std::string(100'000'000, 'a') + "\r\n"),
                           "text/calendar")
                     .status;
    } catch (const Poco::Exception& fault) {
        MESSAGE("hung up on while it was sent: " << fault.displayText());
    }
    CHECK(status == 413);
    CHECK(peakKilobytes(process) - before <= memoryLimitKilobytes);
    CHECK(office.call("GET", "/v1/health/ready").status == 200);
}
