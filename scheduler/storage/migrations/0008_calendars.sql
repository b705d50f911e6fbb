-- Calendars out: feeds, each behind a secret address of which only the hash is kept. No key ties a feed to what it shows:
-- the feed of a thing that is gone answers that there is none.
CREATE TABLE feed (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    station TEXT,
    area TEXT,
    campaign TEXT,
    name TEXT NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT,
    revoked BIGINT,
    CHECK ((CASE WHEN station IS NULL THEN 0 ELSE 1 END) + (CASE WHEN area IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN campaign IS NULL THEN 0 ELSE 1 END) = 1)
);
-- Calendars in: which calendar an event was last imported from. One that nobody named a calendar for has no row.
CREATE TABLE event_origin (
    event TEXT NOT NULL PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    origin TEXT NOT NULL
);
CREATE INDEX event_origin_by_origin ON event_origin (origin);
