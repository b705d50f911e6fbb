-- How far the station believed its clock (ClockTrust's words); NULL where nobody judged it. rebased = 1: the times heard
-- were worked out from the time since the machine was started.
ALTER TABLE airing ADD COLUMN clock_trust TEXT;
ALTER TABLE airing ADD COLUMN rebased INTEGER NOT NULL DEFAULT 0;
ALTER TABLE station_status ADD COLUMN clock_trust TEXT;
