#pragma once
#include "api/http/server.h"
#include "tests/api/http/raw_client.h"
#include "tests/api/http/test_house.h"

namespace loa {

/// A server with the routes of test_house.h on a free port.
struct ServerCase {
    explicit ServerCase(ListenerOptions options = patient()) : server{router, withLog(std::move(options))} {
        server.start();
    }

    RawClient client() const { return RawClient{server.port()}; }
    /// Sends all, says that nothing more comes, and gives all that was answered.
    std::string exchange(std::string_view bytes) const {
        auto one = client();
        one.send(bytes).sendNoMore();
        return one.readToEnd();
    }

    House house;
    Router router = houseRouter(house);
    Server server;

    /// No idle connection is closed while a busy machine takes its time over a test.
    static ListenerOptions patient() {
        ListenerOptions options;
        options.keepAlive = std::chrono::minutes{10};
        return options;
    }

private:
    ListenerOptions withLog(ListenerOptions options) {
        options.accessLog = house.log();
        return options;
    }
};

inline std::string get(std::string_view path, std::string_view fields = "") {
    return "GET " + std::string{path} + " HTTP/1.1\r\nHost: loa\r\n" + std::string{fields} + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body, std::string_view fields = "") {
    return "POST " + std::string{path} + " HTTP/1.1\r\nHost: loa\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + std::string{fields} + "\r\n" + std::string{body};
}

}  // namespace loa
