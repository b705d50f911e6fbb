// The audit trail as the database keeps it.
#include "scheduler/storage/audit_repository.h"
#include "scheduler/storage/connection.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;

namespace {

AuditEntry entry(std::int64_t number, const std::string& actor, const std::string& object) {
    return {
        number, atNoon + std::chrono::minutes{number}, {Actor::Kind::person, actor, "10.0.0.7"}, "save-area", object,
        "",     "{\"name\":\"xã " + object + "\"}",    "hash of " + std::to_string(number)};
}

const std::vector<AuditEntry> four{entry(1, "lan", "area:a"), entry(2, "minh", "area:b"), entry(3, "lan", "area:b"),
                                   entry(4, "lan", "area:a")};

void appendAll(Database& database) {
    database.write([](WriteTransaction& transaction) {
        for (const auto& each : four) AuditRepository::append(transaction, each);
    });
}

std::vector<std::int64_t> numbers(Database& database, std::int64_t before, const AuditFilter& filter, int limit = 9) {
    std::vector<std::int64_t> found;
    database.read([&](ReadTransaction& transaction) {
        for (const auto& each : AuditRepository::before(transaction, before, filter, limit))
            found.push_back(each.number);
    });
    return found;
}

}  // namespace

TEST_CASE("audit entries: they come back as they were written, oldest first, after a restart too") {
    Sqlite sqlite;
    sqlite.database().read([](ReadTransaction& transaction) { CHECK_FALSE(AuditRepository::last(transaction)); });
    appendAll(sqlite.database());
    sqlite.reopen();
    sqlite.database().read([](ReadTransaction& transaction) {
        CHECK(AuditRepository::after(transaction, 0, 9) == four);
        CHECK(AuditRepository::after(transaction, 2, 1) == std::vector{four[2]});
        CHECK(AuditRepository::last(transaction) == four.back());
    });
}

TEST_CASE("audit entries: newest first, they are found by time, object and actor, page by page") {
    Sqlite sqlite;
    appendAll(sqlite.database());
    using Numbers = std::vector<std::int64_t>;
    const auto find = [&](const AuditFilter& filter) { return numbers(sqlite.database(), INT64_MAX, filter); };
    CHECK(find({}) == Numbers{4, 3, 2, 1});
    CHECK(numbers(sqlite.database(), 4, {}, 2) == Numbers{3, 2});
    CHECK(find({.from = four[1].at, .to = four[3].at, .object = {}, .actor = {}}) == Numbers{3, 2});
    CHECK(find({.from = {}, .to = {}, .object = "area:b", .actor = {}}) == Numbers{3, 2});
    CHECK(find({.from = {}, .to = {}, .object = {}, .actor = "lan"}) == Numbers{4, 3, 1});
    CHECK(find({.from = {}, .to = {}, .object = "area:a", .actor = "minh"}).empty());
}

TEST_CASE("audit entries: the table refuses every UPDATE and DELETE, and a number is taken once") {
    Sqlite sqlite;
    appendAll(sqlite.database());
    Connection raw{sqlite.folder.path() / "loa.db", Connection::Access::write, Durability::full};
    CHECK_THROWS(raw.executeOnce("UPDATE audit_entry SET verb = 'x' WHERE number = 2"));
    CHECK_THROWS(raw.executeOnce("DELETE FROM audit_entry WHERE number = 4"));
    CHECK_THROWS(raw.executeOnce("DELETE FROM audit_entry"));
    for (const char* number : {"4", "-1", "0", "6", "'x'"})
        CHECK_THROWS(raw.executeOnce("INSERT OR REPLACE INTO audit_entry SELECT " + std::string{number} +
                                     ", at, actor_kind, actor_name, actor_address, verb, object, state_before, "
                                     "state_after, hash FROM audit_entry WHERE number = 4"));
    CHECK_THROWS(
        sqlite.database().write([](WriteTransaction& transaction) { AuditRepository::append(transaction, four[1]); }));
    sqlite.database().read(
        [](ReadTransaction& transaction) { CHECK(AuditRepository::after(transaction, 0, 9) == four); });
}
