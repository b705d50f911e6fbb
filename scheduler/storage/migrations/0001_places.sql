-- The area tree, the stations in it, and the secrets that open the office's doors.
CREATE TABLE area (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    parent TEXT REFERENCES area (id),
    valid_from TEXT,
    valid_to TEXT
);
CREATE INDEX area_by_parent ON area (parent);
CREATE TABLE station (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    area TEXT NOT NULL REFERENCES area (id),
    zone TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT
);
CREATE INDEX station_by_area ON station (area);
CREATE TABLE token (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    station TEXT REFERENCES station (id) ON DELETE CASCADE,
    created BIGINT NOT NULL,
    expires BIGINT,
    last_used BIGINT,
    revoked BIGINT
);
CREATE INDEX token_by_station ON token (station);
