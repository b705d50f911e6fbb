#include "config/player_config.h"

#include "config/settings.h"

namespace loa {
namespace {

/// "127.0.0.1" and its like, not a name that begins like it.
bool isDottedLoopback(std::string_view host) {
    return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool isLoopback(std::string_view host) {
    return host == "localhost" || isDottedLoopback(host) || host == "[::1]";
}

}  // namespace

std::string faultOfServer(std::string_view server) {
    const bool plain = server.starts_with("http://");
    if (!plain && !server.starts_with("https://")) return "must begin with https://";
    const auto address = server.substr(server.find("//") + 2);
    const auto colon = address.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return "must name host and port: https://host:port";
    const auto port = address.substr(colon + 1);
    if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos)
        return "must end with a port number and nothing after it";
    if (plain && !isLoopback(address.substr(0, colon)))
        return "may be http:// only for this machine itself (127.0.0.1)";
    return {};
}

PlayerConfig loadPlayerConfig(const std::filesystem::path& path) {
    constexpr int dayInSeconds = 86'400;
    constexpr std::size_t longestSocketPath = 107;
    Settings settings{path};
    PlayerConfig config;
    config.server = settings.text("server");
    if (!config.server.empty())
        if (const auto fault = faultOfServer(config.server); !fault.empty()) settings.fault("server", fault);
    config.officeCa = config.server.starts_with("http://") ? settings.path("officeCa", "") : settings.path("officeCa");
    config.identityFile = settings.path("identityFile");
    config.officeKeyFile = settings.path("officeKeyFile");
    config.stateDirectory = settings.path("stateDirectory");
    config.mediaDirectory = settings.path("mediaDirectory");
    config.soundSocket = settings.path("soundSocket");
    if (config.soundSocket.string().size() > longestSocketPath)
        settings.fault("soundSocket", "is longer than the 107 letters a socket's path may have");
    config.manifestPoll = settings.seconds("manifestPollSeconds", 60, 1, dayInSeconds);
    config.statusEach = settings.seconds("statusSeconds", 900, 1, dayInSeconds);
    settings.finish();
    return config;
}

}  // namespace loa
