// The audit trail of an office whose administrator writes into its files.
#include "scheduler/operations/verify_audit.h"

#include <doctest/doctest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

#include "scheduler/operations/audit.h"
#include "scheduler/operations/enrolment.h"
#include "scheduler/operations/people.h"
#include "tests/support/audit_trail.h"
#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

/// "code number" of each break; the line of the heads in front where one is concerned.
std::vector<std::string> breaksOf(const AuditVerification& verification) {
    std::vector<std::string> breaks;
    for (const auto& each : verification.breaks) {
        CHECK_FALSE(each.words.vi.empty());
        CHECK_FALSE(each.words.en.empty());
        const auto line = each.line ? "line " + std::to_string(each.line) + ": " : "";
        breaks.push_back(line + each.code + (each.number ? " " + std::to_string(each.number) : ""));
    }
    return breaks;
}

using Breaks = std::vector<std::string>;

/// Eight entries over two days, a head at the end of each: of five entries, and of eight.
struct ForgedOffice : TestOffice {
    std::filesystem::path file = directory.path() / "loa.db";
    std::filesystem::path heads = scheduler.auditHeads;
    std::vector<VerifyingKey> trusted{VerifyingKey::fromText(key.publicText())};

    ForgedOffice() {
        scheduler.actor = {Actor::Kind::person, "lan", "10.0.0.7"};
        REQUIRE(newestOf(database) == 5);
        writeAuditHead(heads, database, clock, key);
        clock.advance(std::chrono::days{1});
        saveUntil(8);
        writeAuditHead(heads, database, clock, key);
    }
    void saveUntil(std::int64_t number) {
        while (newestOf(database) < number) addArea("thanh-binh", std::nullopt);
    }
    Breaks breaks() { return breaksOf(verifyAudit(database, readAuditHeads(heads, trusted))); }
    Breaks after(const std::vector<std::string>& statements) {
        forge(file, statements);
        return breaks();
    }
    /// The chain computed anew from the entry of that number on, as the program would have written it.
    void chainAnew(std::int64_t from) {
        auto trail = trailOf(database);
        for (auto& entry : trail) {
            if (entry.number < from) continue;
            const auto index = static_cast<std::size_t>(entry.number - 1);
            entry.hash = auditHash(index == 0 ? auditBeginning : trail[index - 1].hash, entry);
            forge(file, {"UPDATE audit_entry SET hash = '" + entry.hash +
                         "' WHERE number = " + std::to_string(entry.number)});
        }
    }
    std::string headLines() const {
        std::ifstream lines{heads};
        return {std::istreambuf_iterator<char>{lines}, {}};
    }
    void writeHeads(const std::string& lines) const { std::ofstream{heads} << lines; }
};

}  // namespace

TEST_CASE("verify audit: a trail as it was written is intact, also after a restart and with entries since") {
    ForgedOffice office;
    CHECK(office.breaks().empty());
    office.saveUntil(11);
    Database again{office.file, office.clock.now()};
    const auto verified = verifyAudit(again, readAuditHeads(office.heads, office.trusted));
    CHECK(verified.intact());
    CHECK(verified.entries == 11);
    CHECK(verified.newest->number == 8);
    CHECK(formatDay(verified.newest->day) == "2027-03-01");
}

TEST_CASE("verify audit: writers on many threads and of another program leave one trail without a gap") {
    ForgedOffice office;
    constexpr int writers = 4;
    constexpr int writes = 25;
    Database other{office.file, office.clock.now()};
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] {
            PeopleDesk desk{writer % 2 ? other : office.database, office.clock, office.door};
            for (int i = 0; i < writes; ++i) issueEnrolmentCode(desk, StationId{"tan-hue"});
        });
    for (auto& thread : threads) thread.join();
    const auto trail = trailOf(office.database);
    CHECK(trail.size() == 8 + writers * writes);
    CHECK(trail.back().number == 8 + writers * writes);
    CHECK(office.breaks().empty());
}

TEST_CASE("verify audit: F56 whatever column of whatever entry is edited in SQL is found, and where") {
    const std::vector<std::string> edits{"at = at + 1",           "actor_kind = 'station'",
                                         "actor_kind = 'nobody'", "actor_name = 'minh'",
                                         "actor_address = '::1'", "verb = 'remove-area'",
                                         "object = 'area:other'", "state_before = '{\"x\":1}'",
                                         "state_after = ''",      "hash = '" + std::string(64, 'a') + "'"};
    for (const auto& edit : edits)
        for (int number = 1; number <= 8; ++number) {
            const auto n = std::to_string(number);
            CAPTURE(edit + " of " + n);
            ForgedOffice office;
            const auto breaks = office.after({"UPDATE audit_entry SET " + edit + " WHERE number = " + n});
            REQUIRE_FALSE(breaks.empty());
            CHECK(breaks.front() == "entry-changed " + n);
        }
}

TEST_CASE("verify audit: F56 entries taken out, given another number or swapped are found, and where") {
    const auto without = [](const std::string& where) {
        return ForgedOffice{}.after({"DELETE FROM audit_entry WHERE " + where});
    };
    CHECK(without("number = 3") == Breaks{"entries-missing 3"});
    CHECK(without("number = 1") == Breaks{"entries-missing 1"});
    CHECK(without("number IN (2, 3, 6)") == Breaks{"entries-missing 2", "entries-missing 6"});
    CHECK(ForgedOffice{}
              .after({"DELETE FROM audit_entry WHERE number = 3",
                      "UPDATE audit_entry SET number = number - 1 WHERE number > 3"})
              .front() == "entry-changed 3");
    CHECK(ForgedOffice{}.after({"UPDATE audit_entry SET number = 0 WHERE number = 6",
                                "UPDATE audit_entry SET number = 6 WHERE number = 7",
                                "UPDATE audit_entry SET number = 7 WHERE number = 0"}) ==
          Breaks{"entry-changed 6", "entry-changed 7", "entry-changed 8"});
    CHECK(ForgedOffice{}.after({"UPDATE audit_entry SET number = 'x' WHERE number = 8"}).front() == "entry-changed");
}

TEST_CASE("verify audit: F56 an entry with a number below 1 is found, whatever kind of number it is") {
    const auto insert = [](const std::string& number) {
        return ForgedOffice{}.after(
            {"INSERT INTO audit_entry SELECT " + number +
             ", at, actor_kind, actor_name, actor_address, verb, object, state_before, state_after, hash "
             "FROM audit_entry WHERE number = 1"});
    };
    for (const std::string number : {"0", "-1", "-9223372036854775808", "-0.5", "-1e300"}) {
        CAPTURE(number);
        CHECK(insert(number) == Breaks{"entry-unnumbered"});
    }
    CHECK(insert("0.5").front() == "entry-unnumbered");
    CHECK(insert("8.5").back() == "entry-changed 8");
}

TEST_CASE(
    "verify audit: F56 a column that holds bytes in place of its text or number is found, though it reads alike") {
    for (const char* column : {"number", "at", "actor_kind", "actor_name", "actor_address", "verb", "object",
                               "state_before", "state_after", "hash"}) {
        CAPTURE(column);
        const std::string edit = std::string{column} + " = CAST(CAST(" + column + " AS TEXT) AS BLOB)";
        const auto breaks = ForgedOffice{}.after({"UPDATE audit_entry SET " + edit + " WHERE number = 8"});
        REQUIRE_FALSE(breaks.empty());
        CHECK(breaks.front() == "entry-changed 8");
    }
}

TEST_CASE(
    "verify audit: F56 an entry replaced by one whose hash is right is refused by the table, and found by a head") {
    ForgedOffice office;
    auto last = trailOf(office.database).back();
    last.actor.name = "minh";
    last.hash = auditHash(trailOf(office.database)[6].hash, last);
    const auto replace =
        "INSERT OR REPLACE INTO audit_entry SELECT number, at, actor_kind, 'minh', actor_address, verb, object, "
        "state_before, state_after, '" +
        last.hash + "' FROM audit_entry WHERE number = 8";
    Connection raw{office.file, Connection::Access::write, Durability::full};
    CHECK_THROWS(raw.executeOnce(replace));
    CHECK(office.breaks().empty());
    CHECK(office.after({replace}) == Breaks{"line 2: head-differs 8"});
}

TEST_CASE("verify audit: F56 triggers that were dropped, weakened or added are found") {
    const auto after = [](const std::string& statement) {
        ForgedOffice office;
        Connection{office.file, Connection::Access::write, Durability::full}.executeOnce(statement);
        return office.breaks();
    };
    for (const char* trigger : {"audit_entry_stays", "audit_entry_is_final", "audit_entry_follows"})
        CHECK(after("DROP TRIGGER " + std::string{trigger}) == Breaks{"trail-unguarded"});
    const std::string swallowing = " BEFORE INSERT ON AUDIT_ENTRY BEGIN SELECT RAISE(IGNORE); END";
    CHECK(after("CREATE TRIGGER swallow" + swallowing) == Breaks{"trail-unguarded"});
    ForgedOffice weakened;
    Connection raw{weakened.file, Connection::Access::write, Durability::full};
    raw.executeOnce("DROP TRIGGER audit_entry_stays");
    raw.executeOnce("CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry WHEN 0 BEGIN SELECT 1; END");
    CHECK(weakened.breaks() == Breaks{"trail-unguarded"});
}

TEST_CASE("verify audit: F56 a tail cut off is found by the heads alone, and an entry put behind it does not help") {
    ForgedOffice office;
    CHECK(office.after({"DELETE FROM audit_entry WHERE number > 6"}) == Breaks{"line 2: trail-cut-off 7"});
    CHECK(breaksOf(verifyAudit(office.database, {})) == Breaks{"heads-missing"});
    office.clock.advance(std::chrono::seconds{1});
    office.saveUntil(8);
    CHECK(office.breaks() == Breaks{"line 2: head-differs 8"});
    CHECK(ForgedOffice{}.after({"DELETE FROM audit_entry"}) ==
          Breaks{"line 1: trail-cut-off 1", "line 2: trail-cut-off 1"});
}

TEST_CASE("verify audit: F56 a trail whose chain was computed anew is found by the heads") {
    ForgedOffice office;
    forge(office.file, {"UPDATE audit_entry SET actor_name = 'minh' WHERE number = 6"});
    office.chainAnew(6);
    CHECK(office.breaks() == Breaks{"line 2: head-differs 8"});
}

TEST_CASE("verify audit: a line of the heads that was edited, or signed by another key, is found") {
    ForgedOffice office;
    const auto lines = office.headLines();
    auto edited = lines;
    edited.replace(edited.find("\\\"number\\\":8"), 12, "\\\"number\\\":6");
    office.writeHeads(edited);
    CHECK(office.breaks() == Breaks{"line 2: head-unsigned"});
    office.writeHeads("\n" + lines);
    CHECK(office.breaks() == Breaks{"line 1: head-unsigned"});
    office.writeHeads(lines);
    office.trusted = {VerifyingKey::fromText(SigningKey::generate().publicText())};
    CHECK(office.breaks() == Breaks{"line 1: head-unsigned", "line 2: head-unsigned", "heads-missing"});
}

TEST_CASE("audit heads: what a power cut left of a line is no line, and the next one takes its place") {
    ForgedOffice office;
    const auto lines = office.headLines();
    office.writeHeads(lines + lines.substr(0, 40));
    CHECK(office.breaks().empty());
    writeAuditHead(office.heads, office.database, office.clock, office.key);
    CHECK(office.headLines().starts_with(lines));
    CHECK(readAuditHeads(office.heads, office.trusted).size() == 3);
    CHECK(office.breaks().empty());
}

TEST_CASE("audit heads: the upkeep writes one a day, the first one before there is any entry") {
    TemporaryDirectory directory;
    ManualClock clock{at("2027-02-28T10:00:00Z")};
    Database database{directory.path() / "loa.db", clock.now()};
    const auto key = SigningKey::generate();
    const auto heads = directory.path() / "audit-heads.log";
    AuditHeadUpkeep upkeep{heads, database, clock, key};
    const auto days = [&] {
        upkeep.keep();
        std::vector<std::string> found;
        for (const auto& line : readAuditHeads(heads, {VerifyingKey::fromText(key.publicText())}))
            found.push_back(formatDay(line.head.value().day));
        return found;
    };
    CHECK(days() == std::vector<std::string>{"2027-02-28"});
    CHECK(days().size() == 1);
    clock.set(at("2027-03-01T00:00:00Z"));
    CHECK(days() == std::vector<std::string>{"2027-02-28", "2027-03-01"});
    CHECK(verifyAudit(database, readAuditHeads(heads, {VerifyingKey::fromText(key.publicText())})).intact());
}

namespace {

/// An office that serves, its heads kept as serve keeps them.
struct HeadedOffice : TestOffice {
    std::optional<AuditHeadUpkeep> upkeep;
    std::vector<VerifyingKey> trusted{VerifyingKey::fromText(key.publicText())};

    HeadedOffice() { start(); }
    void start() {
        upkeep.emplace(scheduler.auditHeads, database, clock, key);
        upkeep->keep();
    }
    std::size_t lines() const { return readAuditHeads(scheduler.auditHeads, trusted).size(); }
    /// What verifying says once the newest entry was cut off.
    Breaks withoutTheNewest() {
        forge(directory.path() / "loa.db",
              {"DELETE FROM audit_entry WHERE number = (SELECT MAX(number) FROM audit_entry)"});
        auto found = breaksOf(verifyAudit(database, readAuditHeads(scheduler.auditHeads, trusted)));
        for (auto& each : found) each = each.substr(each.find(": ") + 2);
        return found;
    }
};

}  // namespace

TEST_CASE("audit heads: F56 after an approval, a withdrawal and a change of people a cut-off tail is found") {
    const std::vector<std::function<void(TestOffice&)>> acts{
        [](TestOffice& office) { office.approveAll(); },
        [](TestOffice& office) {
            office.approveAll();
            takeReviewStep(office.scheduler, ReviewStep::withdraw, {EventId{"one"}}, "", {});
        },
        [](TestOffice& office) {
            addPerson(office.scheduler, PersonId{"lan"}, "Lan", {{Role::author, {}}});
        },
        [](TestOffice& office) {
            addPerson(office.scheduler, PersonId{"lan"}, "Lan", {{Role::author, {}}});
            disablePerson(office.scheduler, PersonId{"lan"});
        }};
    for (std::size_t i = 0; i < acts.size(); ++i) {
        CAPTURE(i);
        HeadedOffice office;
        office.addMedia('a', 30);
        importEvents(office.scheduler, TestOffice::calendar("one", "DTSTART:20270301T050000Z\r\n"), {});
        office.upkeep->keep();
        CHECK(office.lines() == 1);  // what is written waits for its hour
        acts[i](office);
        office.upkeep->keep();
        office.upkeep->keep();
        CHECK(office.lines() == 2);
        const auto newest = std::to_string(newestOf(office.database));
        CHECK(office.withoutTheNewest() == Breaks{"trail-cut-off " + newest});
    }
}

TEST_CASE(
    "audit heads: F56 each act by which something may sound, or no more, or somebody may more is headed at once") {
    for (const char* verb : {"approve-event", "reject-event", "withdraw-event", "add-person", "change-person",
                             "reset-person", "disable-person", "vouch-for-person", "save-area"}) {
        CAPTURE(std::string{verb});
        HeadedOffice office;
        office.database.write(
            [&](WriteTransaction& transaction) { audit(transaction, office.scheduler, verb, "x:y", {}, {}); });
        office.upkeep->keep();
        CHECK(office.lines() == (std::string{verb} == "save-area" ? 1 : 2));
    }
}

TEST_CASE("audit heads: F56 whatever was done is headed after an hour, at an orderly stop and at the next start") {
    const std::vector<std::function<void(HeadedOffice&)>> ends{[](HeadedOffice& office) {
                                                                   office.clock.advance(AuditHeadUpkeep::longest);
                                                                   office.upkeep->keep();
                                                               },
                                                               [](HeadedOffice& office) { office.upkeep->finish(); },
                                                               [](HeadedOffice& office) { office.start(); }};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        CAPTURE(i);
        HeadedOffice office;
        office.addArea("thanh-binh", std::nullopt);
        office.upkeep->keep();
        CHECK(office.lines() == 1);
        ends[i](office);
        ends[i](office);
        CHECK(office.lines() == 2);
        const auto newest = std::to_string(newestOf(office.database));
        CHECK(office.withoutTheNewest() == Breaks{"trail-cut-off " + newest});
    }
}

TEST_CASE("audit heads: one that could not be written comes with the next call, and no line of another's is cut off") {
    HeadedOffice office;
    const auto heads = office.scheduler.auditHeads;
    addPerson(office.scheduler, PersonId{"lan"}, "Lan", {{Role::author, {}}});
    std::filesystem::rename(heads, heads.string() + ".away");
    std::filesystem::create_directory(heads);
    CHECK_THROWS_AS(office.upkeep->keep(), Error);
    std::filesystem::remove(heads);
    std::filesystem::rename(heads.string() + ".away", heads);
    office.upkeep->keep();
    CHECK(office.lines() == 2);
    std::ofstream{heads} << std::string(100'000, 'x');
    office.addArea("thanh-binh", std::nullopt);
    CHECK_THROWS_AS(office.upkeep->finish(), Error);
    CHECK(std::filesystem::file_size(heads) == 100'000);
}
