#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <doctest/doctest.h>

#include <iterator>

#include "tests/api/http/server_case.h"
#include "tests/scheduler/setup/office_case.h"

namespace loa {

namespace {

ListenerOptions tlsOf(const Office& office) {
    ListenerOptions options;
    options.tls = TlsFiles{office.files.server, office.files.serverKey};
    return options;
}

struct TlsCase {
    Office office;
    ServerCase it{tlsOf(office)};

    Poco::Net::Context::Ptr trust() const {
        Poco::Net::Context::Params params;
        params.caLocation = office.files.ca;
        params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
        params.loadDefaultCAs = false;
        return Poco::makeAuto<Poco::Net::Context>(Poco::Net::Context::TLS_CLIENT_USE, params);
    }
};

std::string ask(Poco::Net::HTTPClientSession& session, const std::string& method, const std::string& path,
                const std::string& body = "") {
    Poco::Net::HTTPRequest request{method, path, "HTTP/1.1"};
    request.setKeepAlive(true);
    if (!body.empty()) request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    session.sendRequest(request) << body;
    Poco::Net::HTTPResponse response;
    auto& answer = session.receiveResponse(response);
    return std::to_string(response.getStatus()) + " " + std::string{std::istreambuf_iterator<char>{answer}, {}};
}

}  // namespace

TEST_CASE_FIXTURE(TlsCase, "TLS: one connection carries several requests with bodies") {
    Poco::Net::HTTPSClientSession session{"localhost", it.server.port(), trust()};
    session.setTimeout(Poco::Timespan{30, 0});
    CHECK(ask(session, "GET", "/hello") == "200 hello");
    CHECK(ask(session, "POST", "/echo", std::string(1000, 'a')) == "200 " + std::string(1000, 'a'));
    CHECK(ask(session, "POST", "/echo", std::string(1001, 'a')).substr(0, 3) == "413");
}

TEST_CASE_FIXTURE(TlsCase,
                  "TLS: a browser is told to come over TLS only, and over plain HTTP it is told nothing of it") {
    Poco::Net::HTTPSClientSession session{"localhost", it.server.port(), trust()};
    session.setTimeout(Poco::Timespan{30, 0});
    for (const char* path : {"/hello", "/nowhere", "/crash"}) {
        Poco::Net::HTTPRequest request{"GET", path, "HTTP/1.1"};
        session.sendRequest(request);
        Poco::Net::HTTPResponse response;
        const std::string body{std::istreambuf_iterator<char>{session.receiveResponse(response)}, {}};
        CHECK(response.get("Strict-Transport-Security", "") == "max-age=31536000");
    }
    CHECK_FALSE(contains(ServerCase{}.exchange(get("/hello")), "Strict-Transport-Security"));
}

TEST_CASE_FIXTURE(TlsCase, "F79 TLS: what a page of plain HTTP asks for is not done") {
    Poco::Net::HTTPSClientSession session{"localhost", it.server.port(), trust()};
    session.setTimeout(Poco::Timespan{30, 0});
    const auto own = "localhost:" + std::to_string(it.server.port());
    const auto statusFor = [&](const std::string& origin) {
        Poco::Net::HTTPRequest request{"POST", "/echo", "HTTP/1.1"};
        request.set("Origin", origin);
        request.setContentLength(1);
        session.sendRequest(request) << 'a';
        Poco::Net::HTTPResponse response;
        const std::string body{std::istreambuf_iterator<char>{session.receiveResponse(response)}, {}};
        return static_cast<int>(response.getStatus());
    };
    CHECK(statusFor("https://" + own) == 200);
    CHECK(statusFor("http://" + own) == 403);
}

TEST_CASE_FIXTURE(TlsCase, "TLS: nothing older than 1.3 is spoken") {
    auto old = trust();
    old->disableProtocols(Poco::Net::Context::PROTO_TLSV1_3);
    Poco::Net::HTTPSClientSession session{"localhost", it.server.port(), old};
    session.setTimeout(Poco::Timespan{30, 0});
    CHECK_THROWS_WITH_AS(ask(session, "GET", "/hello"), doctest::Contains("SSL"), Poco::Exception);
    CHECK(it.house.answered == 0);
}

TEST_CASE_FIXTURE(TlsCase, "TLS: plain HTTP on its port is no request") {
    CHECK_FALSE(contains(it.exchange(get("/hello")), "HTTP/1.1"));
    CHECK(it.house.answered == 0);
}

TEST_CASE("F97: a handshake that never goes on loses its thread at the deadline") {
    const Office office;
    auto options = tlsOf(office);
    options.threads = 1;
    options.headerDeadline = std::chrono::milliseconds{300};
    const ServerCase it{options};
    auto stuck = it.client();
    stuck.send("\x16\x03\x01\x02");
    CHECK(stuck.readToEnd().empty());
}

TEST_CASE("TLS: files that do not fit together are told before anything listens") {
    const Office ours;
    const Office other;
    House house;
    const auto router = houseRouter(house);
    ListenerOptions options;
    options.tls = TlsFiles{ours.files.server, other.files.serverKey};
    CHECK_THROWS_WITH_AS((Server{router, options}), doctest::Contains(ours.files.server.c_str()), Error);
    options.tls = TlsFiles{"/nowhere.pem", ours.files.serverKey};
    CHECK_THROWS_AS((Server{router, options}), Error);
}

}  // namespace loa
