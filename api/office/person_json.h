#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/wire/json.h"
#include "scheduler/people/person.h"
#include "scheduler/people/standing.h"

namespace loa {

/// Name and password, and a code where the sender has one.
struct SignInBody {
    std::string name;
    std::string password;
    std::optional<std::string> code;
};
SignInBody signInBodyFromJson(std::string_view text);
/// The same without a name.
SignInBody confirmationBodyFromJson(std::string_view text);

struct PasswordBody {
    std::string old;
    std::string chosen;
};
PasswordBody passwordBodyFromJson(std::string_view text);

std::string codeBodyFromJson(std::string_view text);

struct PersonBody {
    PersonId id;  ///< empty where the path says it
    std::string name;
    std::vector<Grant> grants;
};
PersonBody newPersonBodyFromJson(std::string_view text);
PersonBody personBodyFromJson(std::string_view text);

struct TokenBody {
    std::string name;
    std::set<Right> rights;
    std::optional<Milliseconds> life;
};
TokenBody tokenBodyFromJson(std::string_view text);

Json rolesJson(const std::vector<Grant>& grants);
/// Each right with a place it is held at: {"right": "draft", "area": "tan-hue"}; without an area, the whole office.
Json rightsJson(const Standing& standing);
Json toJson(const Person& person);

}  // namespace loa
