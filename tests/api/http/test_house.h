#pragma once
#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "api/http/router.h"
#include "api/http/server.h"

namespace loa {

/// What the handlers of these tests work on.
struct House {
    std::atomic<int> answered{0};
    std::string filePath;
    std::atomic<bool> tokensEnded{false};
    Milliseconds longest = std::chrono::minutes{30};  // of the endless stream

    std::atomic<std::uint64_t> bytesSent{0};  // of the file, as answers told it

    std::mutex mutex;
    std::vector<std::string> lines;  // of the log
    Log log() {
        return [this](const std::string& line) {
            const std::lock_guard lock{mutex};
            lines.push_back(line);
        };
    }
    std::vector<std::string> logged() {
        const std::lock_guard lock{mutex};
        return lines;
    }
};

inline Response hello(const Request&, House& house) {
    ++house.answered;
    return Response::text(200, "hello").withEtag("greeting-1");
}
inline Response echo(const Request& request, House& house) {
    ++house.answered;
    return Response::text(200, request.body());
}
inline Response station(const Request& request, House&) {
    return Response::text(200, request.pathValue("station") + " for " + request.principal().name);
}
inline Response uploads(const Request&, House&) {
    return Response::text(200, "uploads");
}
inline Response media(const Request&, House& house) {
    return Response::file(house.filePath, "audio/ogg", "media-1")
        .whenSent([&house](std::uint64_t, std::uint64_t length) { house.bytesSent += length; });
}
inline Response refuse(const Request&, House&) {
    throw Error{Fault::conflict, "overlap", Words{"Trùng giờ với \"Thể dục\".", "Overlaps \"Exercise\"."}, 7};
}
inline Response crash(const Request&, House&) {
    throw std::runtime_error{"secret: the password is 12345"};
}
inline Response crashOddly(const Request&, House&) {
    throw 42;
}

inline Response countDown(const Request&, House&) {
    return Response::stream(200, {[](const StreamBody::Take& take) {
                                for (const char* piece : {"three ", "two ", "", "one"}) take(piece);
                            }},
                            "text/plain; charset=utf-8");
}
inline Response endless(const Request&, House& house) {
    return Response::stream(200,
                            {[](const StreamBody::Take& take) {
                                 for (;;) take(std::string(1000, 'a'));
                             },
                             house.longest},
                            "text/plain; charset=utf-8");
}
inline Response breakOff(const Request&, House&) {
    return Response::stream(200, {[](const StreamBody::Take& take) {
                                take("as far as ");
                                throw std::runtime_error{"it went"};
                            }},
                            "text/plain; charset=utf-8");
}

inline const Route<House> houseRoutes[] = {
    {Method::get, "/hello", Access::anyone, hello},
    {Method::post, "/echo", Access::anyone, echo, 1000},
    {Method::post, "/slow-echo", Access::anyone, echo, 100'000, Milliseconds{300}},
    {Method::get, "/v1/media/uploads", Access::anyone, uploads},
    {Method::get, "/v1/media/{media}", Access::anyone, media},
    {Method::get, "/v1/stations/{station}", Access::personOrStation, station},
    {Method::put, "/v1/stations/{station}", Access::person, station, 100},
    {Method::post, "/v1/report", Access::station, hello, 100},
    {Method::get, "/count-down", Access::anyone, countDown},
    {Method::get, "/endless", Access::anyone, endless},
    {Method::get, "/break-off", Access::anyone, breakOff},
    {Method::get, "/refuse", Access::anyone, refuse},
    {Method::get, "/crash", Access::anyone, crash},
    {Method::get, "/crash-oddly", Access::anyone, crashOddly},
};

inline Principal houseTokens(const Credential& credential) {
    const auto& bearer = credential.secret;
    const bool isCookie = credential.kind == Credential::Kind::cookie;
    if (isCookie)
        return bearer == "session" ? Principal{Principal::Kind::person, "Lan", {}, TokenId{"s1"}} : Principal{};
    if (bearer == "office-token") return {Principal::Kind::person, "Lan", std::nullopt, TokenId{"t1"}};
    if (bearer == "station-token") return {Principal::Kind::station, "an-phong", StationId{"an-phong"}, TokenId{"t2"}};
    if (bearer == "busy-token")
        throw Error{Fault::unavailable, "busy", Words{"Máy chủ bận. Thử lại sau.", "The server is busy. Try again."}};
    return {};
}

inline Router houseRouter(House& house) {
    const auto tokens = [&house](const Credential& credential) {
        return house.tokensEnded ? Principal{} : houseTokens(credential);
    };
    const auto browsers = [](const std::string& secret) {
        return secret.starts_with("known-") ? std::optional{secret} : std::nullopt;
    };
    Router router{tokens, house.log(), browsers};
    router.add(houseRoutes, [&house](const Request&, const auto&) -> House& { return house; });
    return router;
}

}  // namespace loa
