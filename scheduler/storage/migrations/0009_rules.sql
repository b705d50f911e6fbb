-- Who there is and when they may air changes seldom and is read by every plan: it has a number of its own.
ALTER TABLE plan_version ADD COLUMN rules BIGINT NOT NULL DEFAULT 0;
