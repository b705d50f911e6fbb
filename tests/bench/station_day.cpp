// One station's plan of today through HTTP, beside nginx that serves the very same bytes from a file: whole answers,
// and 304 for a client that has them. Both on loopback without TLS, both write an access log, 16 connections that stay,
// in turn. Ours checks a token besides. The station is one of a district's 13, with twelve airings a day.
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

namespace {

constexpr int rounds = 7;
constexpr int stations = 13;
constexpr int airings = 12;

/// Daily at twelve times from 5:00 to 18:00 in Vietnam, at the whole district.
std::string calendar(const std::string& media) {
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n";
    for (int i = 0; i < airings; ++i) {
        const int minute = 5 * 60 + i * 65;
        const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
        text += "BEGIN:VEVENT\r\nUID:chuong-trinh-" + std::to_string(i) +
                "@loa\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Bản tin thời sự của huyện\r\n"
                "DTSTART;TZID=Asia/Ho_Chi_Minh:20260101T" +
                two(minute / 60) + two(minute % 60) +
                "00\r\nDURATION:PT10M\r\nRRULE:FREQ=DAILY\r\nATTACH:urn:loa:media:" + media +
                "\r\nATTENDEE;CUTYPE=RESOURCE:urn:loa:area:thanh-binh\r\nEND:VEVENT\r\n";
    }
    return text + "END:VCALENDAR\r\n";
}

void fill(const RunningOffice& office) {
    for (int i = 0; i < stations; ++i)
        office.ask("PUT", "/v1/stations/xa-" + std::to_string(i), {{"name", "trạm"}, {"area", "thanh-binh"}});
    const auto media = office.upload("tin.wav", wavFile(burstTone(20)));
    const auto answer = office.call("POST", "/v1/events", calendar(media), "text/calendar");
    if (answer.status != 200) throw std::runtime_error{answer.body};
    office.approveAll();
}

ServiceUnit nginx(const std::filesystem::path& folder, int port) {
    std::ofstream{folder / "nginx.conf"} << "daemon off;\nuser root;\nworker_processes auto;\npid " << folder.string()
                                         << "/nginx.pid;\nerror_log " << folder.string()
                                         << "/error.log;\nevents { worker_connections 1024; }\nhttp {\n  types { "
                                            "application/json json; }\n  sendfile on;\n  tcp_nopush on;\n  "
                                            "keepalive_requests 1000000000;\n  open_file_cache max=16;\n  access_log "
                                         << folder.string() << "/access.log;\n  server { listen 127.0.0.1:" << port
                                         << "; root " << folder.string() << "; }\n}\n";
    ServiceUnit unit;
    unit.command = {"/usr/sbin/nginx", "-c", (folder / "nginx.conf").string(), "-p", folder.string()};
    unit.output = folder / "nginx.log";
    unit.restart = false;
    return unit;
}

/// Microseconds a request costs with 16 asking at once.
double microseconds(const std::string& url, const bench::HttpFields& fields) {
    return 1e6 / bench::requestsPerSecond(url, fields);
}

void measure() {
    const TemporaryDirectory folder;
    const RunningOffice office{folder.path() / "office", {}, unlimitedRates};
    fill(office);
    std::string token;
    std::ifstream{folder.path() / "office" / "author.token"} >> token;
    const auto today =
        formatDay(Day{std::chrono::floor<std::chrono::days>(SystemClock{}.now() + std::chrono::hours{7})});
    const auto path = "/v1/stations/xa-7/plan?day=" + today;
    const bench::HttpFields ours{{"Authorization", "Bearer " + token}};
    const auto plan = bench::HttpClient{office.loopbackPort()}.ask("GET", path, ours);
    if (plan.status != 200) throw std::runtime_error{plan.body};

    const auto peerFolder = folder.path() / "nginx";
    std::filesystem::create_directories(peerFolder);
    std::ofstream{peerFolder / "plan.json"} << plan.body;
    const int port = bench::freePort();
    const ServiceManager peer{nginx(peerFolder, port)};
    bench::HttpClient client{port};
    client.awaitAnswer("/plan.json");
    const auto same = client.ask("GET", "/plan.json");
    if (same.body != plan.body) throw std::runtime_error{"nginx serves something else"};

    const auto ourUrl = "http://127.0.0.1:" + std::to_string(office.loopbackPort()) + path;
    const auto peerUrl = "http://127.0.0.1:" + std::to_string(port) + "/plan.json";
    auto oursKnown = ours;
    oursKnown["If-None-Match"] = plan.etag;
    const bench::HttpFields peerKnown{{"If-None-Match", same.etag}};
    std::vector<double> whole, peerWhole, known, peerKnowns;
    for (int i = 0; i < rounds; ++i) {
        whole.push_back(microseconds(ourUrl, ours));
        peerWhole.push_back(microseconds(peerUrl, {}));
        known.push_back(microseconds(ourUrl, oursKnown));
        peerKnowns.push_back(microseconds(peerUrl, peerKnown));
    }
    const auto say = [](const char* name, double mine, double others) {
        bench::print({name, mine, others, "nginx", "us", "<= 2 x nginx's", mine <= 2 * others});
    };
    std::cerr << plan.body.size() << " bytes\n";
    say("station's day", bench::median(whole), bench::median(peerWhole));
    say("station's day, 304", bench::median(known), bench::median(peerKnowns));
}

}  // namespace

int main() {
    try {
        measure();
    } catch (const std::exception& error) {
        std::cerr << "station-day: " << error.what() << '\n';
        return 1;
    }
}
