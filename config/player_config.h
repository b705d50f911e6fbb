#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

namespace loa {

/// What config/player.example.properties explains, as plain values.
struct PlayerConfig {
    std::string server;                   ///< "https://host:port"; "http://" for loopback only
    std::filesystem::path officeCa;       ///< PEM; empty only with http
    std::filesystem::path identityFile;   ///< who the box is: its key and token
    std::filesystem::path officeKeyFile;  ///< public keys of the office, one on a line
    std::filesystem::path stateDirectory;
    std::filesystem::path mediaDirectory;
    std::filesystem::path soundSocket;
    std::chrono::seconds manifestPoll{60};
    std::chrono::seconds statusEach{900};
};

/// Empty when a station may talk to that address ("https://host:port"); else what is wrong with it.
std::string faultOfServer(std::string_view server);

/// Throws Error(invalid) listing all faults at once, or Error(notFound).
PlayerConfig loadPlayerConfig(const std::filesystem::path& path);

}  // namespace loa
