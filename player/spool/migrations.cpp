#include "player/spool/migrations.h"

#include <array>

namespace loa {
namespace {

// One airing is one row from its start to its acknowledgement. `started` = 1: written before the first sample; 0: the
// slot was never started and the row was whole at once. The two unique indexes are the last guard against a slot that
// is told twice.
constexpr std::string_view planAndRows = R"(
CREATE TABLE store (
    station TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    next_sequence BIGINT NOT NULL
);
CREATE TABLE manifest (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    revision BIGINT NOT NULL,
    document TEXT NOT NULL,
    etag TEXT NOT NULL
);
CREATE TABLE known_slot (
    slot TEXT PRIMARY KEY,
    planned_start BIGINT NOT NULL,
    planned_end BIGINT NOT NULL,
    since BIGINT NOT NULL
);
CREATE TABLE airing (
    sequence BIGINT PRIMARY KEY,
    slot TEXT NOT NULL,
    title TEXT NOT NULL,
    media TEXT NOT NULL,
    revision BIGINT NOT NULL,
    planned_start BIGINT NOT NULL,
    planned_end BIGINT NOT NULL,
    planned_frames BIGINT NOT NULL,
    result TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    heard_start BIGINT,
    heard_end BIGINT,
    start_error_us BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    rms_dbfs DOUBLE NOT NULL,
    peak_dbfs DOUBLE NOT NULL,
    silent_share DOUBLE NOT NULL,
    boot_id TEXT NOT NULL,
    since_boot BIGINT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    acknowledged BIGINT
);
CREATE INDEX airing_slot ON airing (slot);
CREATE INDEX airing_open ON airing (sequence) WHERE ended = 0;
CREATE INDEX airing_outbox ON airing (sequence) WHERE acknowledged IS NULL;
CREATE UNIQUE INDEX airing_settled_once ON airing (slot) WHERE settled = 1;
CREATE UNIQUE INDEX airing_missed_once ON airing (slot, planned_start, planned_end) WHERE started = 0
)";

constexpr std::string_view quarantine = R"(
CREATE TABLE quarantine (
    media TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    since BIGINT NOT NULL
)
)";

// When this store was made in place of a broken one, in milliseconds since 1970; NULL where it was not.
constexpr std::string_view replacedStore = R"(
ALTER TABLE store ADD COLUMN replaced BIGINT
)";

// With which trust in the clock a row was made (NULL: nobody judged it), whether its times were worked out afterwards,
// and whether it waits for that (held). When the clock was last trusted.
constexpr std::string_view clockTrust = R"(
ALTER TABLE airing ADD COLUMN clock_trust TEXT;
ALTER TABLE airing ADD COLUMN rebased INTEGER NOT NULL DEFAULT 0;
ALTER TABLE airing ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
CREATE TABLE good_time (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    time BIGINT NOT NULL,
    since_boot BIGINT NOT NULL,
    boot_id TEXT NOT NULL
)
)";

// Orders, in the very bytes that were signed: what was said of mute and unmute must outlive a restart, and an order
// that was cut off is begun again. `ended` = 1: it asks for nothing any more. Reports are kept until the office has
// them.
constexpr std::string_view orders = R"(
CREATE TABLE station_order (
    number BIGINT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    document TEXT NOT NULL,
    ended INTEGER NOT NULL,
    received BIGINT NOT NULL,
    boot_id TEXT NOT NULL,
    since_boot BIGINT NOT NULL
);
CREATE TABLE order_report (
    position INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL,
    state TEXT NOT NULL,
    at BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    detail TEXT NOT NULL,
    acknowledged BIGINT,
    UNIQUE (order_id, state)
);
CREATE INDEX order_report_outbox ON order_report (position) WHERE acknowledged IS NULL;
CREATE TABLE order_sound (
    place INTEGER PRIMARY KEY,
    media TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    frames BIGINT NOT NULL
)
)";

constexpr std::array migrations{planAndRows, quarantine, replacedStore, clockTrust, orders};

}  // namespace

std::span<const std::string_view> spoolMigrations() {
    return migrations;
}

}  // namespace loa
