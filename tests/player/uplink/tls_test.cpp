// The uplink against real TLS: an office made as `loa-scheduler init` makes it, and a server that holds its
// certificate.
#include <doctest/doctest.h>

#include <Poco/AutoPtr.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/SharedPtr.h>

#include <condition_variable>
#include <csignal>

#include "player/uplink/http_uplink.h"
#include "scheduler/domain/clock.h"
#include "scheduler/domain/error.h"
#include "scheduler/setup/make_office.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;

namespace {

class Plan final : public Poco::Net::HTTPRequestHandler {
    void handleRequest(Poco::Net::HTTPServerRequest&, Poco::Net::HTTPServerResponse& response) override {
        response.sendBuffer("signed text", 11);
    }
};

class Plans final : public Poco::Net::HTTPRequestHandlerFactory {
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
        return std::make_unique<Plan>().release();  // Poco deletes it
    }
};

/// A TLS server with the certificate in `directory`.
class TlsServer {
public:
    TlsServer(const std::string& directory, bool oldProtocolOnly) {
        std::signal(SIGPIPE, SIG_IGN);
        const auto files = officeFiles(directory);
        auto context = Poco::makeAuto<Poco::Net::Context>(Poco::Net::Context::TLS_SERVER_USE, files.serverKey,
                                                          files.server, "", Poco::Net::Context::VERIFY_NONE);
        if (oldProtocolOnly) context->disableProtocols(Poco::Net::Context::PROTO_TLSV1_3);
        const Poco::Net::SecureServerSocket socket{Poco::Net::SocketAddress{"127.0.0.1", 0}, 8, context};
        port_ = socket.address().port();
        server_ = std::make_unique<Poco::Net::HTTPServer>(Poco::makeShared<Plans>(), socket,
                                                          Poco::makeAuto<Poco::Net::HTTPServerParams>());
        server_->start();
    }
    ~TlsServer() { server_->stopAll(true); }
    std::string at(const std::string& host) const { return "https://" + host + ':' + std::to_string(port_); }

private:
    std::unique_ptr<Poco::Net::HTTPServer> server_;
    int port_ = 0;
};

struct Offices {
    TemporaryDirectory directory;
    std::string ours = (directory.path() / "ours").string();
    std::string theirs = (directory.path() / "theirs").string();
    Offices() {
        Poco::Net::initializeSSL();
        makeOffice(ours, {"localhost"}, SystemClock{}.now());
        makeOffice(theirs, {"localhost"}, SystemClock{}.now());
    }
};

/// A station that asks for its plan and waits for the answer.
class Asking {
public:
    Asking(const std::string& server, const std::string& ca)
        : uplink{{server, ca, "token", StationId{"an-phong"}},
                 [this](UplinkAnswer got) {
                     const std::lock_guard lock{mutex_};
                     answer_ = std::move(got);
                     came_.notify_one();
                 },
                 nullptr} {}

    UplinkAnswer ask() {
        uplink.fetchManifest("");
        std::unique_lock lock{mutex_};
        came_.wait(lock, [&] { return answer_.has_value(); });
        return *std::exchange(answer_, std::nullopt);
    }
    bool isAnswered() { return std::holds_alternative<ManifestFetched>(ask()); }

private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::optional<UplinkAnswer> answer_;

public:
    HttpUplink uplink;
};

UplinkAnswer ask(const std::string& server, const std::string& ca) {
    Asking asking{server, ca};
    asking.uplink.countDates(true);
    return asking.ask();
}

}  // namespace

TEST_CASE("http uplink: TLS to an office of the pinned CA works, to any other server it does not") {
    const Offices offices;
    const TlsServer server{offices.ours, false};
    CHECK(std::holds_alternative<ManifestFetched>(ask(server.at("localhost"), officeFiles(offices.ours).ca)));
    const auto stranger = ask(server.at("localhost"), officeFiles(offices.theirs).ca);
    CHECK(std::holds_alternative<RequestFailed>(stranger));
    const auto otherName = ask(server.at("127.0.0.1"), officeFiles(offices.ours).ca);
    CHECK(std::holds_alternative<RequestFailed>(otherName));
}

TEST_CASE("http uplink: an office that offers nothing newer than TLS 1.2 is refused") {
    const Offices offices;
    const TlsServer server{offices.ours, true};
    CHECK(std::holds_alternative<RequestFailed>(ask(server.at("localhost"), officeFiles(offices.ours).ca)));
}

TEST_CASE("http uplink: a CA that cannot be read is a fault of the settings, said at once") {
    CHECK_THROWS_AS(ask("https://localhost:1", "/no/such/ca.pem"), Error);
}

TEST_CASE(
    "F27 F44 http uplink: without a clock the dates of the certificate do not count, the pinned CA and the name do") {
    const Offices offices;
    for (const char* made : {"1999-01-01T00:00:00Z", "2099-01-01T00:00:00Z"}) {  // long over, and not yet begun
        CAPTURE(made);
        const TemporaryDirectory directory;
        const auto office = directory.path().string();
        makeOffice(office, {"localhost"}, *parseInstant(made));
        const TlsServer server{office, false};
        const auto ca = officeFiles(office).ca;
        CHECK(Asking{server.at("localhost"), ca}.isAnswered());
        CHECK_FALSE(Asking{server.at("localhost"), officeFiles(offices.ours).ca}.isAnswered());
        CHECK_FALSE(Asking{server.at("127.0.0.1"), ca}.isAnswered());
        CHECK(std::holds_alternative<RequestFailed>(ask(server.at("localhost"), ca)));
    }
}

TEST_CASE("http uplink: a connection that was made without a clock ends once there is one") {
    Poco::Net::initializeSSL();
    const TemporaryDirectory directory;
    const auto office = directory.path().string();
    makeOffice(office, {"localhost"}, *parseInstant("2099-01-01T00:00:00Z"));
    const TlsServer server{office, false};
    Asking station{server.at("localhost"), officeFiles(office).ca};
    CHECK(station.isAnswered());
    station.uplink.countDates(true);
    CHECK_FALSE(station.isAnswered());
    station.uplink.countDates(false);  // and again without one
    CHECK(station.isAnswered());
}
