// One day out of a calendar of 1,000 recurring events through HTTP: GET /v1/occurrences beside Radicale's time-range
// REPORT on the same events, as Loa exports them. The events began half a year ago; the day is tomorrow. Radicale is
// asked for ETags only, which is the least it can answer; ours gives every occurrence as JSON. Both must find as many.
// Each request waits for the one before it, on a connection that stays where the server lets it.
#include <fstream>
#include <iostream>

#include "scheduler/domain/clock.h"
#include "tests/bench/http.h"
#include "tests/bench/median.h"
#include "tests/bench/result.h"
#include "tests/support/broken_media.h"
#include "tests/support/running_office.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

constexpr int events = 1000;
constexpr int stations = 13;
constexpr int rounds = 7;            // Radicale takes about a second for each
constexpr int requestsInRound = 10;  // of ours

constexpr const char* rules[] = {"FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;BYDAY=TU,TH,SA,SU",
                                 "FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=DAILY;INTERVAL=2"};

std::string two(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// "20270228": that many days from now, in Vietnam.
std::string basicDay(int days) {
    const auto at = std::chrono::floor<std::chrono::days>(SystemClock{}.now() + 7h) + std::chrono::days{days};
    auto text = formatDay(Day{at});
    std::erase(text, '-');
    return text;
}

/// At one of the stations each, at any minute from 5:00 to 19:59.
std::string calendar(const std::string& media) {
    const auto begins = basicDay(-180);
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n";
    for (int i = 0; i < events; ++i) {
        const int minute = 300 + i * 37 % 900;
        text += "BEGIN:VEVENT\r\nUID:lich-" + std::to_string(i) +
                "@loa\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Bản tin số " + std::to_string(i) +
                "\r\nDTSTART;TZID=Asia/Ho_Chi_Minh:" + begins + "T" + two(minute / 60) + two(minute % 60) +
                "00\r\nDURATION:PT1M\r\nRRULE:" + rules[static_cast<std::size_t>(i) % std::size(rules)] +
                "\r\nATTACH:urn:loa:media:" + media + "\r\nATTENDEE;CUTYPE=RESOURCE:urn:loa:station:xa-" +
                std::to_string(i % stations) + "\r\nEND:VEVENT\r\n";
    }
    return text + "END:VCALENDAR\r\n";
}

void fill(const RunningOffice& office) {
    for (int i = 0; i < stations; ++i)
        office.ask("PUT", "/v1/stations/xa-" + std::to_string(i), {{"name", "trạm"}, {"area", "thanh-binh"}});
    const auto media = office.upload("tin.wav", wavFile(burstTone(20)));
    const auto answer = office.call("POST", "/v1/events", calendar(media), "text/calendar");
    if (answer.status != 200) throw std::runtime_error{answer.body};
}

/// Each event as a file of Radicale's, as it would have put it there.
void fillPeer(const RunningOffice& office, const std::filesystem::path& folder) {
    const auto collection = folder / "collection-root" / "bench" / "loa";
    std::filesystem::create_directories(collection);
    std::ofstream{collection / ".Radicale.props"} << R"({"tag": "VCALENDAR"})";
    for (int i = 0; i < events; ++i) {
        const auto name = "lich-" + std::to_string(i);
        std::ofstream{collection / (name + ".ics")}
            << office.call("GET", "/v1/events/" + name + "@loa", "", "", "text/calendar").body;
    }
}

ServiceUnit radicale(const std::filesystem::path& folder, int port) {
    std::ofstream{folder / "config"} << "[server]\nhosts = 127.0.0.1:" << port
                                     << "\n[auth]\ntype = none\n[storage]\nfilesystem_folder = " << folder.string()
                                     << "\n[logging]\nlevel = warning\n";
    ServiceUnit unit;
    unit.command = {"/usr/bin/radicale", "--config", (folder / "config").string()};
    unit.output = folder / "radicale.log";
    unit.restart = false;
    return unit;
}

std::string timeRange(Interval day) {
    const auto basic = [](Instant at) {
        auto text = formatInstant(std::chrono::floor<std::chrono::seconds>(at));
        std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
        return text.substr(0, 15) + "Z";
    };
    return R"(<?xml version="1.0"?><C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>)"
           R"(<D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">)"
           R"(<C:time-range start=")" +
           basic(day.start) + "\" end=\"" + basic(day.end) +
           R"("/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>)";
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

void measure() {
    const TemporaryDirectory folder;
    const RunningOffice office{folder.path() / "office", {}, unlimitedRates};
    fill(office);
    fillPeer(office, folder.path());
    const int port = bench::freePort();
    const ServiceManager process{radicale(folder.path(), port)};
    bench::HttpClient peer{port};
    peer.awaitAnswer("/");

    std::string token;
    std::ifstream{folder.path() / "office" / "author.token"} >> token;
    const auto tomorrow = std::chrono::floor<std::chrono::days>(SystemClock{}.now() + 7h) + std::chrono::days{1};
    const Interval day{tomorrow - 7h, tomorrow + 17h};
    const auto path = "/v1/occurrences?from=" + formatInstant(day.start) + "&to=" + formatInstant(day.end);
    bench::HttpClient loa{office.loopbackPort()};
    const auto ask = [&] { return loa.ask("GET", path, {{"Authorization", "Bearer " + token}}).body; };
    const auto report = [&] {
        return peer.ask("REPORT", "/bench/loa/", {{"Depth", "1"}, {"Content-Type", "application/xml"}}, timeRange(day))
            .body;
    };
    const auto found = count(ask(), "\"event\":");
    if (found == 0 || count(report(), "<getetag>") != found)
        throw std::runtime_error{"ours has " + std::to_string(found) + " occurrences, Radicale answered " + report()};
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < rounds; ++round) {
        theirs.push_back(bench::millisecondsFor(report));
        for (int i = 0; i < requestsInRound; ++i) ours.push_back(bench::millisecondsFor(ask));
    }
    std::cerr << found << " of " << events << " events on that day\n";
    const double mine = bench::median(ours);
    const double other = bench::median(theirs);
    bench::print(
        {"a day of 1,000 events", mine, other, "Radicale", "ms", "<= 1/200 of Radicale's", mine <= other / 200});
}

}  // namespace

int main() {
    try {
        measure();
    } catch (const std::exception& error) {
        std::cerr << "day: " << error.what() << '\n';
        return 1;
    }
}
