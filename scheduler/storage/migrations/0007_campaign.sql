-- What the office asked of the campaign planner. What it answered are events, which name their campaign.
ALTER TABLE event ADD COLUMN campaign TEXT;
CREATE INDEX event_by_campaign ON event (campaign);
-- Which events air a campaign or once did: what was aired of it stays known when it is planned anew.
CREATE TABLE campaign_event (
    campaign TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (campaign, event)
);
CREATE TABLE campaign (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    message_class TEXT NOT NULL,
    owner TEXT,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    airings_per_day BIGINT NOT NULL,
    smallest_gap BIGINT NOT NULL,
    share DOUBLE PRECISION NOT NULL
);
CREATE TABLE campaign_announcement (
    campaign TEXT NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    media TEXT NOT NULL REFERENCES media (id),
    PRIMARY KEY (campaign, position)
);
CREATE TABLE campaign_target (
    campaign TEXT NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    station TEXT,
    area TEXT,
    PRIMARY KEY (campaign, position),
    CHECK ((station IS NULL) <> (area IS NULL))
);
-- The dayparts it may use, by name; none: all.
CREATE TABLE campaign_daypart (
    campaign TEXT NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    daypart TEXT NOT NULL,
    PRIMARY KEY (campaign, position)
);
