-- Soạn - duyệt - phát: where each event stands, who wrote it since it was last approved, and at which stations the
-- approval holds. An event without a row is a draft, those from before there were approvals too: nobody answers for them.
CREATE TABLE review (
    event TEXT NOT NULL PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    content TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided BIGINT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX review_by_state ON review (state);
CREATE TABLE approved_station (
    event TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    station TEXT NOT NULL,
    PRIMARY KEY (event, station)
);
CREATE TABLE event_writer (
    event TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    writer TEXT NOT NULL,
    PRIMARY KEY (event, writer)
);
-- The text that was approved last, to lay beside what waits now.
CREATE TABLE approved_event (
    event TEXT NOT NULL PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    icalendar TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    approved BIGINT NOT NULL
);
-- Which sound each person was sent whole, and said to have heard.
CREATE TABLE hearing (
    person TEXT NOT NULL,
    media TEXT NOT NULL,
    served BIGINT,
    reported BIGINT,
    PRIMARY KEY (person, media)
);
