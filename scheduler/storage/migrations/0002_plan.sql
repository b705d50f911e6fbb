-- Events, whom they are aimed at, the instants they fall on for a rolling window. No key ties a target to its station or
-- area: a target that is gone is shown as refused, with its reason, and not lost without one.
CREATE TABLE event (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    message_class TEXT NOT NULL,
    media TEXT,
    preempt TEXT NOT NULL,
    overrun TEXT NOT NULL,
    late_join TEXT NOT NULL,
    grace BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    icalendar TEXT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    plan_version BIGINT NOT NULL,
    expanded_until BIGINT
);
CREATE TABLE event_target (
    event TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    station TEXT,
    area TEXT,
    PRIMARY KEY (event, position),
    CHECK ((station IS NULL) <> (area IS NULL))
);
CREATE INDEX event_target_by_station ON event_target (station);
CREATE INDEX event_target_by_area ON event_target (area);
-- One row for each event and instant, not for each station.
CREATE TABLE occurrence (
    event TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    original BIGINT NOT NULL,
    starts BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    title TEXT NOT NULL,
    media TEXT,
    PRIMARY KEY (event, original)
);
CREATE INDEX occurrence_by_start ON occurrence (starts);
CREATE INDEX occurrence_by_event_and_start ON occurrence (event, starts);
-- Answers "how long is the longest", which tells how far before a window to look for what reaches into it.
CREATE INDEX occurrence_by_length ON occurrence ((ends - starts));
CREATE TABLE plan_version (
    version BIGINT NOT NULL
);
INSERT INTO plan_version (version) VALUES (0);
