#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "scheduler/domain/id.h"

namespace loa {

struct Caller;

/// Who asks.
struct Principal {
    enum class Kind {
        nobody,  ///< no credential, or one that is not valid
        person,  ///< somebody of the office
        station  ///< one station's player; `station` says which
    };
    Kind kind = Kind::nobody;
    std::string name;                  ///< for logs and the audit trail
    std::optional<StationId> station;  ///< set exactly when kind is station
    TokenId token;                     ///< by which they ask; of a session its id
    std::shared_ptr<const Caller> caller =
        nullptr;  ///< what the application knows of them; shared with who looked it up
    bool operator==(const Principal&) const = default;
};

/// What a request says who it is by.
struct Credential {
    enum class Kind {
        bearer,  ///< Authorization: Bearer <secret>
        cookie   ///< of a session: a browser sends it by itself, whoever made it ask
    };
    Kind kind = Kind::bearer;
    std::string secret;
};

/// The cookie of a session. By its prefix a browser takes it over TLS only, for this host and the whole of it.
constexpr std::string_view sessionCookie = "__Host-loa";

/// The cookie of a browser by which somebody signed in before. It signs nobody in.
constexpr std::string_view browserCookie = "__Host-loa-browser";

/// By which name such a browser is counted, given the secret of its cookie; empty when it is not known. Called from
/// several threads.
using BrowserNames = std::function<std::optional<std::string>(const std::string& secret)>;

/// Whom a credential belongs to; kind nobody when it is unknown, expired or revoked. Called from several threads.
using Authenticator = std::function<Principal(const Credential& credential)>;

}  // namespace loa
