#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/browser_repository.h"
#include "scheduler/storage/person_repository.h"
#include "scheduler/storage/session_repository.h"
#include "scheduler/storage/token_repository.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;

namespace {

using namespace std::chrono;

/// With a value in every member.
Person lan() {
    return {PersonId{"lan"},
            "Nguyễn Thị Lan",
            {{Role::author, AreaId{"tan-hue"}}, {Role::auditor, std::nullopt}},
            "$argon2id$…",
            true,
            "GEZDGNBV",
            "GY3TQOJQ",
            41'152'263,
            atNoon,
            atNoon + hours{1},
            Unvouched{PersonId{"minh"}, atNoon, atNoon + hours{24}}};
}

void plant(Database& database) {
    database.write([](WriteTransaction& transaction) {
        AreaRepository::save(transaction, {AreaId{"tan-hue"}, "xã Tân Huề", std::nullopt, std::nullopt, std::nullopt});
        PersonRepository::save(transaction, lan());
    });
}

Session session(const std::string& id, const std::string& address) {
    return {SessionId{id}, "hash " + id, PersonId{"lan"}, address, atNoon, atNoon, atNoon + hours{12}, std::nullopt};
}

}  // namespace

TEST_CASE_TEMPLATE("person repository: who was saved is found again, with roles in their order", Backend, Sqlite) {
    Backend backend;
    plant(backend.database());
    backend.database().read([](ReadTransaction& transaction) {
        CHECK(PersonRepository::find(transaction, PersonId{"lan"}) == lan());
        CHECK_FALSE(PersonRepository::find(transaction, PersonId{"minh"}));
        CHECK(PersonRepository::all(transaction) == std::vector{lan()});
        CHECK(PersonRepository::anyAt(transaction, AreaId{"tan-hue"}));
        CHECK_FALSE(PersonRepository::anyAt(transaction, AreaId{"an-phong"}));
    });
    auto changed = lan();
    changed.grants = {{Role::admin, std::nullopt}};
    changed.secondFactor = std::nullopt;
    changed.pendingSecondFactor = std::nullopt;
    changed.hasInitialPassword = false;
    changed.disabled = std::nullopt;
    changed.unvouched = std::nullopt;
    backend.database().write([&](WriteTransaction& transaction) { PersonRepository::save(transaction, changed); });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(PersonRepository::find(transaction, PersonId{"lan"}) == changed);
        CHECK_FALSE(PersonRepository::anyAt(transaction, AreaId{"tan-hue"}));
    });
}

TEST_CASE_TEMPLATE("session repository: one is found by its hash, confirmed, and ended once", Backend, Sqlite) {
    Backend backend;
    plant(backend.database());
    auto expected = session("s1", "10.0.0.1");
    backend.database().write([&](WriteTransaction& transaction) {
        SessionRepository::add(transaction, expected);
        SessionRepository::confirm(transaction, expected.id, atNoon + minutes{1});
        SessionRepository::end(transaction, expected.id, atNoon + minutes{2});
        SessionRepository::end(transaction, expected.id, atNoon + minutes{3});
    });
    expected.confirmed = atNoon + minutes{1};
    expected.ended = atNoon + minutes{2};
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(SessionRepository::findByHash(transaction, "hash s1") == expected);
        CHECK(SessionRepository::find(transaction, expected.id) == expected);
        CHECK_FALSE(SessionRepository::findByHash(transaction, "s1"));
    });
    CHECK_FALSE(expected.usable(atNoon + minutes{2}));
}

TEST_CASE_TEMPLATE("session repository: all of a person end together, and an address stays known until it is forgotten",
                   Backend, Sqlite) {
    Backend backend;
    plant(backend.database());
    backend.database().write([](WriteTransaction& transaction) {
        SessionRepository::add(transaction, session("s1", "10.0.0.1"));
        SessionRepository::add(transaction, session("s2", "10.0.0.2"));
        SessionRepository::endAllOf(transaction, PersonId{"lan"}, atNoon);
        SessionRepository::forget(transaction, atNoon);
    });
    backend.database().read([](ReadTransaction& transaction) {
        CHECK_FALSE(SessionRepository::find(transaction, SessionId{"s1"})->usable(atNoon));
        CHECK_FALSE(SessionRepository::find(transaction, SessionId{"s2"})->usable(atNoon));
        CHECK(SessionRepository::isKnown(transaction, PersonId{"lan"}, "10.0.0.2"));
        CHECK_FALSE(SessionRepository::isKnown(transaction, PersonId{"lan"}, "10.0.0.3"));
        CHECK_FALSE(SessionRepository::isKnown(transaction, PersonId{"minh"}, "10.0.0.2"));
    });
    backend.database().write(
        [](WriteTransaction& transaction) { SessionRepository::forget(transaction, atNoon + hours{13}); });
    backend.database().read([](ReadTransaction& transaction) {
        CHECK_FALSE(SessionRepository::isKnown(transaction, PersonId{"lan"}, "10.0.0.2"));
    });
}

TEST_CASE_TEMPLATE(
    "browser repository: one is known to whom it is known, the latest are left, and all are forgotten together",
    Backend, Sqlite) {
    Backend backend;
    plant(backend.database());
    const PersonId lan{"lan"};
    const PersonId minh{"minh"};
    const auto isOf = [&](const PersonId& person, const std::string& hash) {
        return backend.database().read(
            [&](ReadTransaction& transaction) { return BrowserRepository::isOf(transaction, person, hash); });
    };
    const auto isAnybodys = [&](const std::string& hash) {
        return backend.database().read(
            [&](ReadTransaction& transaction) { return BrowserRepository::isAnybodys(transaction, hash); });
    };
    backend.database().write([&](WriteTransaction& transaction) {
        auto other = PersonRepository::find(transaction, lan).value();
        other.id = minh;
        PersonRepository::save(transaction, other);
        for (int i = 0; i < 4; ++i)
            BrowserRepository::save(transaction, lan, "h" + std::to_string(i), atNoon + minutes{i});
        BrowserRepository::save(transaction, minh, "h0", atNoon);
        BrowserRepository::save(transaction, lan, "h0", atNoon + hours{1});
        BrowserRepository::keepLatestOf(transaction, lan, 2);
    });
    for (const char* hash : {"h0", "h3"}) CHECK(isOf(lan, hash));
    for (const char* hash : {"h1", "h2", "", "h"}) CHECK_FALSE(isOf(lan, hash));
    CHECK(isOf(minh, "h0"));
    CHECK_FALSE(isOf(minh, "h3"));
    CHECK(isAnybodys("h3"));
    CHECK_FALSE(isAnybodys("h1"));
    backend.database().write([&](WriteTransaction& transaction) { BrowserRepository::forgetAllOf(transaction, minh); });
    CHECK_FALSE(isOf(minh, "h0"));
    CHECK(isAnybodys("h0"));
    backend.database().write(
        [&](WriteTransaction& transaction) { BrowserRepository::forget(transaction, atNoon + hours{1}); });
    CHECK(isOf(lan, "h0"));
    CHECK_FALSE(isOf(lan, "h3"));
}

TEST_CASE_TEMPLATE("token repository: a personal token keeps its rights, and all of a person's are revoked together",
                   Backend, Sqlite) {
    Backend backend;
    plant(backend.database());
    Token token;
    token.id = TokenId{"t1"};
    token.kind = TokenKind::person;
    token.hash = "aa";
    token.created = atNoon;
    token.person = PersonId{"lan"};
    token.rights = {Right::draft, Right::seePlan};
    backend.database().write([&](WriteTransaction& transaction) { TokenRepository::save(transaction, token); });
    backend.database().read(
        [&](ReadTransaction& transaction) { CHECK(TokenRepository::find(transaction, token.id) == token); });
    backend.database().write([&](WriteTransaction& transaction) {
        TokenRepository::revokeAllOf(transaction, PersonId{"lan"}, atNoon + minutes{1});
        TokenRepository::revokeAllOf(transaction, PersonId{"lan"}, atNoon + minutes{2});
    });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(TokenRepository::find(transaction, token.id)->revoked == atNoon + minutes{1});
    });
}
