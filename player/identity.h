#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "api/signing/signing.h"
#include "scheduler/domain/id.h"

namespace loa {

/// What a box is to the office since it enrolled.
struct Identity {
    StationId station;
    std::int64_t number = 0;  ///< counts the boxes that the station has had
    SigningKey key;           ///< made here, and nowhere else
    std::string token;        ///< sent with every request
};

/// Reads what enrol wrote. Throws Error(invalid, "no-identity").
Identity loadIdentity(const std::filesystem::path& file);

/// Makes this box a station of the office at `server` ("https://host:port"), with a code from there, and writes into
/// `folder` identity.json (for its owner alone), ca.pem and office.pub. Returns the six words. Nothing of an identity
/// that is there already is touched before the new one is whole. Throws Error, with what to do.
std::string enrol(const std::string& server, std::string_view code, const std::filesystem::path& folder);

}  // namespace loa
