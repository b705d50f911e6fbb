-- What stations were told and what they say became of it. No key ties these to station or media: history outlives both.
CREATE TABLE manifest (
    station TEXT NOT NULL,
    revision BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    window_start BIGINT NOT NULL,
    window_end BIGINT NOT NULL,
    content_hash TEXT NOT NULL,
    document TEXT,
    PRIMARY KEY (station, revision)
);
CREATE TABLE slot (
    station TEXT NOT NULL,
    id TEXT NOT NULL,
    event TEXT NOT NULL,
    original BIGINT NOT NULL,
    repeat_number BIGINT NOT NULL,
    title TEXT NOT NULL,
    message_class TEXT NOT NULL,
    preempt TEXT NOT NULL,
    overrun TEXT NOT NULL,
    late_join TEXT NOT NULL,
    grace BIGINT NOT NULL,
    starts BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    media TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    first_revision BIGINT NOT NULL,
    last_revision BIGINT NOT NULL,
    withdrawn BIGINT,
    PRIMARY KEY (station, id)
);
CREATE INDEX slot_by_station_and_start ON slot (station, starts);
CREATE INDEX slot_by_start ON slot (starts);
CREATE TABLE airing (
    station TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
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
    start_error BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    rms_dbfs DOUBLE PRECISION NOT NULL,
    peak_dbfs DOUBLE PRECISION NOT NULL,
    silent_share DOUBLE PRECISION NOT NULL,
    boot TEXT NOT NULL,
    since_boot BIGINT NOT NULL,
    PRIMARY KEY (station, epoch, sequence)
);
CREATE INDEX airing_by_slot ON airing (station, slot);
CREATE INDEX airing_by_station_and_start ON airing (station, planned_start);
CREATE INDEX airing_by_start ON airing (planned_start);
CREATE TABLE station_status (
    station TEXT NOT NULL PRIMARY KEY REFERENCES station (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL,
    media_ready BIGINT NOT NULL,
    media_wanted BIGINT NOT NULL,
    output TEXT NOT NULL,
    on_air TEXT,
    on_air_title TEXT NOT NULL,
    on_air_frames BIGINT NOT NULL,
    waiting_airings BIGINT NOT NULL,
    said BIGINT NOT NULL,
    received BIGINT NOT NULL
);
