#pragma once
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace loa::test {

/// Makes one row many, so that the store has more pages than SQLite keeps in memory. The store is closed.
inline void multiplyRows(const std::filesystem::path& file, int count) {
    using Poco::Data::Keywords::now;
    Poco::Data::SQLite::Connector::registerConnector();
    Poco::Data::Session session{"SQLite", file.string()};
    session
        << "INSERT INTO airing (sequence, slot, title, media, revision, planned_start, planned_end, planned_frames, "
           "result, reason, detail, heard_start, heard_end, start_error_us, frames, rms_dbfs, peak_dbfs, "
           "silent_share, boot_id, since_boot, started, ended, settled, acknowledged) SELECT sequence + n, slot || n, "
           "title, media, revision, planned_start, planned_end, "
           "planned_frames, result, reason, hex(randomblob(250)), heard_start, heard_end, start_error_us, frames, "
           "rms_dbfs, peak_dbfs, silent_share, boot_id, since_boot, started, ended, settled, acknowledged FROM "
           "airing, (WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < " +
               std::to_string(count) + ") SELECT n FROM numbers) WHERE sequence = 1",
        now;
    session << "UPDATE store SET next_sequence = next_sequence + " + std::to_string(count), now;
    session << "PRAGMA wal_checkpoint(TRUNCATE)", now;
}

/// Writes over a part of the file, counted in hundredths of its length, as a card does that loses a block.
inline void damage(const std::filesystem::path& file, int from, int to) {
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(file));
    std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
    stream.seekp(size * from / 100);
    stream << std::string(static_cast<std::size_t>(size * (to - from) / 100), '\x5a');
}

}  // namespace loa::test
