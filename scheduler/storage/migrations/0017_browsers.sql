-- Browsers by which somebody signed in: there, guessing from elsewhere does not keep them out. Only the hash of the
-- cookie's secret is kept, and it opens nothing by itself.
CREATE TABLE browser (
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (person, hash)
);
CREATE INDEX browser_by_hash ON browser (hash);
