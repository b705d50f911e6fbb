-- The boxes that have enrolled as stations, each with its key, and the codes with which they may.
CREATE TABLE station_identity (
    station TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    public_key TEXT NOT NULL UNIQUE,
    words TEXT NOT NULL,
    enrolled BIGINT NOT NULL,
    retired BIGINT,
    epoch BIGINT NOT NULL,
    last_sequence BIGINT NOT NULL,
    PRIMARY KEY (station, number)
);
CREATE TABLE enrolment_code (
    name TEXT NOT NULL PRIMARY KEY,
    station TEXT NOT NULL UNIQUE REFERENCES station (id) ON DELETE CASCADE,
    public_key TEXT NOT NULL,
    expires BIGINT NOT NULL,
    wrong_tries BIGINT NOT NULL,
    used BIGINT
);
-- A secret that was carried to a station by hand opens nothing any more: the box enrols and has a key of its own.
DELETE FROM token WHERE kind = 'station';
