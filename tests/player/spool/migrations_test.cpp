#include "player/spool/migrations.h"

#include <doctest/doctest.h>

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>

#include "player/spool/spool.h"
#include "scheduler/domain/error.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;
using namespace Poco::Data::Keywords;

namespace {

/// A store as the program of that version made it, with one row in it.
void makeStore(const std::filesystem::path& file, std::size_t version) {
    Poco::Data::SQLite::Connector::registerConnector();
    Poco::Data::Session session{"SQLite", file.string()};
    for (std::size_t i = 0; i < version; ++i) {
        std::string_view rest = spoolMigrations()[i];
        while (!rest.empty()) {
            const auto end = rest.find(';');
            session << std::string{rest.substr(0, end)}, now;
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
    }
    session << "PRAGMA user_version = " + std::to_string(version), now;
    session << "INSERT INTO store (station, epoch, next_sequence) VALUES ('an-phong', 77, 2)", now;
    session << "INSERT INTO airing (sequence, slot, title, media, revision, planned_start, planned_end, "
               "planned_frames, result, "
               "reason, detail, heard_start, heard_end, start_error_us, frames, rms_dbfs, peak_dbfs, silent_share, "
               "boot_id, "
               "since_boot, started, ended, settled, acknowledged) VALUES (1, 'slot', 'title', 'media', 1, 0, 1000, "
               "48000, 'missed', 'restart', '', NULL, "
               "NULL, 0, 0, -120, -120, 1, 'boot', 0, 0, 1, 0, NULL)",
        now;
}

}  // namespace

TEST_CASE("spool migrations: a store of every earlier version is brought up and keeps its rows") {
    for (std::size_t version = 1; version <= spoolMigrations().size(); ++version) {
        CAPTURE(version);
        const TemporaryDirectory directory;
        makeStore(directory.path() / "spool.db", version);
        Spool spool{directory.path() / "spool.db", StationId{"an-phong"}, Instant{}};
        CHECK(spool.epoch() == 77);
        CHECK(spool.waitingCount() == 1);
        CHECK(spool.quarantined(Instant{}).empty());
    }
}

TEST_CASE("spool migrations: a store of a newer program is left alone") {
    const TemporaryDirectory directory;
    makeStore(directory.path() / "spool.db", spoolMigrations().size());
    {
        Poco::Data::Session session{"SQLite", (directory.path() / "spool.db").string()};
        session << "PRAGMA user_version = 99", now;
    }
    CHECK_THROWS_AS((Spool{directory.path() / "spool.db", StationId{"an-phong"}, Instant{}}), Error);
}
