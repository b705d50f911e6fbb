-- REPLACE takes a row out without asking the trigger for DELETE. An entry is put behind the last one, and nowhere else.
CREATE TRIGGER audit_entry_follows BEFORE INSERT ON audit_entry WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM audit_entry) BEGIN SELECT RAISE(ABORT, 'an audit entry follows the last one'); END;
