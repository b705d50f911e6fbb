-- Who did what to what. Each entry's hash is over the hash of the one before, so that no entry can be changed, taken out or
-- put in without a trace.
CREATE TABLE audit_entry (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    actor_address TEXT NOT NULL,
    verb TEXT NOT NULL,
    object TEXT NOT NULL,
    state_before TEXT NOT NULL,
    state_after TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_entry_object ON audit_entry (object, number);
CREATE INDEX audit_entry_actor_name ON audit_entry (actor_name, number);
-- No statement of a program changes or removes an entry, not even by mistake. (The one thing here that PostgreSQL writes
-- otherwise: there a trigger calls a function.)
CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'an audit entry stays'); END;
CREATE TRIGGER audit_entry_is_final BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'an audit entry is final'); END;
