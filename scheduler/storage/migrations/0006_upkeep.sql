-- When the store last took a write, for whoever asks whether it is ready; and what an upload is to speak, so that it can
-- go on after a restart.
CREATE TABLE heartbeat (
    beat BIGINT NOT NULL
);
INSERT INTO heartbeat (beat) VALUES (0);
ALTER TABLE upload ADD COLUMN spoken_text TEXT NOT NULL DEFAULT '';
