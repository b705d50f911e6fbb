-- The office's people, what they are and where, and what they get in with. Nobody is removed: what somebody did stays
-- theirs, and a name is given once.
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    password_initial BIGINT NOT NULL,
    second_factor TEXT,
    second_factor_pending TEXT,
    code_step BIGINT NOT NULL,
    created BIGINT NOT NULL,
    disabled BIGINT
);
CREATE TABLE person_role (
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    role TEXT NOT NULL,
    area TEXT REFERENCES area (id),
    PRIMARY KEY (person, position)
);
CREATE INDEX person_role_by_area ON person_role (area);
-- Kept for a while after they end: where somebody has signed in before, guessing from elsewhere does not lock them out.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    created BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    ended BIGINT
);
CREATE INDEX session_by_person ON session (person, address);
-- A personal token is good for the rights it names, as words with a space between.
ALTER TABLE token ADD COLUMN person TEXT REFERENCES person (id);
ALTER TABLE token ADD COLUMN rights TEXT;
CREATE INDEX token_by_person ON token (person);
-- What opened the whole office before there were people opens nothing any more.
DELETE FROM token WHERE kind <> 'station';
-- For which areas it was uploaded; without a row for the whole office.
CREATE TABLE upload_place (
    upload TEXT NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    area TEXT NOT NULL,
    PRIMARY KEY (upload, area)
);
CREATE TABLE media_place (
    media TEXT NOT NULL REFERENCES media (id),
    area TEXT NOT NULL,
    PRIMARY KEY (media, area)
);
