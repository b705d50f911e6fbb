-- What one admin alone gave somebody, until a second one vouches for it: by whom, when, and until when it is held back
-- where there was no second admin to ask.
ALTER TABLE person ADD COLUMN given_by TEXT;
ALTER TABLE person ADD COLUMN given BIGINT;
ALTER TABLE person ADD COLUMN given_until BIGINT;
