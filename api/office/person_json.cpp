#include "api/office/person_json.h"

namespace loa {
namespace {

constexpr std::size_t nameCharacters = 300;
constexpr std::size_t idCharacters = 63;
constexpr std::size_t passwordCharacters = 1024;
constexpr std::size_t codeCharacters = 16;
constexpr std::size_t grantsLimit = 50;
constexpr std::int64_t longestTokenDays = 3660;

std::optional<std::string> codeFrom(ObjectReader& reader) {
    return reader.has("code") ? std::optional{reader.text("code", codeCharacters)} : std::nullopt;
}

std::vector<Grant> grantsFrom(ObjectReader& reader) {
    std::vector<Grant> grants;
    for (const auto& entry : reader.array("roles", grantsLimit)) {
        ObjectReader role{entry, reader.pathOf("roles")};
        Grant grant;
        grant.role = choiceFrom<Role>(role, "role");
        if (role.has("area")) grant.area = AreaId{role.text("area", idCharacters)};
        role.end();
        grants.push_back(std::move(grant));
    }
    return grants;
}

PersonBody personFrom(std::string_view text, bool hasId) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    PersonBody body;
    if (hasId) body.id = PersonId{reader.text("id", idCharacters)};
    body.name = reader.text("name", nameCharacters);
    body.grants = grantsFrom(reader);
    reader.end();
    return body;
}

SignInBody signInFrom(std::string_view text, bool hasName) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    SignInBody body;
    if (hasName) body.name = reader.text("name", idCharacters);
    body.password = reader.text("password", passwordCharacters);
    body.code = codeFrom(reader);
    reader.end();
    return body;
}

}  // namespace

SignInBody signInBodyFromJson(std::string_view text) {
    return signInFrom(text, true);
}

SignInBody confirmationBodyFromJson(std::string_view text) {
    return signInFrom(text, false);
}

PasswordBody passwordBodyFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    PasswordBody body{reader.text("password", passwordCharacters), reader.text("newPassword", passwordCharacters)};
    reader.end();
    return body;
}

std::string codeBodyFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    auto code = reader.text("code", codeCharacters);
    reader.end();
    return code;
}

PersonBody newPersonBodyFromJson(std::string_view text) {
    return personFrom(text, true);
}

PersonBody personBodyFromJson(std::string_view text) {
    return personFrom(text, false);
}

TokenBody tokenBodyFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    TokenBody body;
    body.name = reader.text("name", nameCharacters);
    for (const auto& word : reader.array("rights", choiceWords<Right>.size())) {
        const auto right = word.is_string() ? choiceFromText<Right>(word.get<std::string>()) : std::nullopt;
        if (!right) reader.refuse("rights", "has a word that is no right");
        body.rights.insert(*right);
    }
    if (reader.has("days")) body.life = std::chrono::days{reader.integer("days", 1, longestTokenDays)};
    reader.end();
    return body;
}

Json rolesJson(const std::vector<Grant>& grants) {
    Json roles = Json::array();
    for (const auto& grant : grants) {
        Json role{{"role", toText(grant.role)}};
        if (grant.area) role["area"] = grant.area->text();
        roles.push_back(std::move(role));
    }
    return roles;
}

Json rightsJson(const Standing& standing) {
    Json rights = Json::array();
    for (const auto& [right, word] : choiceWords<Right>)
        for (const auto& place : standing.placesOf(right)) {
            Json held{{"right", word}};
            if (place) held["area"] = place->text();
            rights.push_back(std::move(held));
        }
    return rights;
}

Json toJson(const Person& person) {
    Json json{{"id", person.id.text()},
              {"name", person.name},
              {"roles", rolesJson(person.grants)},
              {"hasInitialPassword", person.hasInitialPassword},
              {"hasSecondFactor", person.secondFactor.has_value()},
              {"created", formatInstant(person.created)}};
    if (person.disabled) json["disabled"] = formatInstant(*person.disabled);
    if (const auto& unvouched = person.unvouched) {
        json["unvouched"] = {{"by", unvouched->by.text()}, {"since", formatInstant(unvouched->since)}};
        if (unvouched->until) json["unvouched"]["until"] = formatInstant(*unvouched->until);
    }
    return json;
}

}  // namespace loa
