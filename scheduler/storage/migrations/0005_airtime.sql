-- When routine announcements may air, what single stations do differently, and how clashes were settled. The rules of an
-- area have one row for each time they are valid.
ALTER TABLE event ADD COLUMN start_mode TEXT NOT NULL DEFAULT 'hard';
ALTER TABLE event ADD COLUMN owner TEXT;
ALTER TABLE slot ADD COLUMN start_mode TEXT NOT NULL DEFAULT 'hard';
CREATE TABLE station_override (
    event TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    original BIGINT NOT NULL,
    station TEXT NOT NULL,
    dropped BIGINT NOT NULL,
    starts BIGINT,
    media TEXT,
    PRIMARY KEY (event, original, station)
);
CREATE TABLE airtime (
    area TEXT NOT NULL REFERENCES area (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    has_dayparts BIGINT NOT NULL,
    longest BIGINT,
    airings_per_day BIGINT,
    PRIMARY KEY (area, position)
);
CREATE TABLE special_days (
    area TEXT NOT NULL,
    airtime BIGINT NOT NULL,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    PRIMARY KEY (area, airtime, position),
    FOREIGN KEY (area, airtime) REFERENCES airtime (area, position) ON DELETE CASCADE
);
-- A daypart of usual days (kind daypart, no special), of special days (their position), or quiet hours (kind quiet).
CREATE TABLE daily_window (
    area TEXT NOT NULL,
    airtime BIGINT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    special BIGINT,
    name TEXT NOT NULL,
    weekdays BIGINT NOT NULL,
    from_minute BIGINT NOT NULL,
    length_minutes BIGINT NOT NULL,
    ceiling_minutes BIGINT,
    PRIMARY KEY (area, airtime, position),
    FOREIGN KEY (area, airtime) REFERENCES airtime (area, position) ON DELETE CASCADE
);
CREATE TABLE settlement (
    station TEXT NOT NULL,
    upper_event TEXT NOT NULL,
    upper_original BIGINT NOT NULL,
    own_event TEXT NOT NULL,
    own_original BIGINT NOT NULL,
    winner TEXT NOT NULL,
    decided BIGINT NOT NULL,
    decided_by TEXT NOT NULL,
    PRIMARY KEY (station, upper_event, upper_original, own_event, own_original)
);
