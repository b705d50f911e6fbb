-- What is known of each canonical file, and what is on its way in.
CREATE TABLE media (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    loudness_lufs DOUBLE PRECISION NOT NULL,
    true_peak_dbtp DOUBLE PRECISION NOT NULL,
    original_name TEXT NOT NULL,
    original_sha256 TEXT NOT NULL,
    spoken_text TEXT NOT NULL,
    created BIGINT NOT NULL,
    removed BIGINT
);
CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    size BIGINT NOT NULL,
    received BIGINT NOT NULL,
    state TEXT NOT NULL,
    step TEXT NOT NULL,
    progress BIGINT NOT NULL,
    media TEXT,
    problem TEXT,
    problem_vi TEXT,
    problem_en TEXT,
    created BIGINT NOT NULL
);
CREATE INDEX upload_by_state ON upload (state);
