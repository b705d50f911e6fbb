// An office that goes back to an earlier database, and what it can still prove of its trail.
#include "scheduler/operations/note_restore.h"

#include <doctest/doctest.h>

#include <fstream>

#include "scheduler/operations/audit.h"
#include "scheduler/operations/callers.h"
#include "scheduler/operations/enrolment.h"
#include "scheduler/operations/people.h"
#include "scheduler/operations/verify_audit.h"
#include "scheduler/storage/database_copy.h"
#include "scheduler/storage/person_repository.h"
#include "scheduler/storage/session_repository.h"
#include "tests/support/audit_trail.h"
#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

/// An office whose databases are copied and put back, as restore does it; its heads go from one to the next.
struct RestoredOffice : TestOffice {
    std::filesystem::path heads = scheduler.auditHeads;
    std::vector<VerifyingKey> trusted{VerifyingKey::fromText(key.publicText())};
    std::unique_ptr<Database> newest;
    int made = 0;

    Database& now() { return newest ? *newest : database; }
    void headed() { writeAuditHead(heads, now(), clock, key); }
    /// That many entries more, a head behind them.
    void goOn(int entries) {
        for (int i = 0; i < entries; ++i) issueEnrolmentCode({now(), clock, door}, StationId{"tan-hue"});
        headed();
    }
    std::filesystem::path backUp() {
        const auto copy = directory.path() / ("backup-" + std::to_string(made++));
        copyDatabase(now().file(), copy, [](auto, auto) {});
        return copy;
    }
    void restore(const std::filesystem::path& from) {
        const auto copy = directory.path() / ("restored-" + std::to_string(made++));
        std::filesystem::copy_file(from, copy);
        newest = std::make_unique<Database>(copy, clock.now());
        const auto newHeads = heads.string() + ".new";
        noteRestore(*newest, clock, key, {from.filename().string(), clock.now(), heads, newHeads});
        std::filesystem::rename(newHeads, heads);
    }
    AuditVerification verified() { return verifyAudit(now(), readAuditHeads(heads, trusted)); }
};

}  // namespace

TEST_CASE("note restore: the trail tells of it, with what was left behind, and verifies well, now and later") {
    RestoredOffice office;  // has five entries
    office.headed();
    const auto backup = office.backUp();
    office.goOn(3);
    office.restore(backup);
    const auto entry = trailOf(office.now()).back();
    CHECK(entry.number == 6);
    CHECK(entry.verb == "restore-backup");
    CHECK(entry.object == "backup:backup-0");
    CHECK(entry.actor == Actor{});
    CHECK(parseJson(entry.before).at("number") == 8);
    CHECK(parseJson(entry.after).at("made") == formatInstant(office.clock.now()));
    const auto isWell = [&] {
        const auto found = office.verified();
        CHECK(found.intact());
        REQUIRE(found.restores.size() == 1);
        CHECK(found.restores[0].number == 6);
        CHECK(found.restores[0].words.en.find("after entry 5 was left behind, up to entry 8") != std::string::npos);
        CHECK(found.restores[0].words.vi.find("sau dòng 5") != std::string::npos);
        return found.newest->number;
    };
    CHECK(isWell() == 6);
    office.goOn(10);
    CHECK(isWell() == 16);
    forge(office.now().file(), {"DELETE FROM audit_entry WHERE number > 10"});
    CHECK(office.verified().breaks.at(0).code == "trail-cut-off");
}

TEST_CASE("note restore: a wrong back-up and then the right one, or twice the same, verifies well") {
    RestoredOffice office;
    office.headed();
    const auto first = office.backUp();
    office.goOn(3);
    const auto second = office.backUp();
    office.restore(first);
    office.goOn(1);
    office.restore(second);
    CHECK(office.verified().intact());
    CHECK(office.verified().restores.size() == 1);
    office.goOn(2);
    office.restore(office.backUp());
    office.restore(first);
    office.restore(first);
    CHECK(office.verified().intact());
    CHECK(readAuditHeads(office.heads, office.trusted).size() == 2);
}

TEST_CASE("note restore: F56 a back-up whose trail was written anew is found by the heads of before") {
    RestoredOffice office;
    office.headed();
    const auto backup = office.backUp();
    auto last = trailOf(office.database).back();
    last.actor.name = "minh";
    const auto hash = auditHash(trailOf(office.database)[3].hash, last);
    forge(backup, {"UPDATE audit_entry SET actor_name = 'minh', hash = '" + hash + "' WHERE number = 5"});
    office.restore(backup);
    REQUIRE(office.verified().breaks.size() == 1);
    CHECK(office.verified().breaks[0].code == "head-differs");
    CHECK(office.verified().breaks[0].number == 5);
}

TEST_CASE("note restore: an entry that only says so explains nothing to the heads") {
    RestoredOffice office;
    office.goOn(3);
    forge(office.database.file(), {"DELETE FROM audit_entry WHERE number > 5"});
    office.database.write([&](WriteTransaction& transaction) {
        audit(transaction, Actor{}, office.clock.now(), "restore-backup", "backup:loa-x", {}, {{"made", "x"}});
    });
    CHECK(office.verified().breaks.at(0).code == "trail-cut-off");
    CHECK(office.verified().restores.size() == 1);
}

TEST_CASE("note restore: on a machine without heads of before the trail is headed from the restore on") {
    RestoredOffice office;
    office.restore(office.backUp());
    CHECK(trailOf(office.now()).back().before.empty());
    const auto found = office.verified();
    CHECK(found.intact());
    CHECK(found.newest->restored);
    CHECK(found.restores.at(0).words.en.find("up to") == std::string::npos);
}

TEST_CASE("note restore: who was signed in at the back-up is not any more") {
    RestoredOffice office;
    addPerson(office.scheduler, PersonId{"lan"}, "Lan", {{Role::author, {}}});
    const auto at = office.clock.now();
    office.database.write([&](WriteTransaction& transaction) {
        SessionRepository::add(transaction, {SessionId{"s"}, sha256Hex("secret"), PersonId{"lan"}, "10.0.0.7", at, at,
                                             at + std::chrono::hours{8}, std::nullopt});
    });
    const auto backup = office.backUp();
    CHECK(Callers{{office.now(), office.clock, office.door}}.ofSession("secret"));
    office.restore(backup);
    CHECK_FALSE(Callers{{office.now(), office.clock, office.door}}.ofSession("secret"));
}
