#include "scheduler/setup/make_office.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <doctest/doctest.h>
#include <stdio.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "api/http/server.h"
#include "scheduler/domain/error.h"
#include "tests/scheduler/setup/office_case.h"

namespace loa {

namespace {

struct Said {
    std::string text;
    int status;
};

Said run(const std::string& command) {
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe);
    std::string text;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
    return {text, ::pclose(pipe)};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

std::string contentOf(const std::string& path) {
    std::ifstream in{path};
    return {std::istreambuf_iterator<char>{in}, {}};
}

unsigned modeOf(const std::string& path) {
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    return found.st_mode & 07777U;
}

Response hello(const Request&, int&) {
    return Response::text(200, "hello");
}
constexpr Route<int> helloRoutes[] = {{Method::get, "/", Access::anyone, hello}};

/// A server with that office's certificate, and what a client says who trusts that CA only.
struct HelloServer {
    explicit HelloServer(const Office& office) : server{helloRouter(), optionsOf(office)} { server.start(); }

    std::string askedBy(const std::string& caFile, const std::string& host = "localhost") const {
        Poco::Net::Context::Params params;
        params.caLocation = caFile;
        params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
        params.loadDefaultCAs = false;
        const auto trust = Poco::makeAuto<Poco::Net::Context>(Poco::Net::Context::TLS_CLIENT_USE, params);
        try {
            Poco::Net::HTTPSClientSession session{host, server.port(), trust};
            session.setTimeout(Poco::Timespan{30, 0});
            Poco::Net::HTTPRequest request{"GET", "/", "HTTP/1.1"};
            session.sendRequest(request);
            Poco::Net::HTTPResponse response;
            auto& body = session.receiveResponse(response);
            return {std::istreambuf_iterator<char>{body}, {}};
        } catch (const Poco::Exception& error) {
            return error.displayText();
        }
    }

    int none = 0;
    Router router{[](const Credential&) { return Principal{}; }, [](const std::string&) {}};
    Server server;

private:
    const Router& helloRouter() {
        router.add(helloRoutes, [this](const Request&, const auto&) -> int& { return none; });
        return router;
    }
    static ListenerOptions optionsOf(const Office& office) {
        ListenerOptions options;
        options.tls = TlsFiles{office.files.server, office.files.serverKey};
        return options;
    }
};

}  // namespace

TEST_CASE("make office: openssl finds the certificates good for their purpose and nothing more") {
    const Office office;
    const auto chain =
        run("openssl verify -x509_strict -purpose sslserver -CAfile " + office.files.ca + " " + office.files.server);
    CAPTURE(chain.text);
    CHECK(chain.status == 0);
    for (const auto* host : {"localhost", "127.0.0.1", "::1"}) {
        const std::string option = std::string{host} == "localhost" ? " -verify_hostname " : " -verify_ip ";
        CHECK(run("openssl verify -CAfile " + office.files.ca + option + host + " " + office.files.server).status == 0);
    }
    CHECK(run("openssl verify -verify_hostname loa.vn -CAfile " + office.files.ca + " " + office.files.server).status !=
          0);
    CHECK(run("openssl verify -purpose sslclient -CAfile " + office.files.ca + " " + office.files.server).status != 0);

    const auto ca = run("openssl x509 -noout -text -in " + office.files.ca).text;
    CHECK(contains(ca, "Loa office CA"));
    CHECK(contains(ca, "CA:TRUE, pathlen:0"));
    CHECK(contains(ca, "prime256v1"));
    CHECK(contains(ca, "Certificate Sign\n"));
    CHECK_FALSE(contains(ca, "CRL Sign"));
}

TEST_CASE("make office: the CA lasts ten years, the server's certificate 397 days") {
    const Office office;
    const auto lasts = [](const std::string& file, long days) {
        const auto command = "openssl x509 -noout -in " + file + " -checkend ";
        return run(command + std::to_string((days - 1) * 86'400)).status == 0 &&
               run(command + std::to_string((days + 1) * 86'400)).status != 0;
    };
    CHECK(lasts(office.files.ca, 3650));
    CHECK(lasts(office.files.server, 397));
}

TEST_CASE("make office: keys are for their owner's eyes") {
    const Office office;
    CHECK(modeOf(office.files.caKey) == 0600);
    CHECK(modeOf(office.files.serverKey) == 0600);
    CHECK(modeOf(office.files.ca) == 0644);
    CHECK(modeOf(office.files.server) == 0644);
}

TEST_CASE("make office: nothing that is there is overwritten, and a refused attempt leaves nothing behind") {
    const Office office;
    const auto before = contentOf(office.files.ca);
    CHECK_THROWS_AS(makeOffice(office.directory, {"localhost"}, SystemClock{}.now()), Error);
    CHECK(contentOf(office.files.ca) == before);
    std::filesystem::remove(office.files.caKey);
    CHECK_THROWS_AS(makeOffice(office.directory, {"localhost"}, SystemClock{}.now()), Error);
    CHECK_FALSE(std::filesystem::exists(office.files.caKey));
    CHECK(contentOf(office.files.ca) == before);
}

TEST_CASE("make office: a name that is neither DNS name nor address is refused before a file is written") {
    const auto directory = std::filesystem::temp_directory_path() / "loa-office-refused";
    for (const auto* name : {"", "đài.vn", "a,DNS:evil.vn", "https://loa.vn", "-a.vn", "a..vn"}) {
        CAPTURE(name);
        CHECK_THROWS_AS(makeOffice(directory, {"localhost", name}, SystemClock{}.now()), Error);
    }
    CHECK_THROWS_AS(makeOffice(directory, {}, SystemClock{}.now()), Error);
    CHECK_FALSE(std::filesystem::exists(directory));
}

TEST_CASE("make office: a directory that cannot be written is told as such") {
    CHECK_THROWS_WITH_AS(makeOffice("/dev/null/office", {"localhost"}, SystemClock{}.now()),
                         doctest::Contains("/dev/null/office"), Error);
}

TEST_CASE("office CA: who trusts it reaches the server by each of its names, who trusts another office's does not") {
    const Office ours;
    const Office other;
    const HelloServer server{ours};
    CHECK(server.askedBy(ours.files.ca) == "hello");
    CHECK(server.askedBy(ours.files.ca, "127.0.0.1") == "hello");
    const auto refused = server.askedBy(other.files.ca);
    CAPTURE(refused);
    CHECK(contains(refused, "certificate verify failed"));
}

TEST_CASE("renewal: the same clients trust the new certificate") {
    const Office office;
    const auto before = contentOf(office.files.server);
    renewServerCertificate(office.directory, {"localhost"}, SystemClock{}.now());
    CHECK(contentOf(office.files.server) != before);
    CHECK(HelloServer{office}.askedBy(office.files.ca) == "hello");
}

TEST_CASE("renewal: without the office's files, or with a key of another, nothing is changed") {
    const Office office;
    const Office other;
    const auto before = contentOf(office.files.server);
    std::filesystem::copy_file(other.files.caKey, office.files.caKey,
                               std::filesystem::copy_options::overwrite_existing);
    CHECK_THROWS_AS(renewServerCertificate(office.directory, {"localhost"}, SystemClock{}.now()), Error);
    std::filesystem::remove(office.files.caKey);
    CHECK_THROWS_AS(renewServerCertificate(office.directory, {"localhost"}, SystemClock{}.now()), Error);
    CHECK(contentOf(office.files.server) == before);
}

}  // namespace loa
