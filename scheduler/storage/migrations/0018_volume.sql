-- How loud a station may be, always and in a daypart, and how much later than the plan it sounds, so that loudspeakers
-- within earshot sound together.
ALTER TABLE station ADD COLUMN volume_ceiling_db BIGINT;
ALTER TABLE station ADD COLUMN trim_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE daily_window ADD COLUMN volume_ceiling_db BIGINT;
ALTER TABLE slot ADD COLUMN gain_db BIGINT NOT NULL DEFAULT 0;
