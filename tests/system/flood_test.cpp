// Floods of the running scheduler, from this machine's loopback only: what others suffer of them. LOA_FLOOD_CONNECTIONS
// makes the flood as large as the fault matrix asks for (10000); without it, large enough to fill every queue.
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPCookie.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/StreamCopier.h>
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <vector>

#include "scheduler/domain/clock.h"
#include "scheduler/domain/media_item.h"
#include "tests/support/running_office.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tone_media.h"
#include "tests/support/wait_until.h"
#include "tests/system/loopback_sockets.h"
#include "tests/system/processes.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr std::chrono::seconds patience{60};
constexpr int mostFilesOfScheduler = 4 * (1000 + 64) + 512;

int floodSize() {
    const char* asked = std::getenv("LOA_FLOOD_CONNECTIONS");
    return socketsAllowed(asked ? std::atoi(asked) : 2'500);
}

/// Connections that say nothing, from a hundred addresses.
std::vector<LoopbackSocket> silentConnections(int count, int port) {
    std::vector<LoopbackSocket> sockets(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        if (!sockets[static_cast<std::size_t>(i)].connectFrom("127.0.1." + std::to_string(1 + i % 100), port))
            throw std::runtime_error{"the port takes no connection"};
    return sockets;
}

Instant saidBy(const RunningOffice& office, const std::string& station) {
    const auto facts = office.ask("GET", "/v1/stations/" + station);
    return facts.contains("status") ? *parseInstant(facts.at("status").at("said").get<std::string>()) : Instant{};
}

std::string reportOf(const std::string& station, const std::string& token) {
    const std::string body = R"({"revision":1,"mediaReady":0,"mediaWanted":0,"output":"ready","waitingAirings":0,)"
                             R"("said":"2027-02-28T10:00:00Z"})";
    return "POST /v1/stations/" + station +
           "/status HTTP/1.1\r\nHost: loa\r\nConnection: close\r\nAuthorization: Bearer " + token +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

int reported(const RunningOffice& office, const std::string& station, const std::string& token) {
    LoopbackSocket socket;
    if (!socket.connectFrom("127.0.0.1", office.loopbackPort())) return 0;
    const auto answer = socket.exchange(reportOf(station, token));
    return answer.size() > 12 ? std::atoi(answer.c_str() + 9) : 0;
}

std::string tokenOf(const RunningOffice& office, const std::string& station) {
    office.ask("PUT", "/v1/stations/" + station, {{"name", station}, {"area", "thanh-binh"}});
    return office.enrol(station);
}

/// A browser, at the duty officers' port where no other is named.
class DutyDesk {
public:
    explicit DutyDesk(const RunningOffice& office) : DutyDesk{office, office.dutyPort()} {}
    DutyDesk(const RunningOffice& office, int port)
        : session_{"127.0.0.1", static_cast<Poco::UInt16>(port), trust(office)} {
        session_.setTimeout(Poco::Timespan{static_cast<long>(patience.count()), 0});
    }
    int ask(const std::string& method, const std::string& path, const std::string& body) {
        Poco::Net::HTTPRequest request{method, path, Poco::Net::HTTPMessage::HTTP_1_1};
        request.set("Content-Type", "application/json");
        std::string cookies;
        for (const auto& [name, value] : cookies_) cookies += (cookies.empty() ? "" : "; ") + name + '=' + value;
        request.set("Cookie", cookies);
        request.setContentLength(static_cast<std::streamsize>(body.size()));
        session_.sendRequest(request) << body;
        Poco::Net::HTTPResponse response;
        said_.clear();
        Poco::StreamCopier::copyToString(session_.receiveResponse(response), said_);
        std::vector<Poco::Net::HTTPCookie> given;
        response.getCookies(given);
        for (const auto& each : given) cookies_[each.getName()] = each.getValue();
        return response.getStatus();
    }
    const std::string& said() const { return said_; }  ///< the last answer's body

private:
    static Poco::Net::Context::Ptr trust(const RunningOffice& office) {
        Poco::Net::Context::Params params;
        params.caLocation = (office.folder() / "office/ca.pem").string();
        params.loadDefaultCAs = false;
        return Poco::makeAuto<Poco::Net::Context>(Poco::Net::Context::TLS_CLIENT_USE, params);
    }
    Poco::Net::HTTPSClientSession session_;
    std::map<std::string, std::string> cookies_;
    std::string said_;
};

}  // namespace

TEST_CASE("F96: while idle connections fill the office's port, a station reports and is sent its plan on its own") {
    TemporaryDirectory directory;
    RunningOffice office{directory.path() / "office"};
    const int size = floodSize();  // after the office, which has to see to its own limits
    const auto media = office.upload("tone.opus", toneMedia(frameRate * 2));
    const RunningStation station{office, "an-phong", {}};
    REQUIRE(waitUntil([&] { return saidBy(office, "an-phong") != Instant{}; }, patience));
    const auto pid = processOf("serve", (office.folder() / "scheduler.properties").string());
    REQUIRE(pid > 0);
    {
        const auto flood = silentConnections(size - size / 5, office.officePort());
        const auto alsoThere = silentConnections(size / 5, office.stationsPort());
        const auto flooded = SystemClock{}.now();
        CHECK(waitUntil([&] { return saidBy(office, "an-phong") > flooded; }, patience));
        const auto published = office.ask("GET", "/v1/stations/an-phong").at("published").get<int>();
        office.plan("trong-lut", media, flooded + std::chrono::hours{1}, {"urn:loa:station:an-phong"});
        const auto revisionHeld = [&] {
            return office.ask("GET", "/v1/stations/an-phong").at("status").at("revision").get<int>();
        };
        CHECK(waitUntil([&] { return revisionHeld() > published; }, patience));
        CHECK(openFilesOf(pid) <= mostFilesOfScheduler);
    }
    CHECK(office.process().record().starts == 1);
    CHECK(office.call("GET", "/v1/health/ready").status == 200);
}

TEST_CASE("F96: while idle connections fill the office's port, a duty officer signs in and is answered on their own") {
    TemporaryDirectory directory;
    const RunningOffice office{directory.path() / "office"};
    const int size = floodSize();
    const auto added = office.command("person add", "--id truc --role dutyOfficer");
    REQUIRE(added.status == 0);
    const auto flood = silentConnections(size, office.officePort());
    DutyDesk desk{office};
    CHECK(desk.ask("GET", "/v1/health/ready", "") == 200);
    const nlohmann::json body{{"name", "truc"}, {"password", added.output.substr(0, added.output.find('\n'))}};
    CHECK(desk.ask("POST", "/v1/session", body.dump()) == 201);
    CHECK(desk.ask("GET", "/v1/session", "") == 200);
}

TEST_CASE(
    "F76: one machine that spends all sign-ins of its address keeps no officer out of a browser they have used there") {
    TemporaryDirectory directory;
    const RunningOffice office{directory.path() / "office", {}, "rates.signInsPerSecond = 1\n"};
    const auto added = office.command("person add", "--id truc --role dutyOfficer");
    REQUIRE(added.status == 0);
    const nlohmann::json right{{"name", "truc"}, {"password", added.output.substr(0, added.output.find('\n'))}};
    const nlohmann::json wrong{{"name", "truc"}, {"password", "guess"}};
    DutyDesk atDuty{office};
    DutyDesk atOffice{office, office.officePort()};
    for (auto* desk : {&atDuty, &atOffice}) REQUIRE(desk->ask("POST", "/v1/session", right.dump()) == 201);
    for (const int port : {office.dutyPort(), office.officePort()}) {
        CAPTURE(port == office.dutyPort());
        DutyDesk machine{office, port};
        int tries = 0;
        while (machine.said().find("too-many-requests") == std::string::npos) {
            machine.ask("POST", "/v1/session", wrong.dump());
            REQUIRE(++tries < 1'000);
        }
        auto& desk = port == office.dutyPort() ? atDuty : atOffice;
        for (int i = 0; i < 3; ++i) CHECK(desk.ask("POST", "/v1/session", right.dump()) == 201);
    }
}

TEST_CASE("F98: a station that reports without end is told to slow down, once in the log, and others are not") {
    TemporaryDirectory directory;
    const RunningOffice office{directory.path() / "office"};
    const auto mad = tokenOf(office, "mad");
    const auto calm = tokenOf(office, "calm");
    int refused = 0;
    int refusedOfOthers = 0;
    for (int i = 0; i < 1'000; ++i) {
        refused += reported(office, "mad", mad) == 429 ? 1 : 0;
        if (i % 20 == 0) refusedOfOthers += reported(office, "calm", calm) == 204 ? 0 : 1;
    }
    CHECK(refused > 0);
    CHECK(refusedOfOthers == 0);
    std::ifstream log{office.folder() / "scheduler.log"};
    int told = 0;
    for (std::string line; std::getline(log, line);)
        told += line.find("limited caller=\"station mad\"") != std::string::npos ? 1 : 0;
    CHECK(told >= 1);
    CHECK(told <= 2);
}
