#pragma once
#include <filesystem>
#include <string>

namespace loa {

/// What the office's server says its CA is (PEM). Asked of whoever answers: nobody has vouched for it, and what is sent
/// afterwards must be worth nothing to anybody else. Throws Error(unavailable) when there is no answer, Error(invalid)
/// for an address that is none.
std::string askOfficeCa(const std::string& server);

/// Sends a box's request to become a station, to a server that the CA vouches for. The answer's text; nobody has
/// checked its proof yet. Throws Error: forbidden with the office's own words when it refuses, and as above.
std::string postEnrolment(const std::string& server, const std::filesystem::path& officeCa, const std::string& request);

}  // namespace loa
