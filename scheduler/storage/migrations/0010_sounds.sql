-- Until when an occurrence sounds, as long as its media: what meets what is then found in one index.
ALTER TABLE occurrence ADD COLUMN sounds_until BIGINT;
UPDATE occurrence SET sounds_until = starts
    + (SELECT (media.frames * 1000 + 47999) / 48000 FROM media WHERE media.id = occurrence.media);
DROP INDEX occurrence_by_start;
CREATE INDEX occurrence_by_sound ON occurrence (starts, sounds_until);
