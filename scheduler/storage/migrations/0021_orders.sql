-- What sounds at once: orders from their making on, the stations each one is for, and what these reported of it. An order
-- keeps its sound by itself, whatever becomes of the template it was made from.
CREATE TABLE order_template (
    id TEXT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    media TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    area TEXT REFERENCES area (id) ON DELETE CASCADE,
    written_by TEXT NOT NULL,
    written BIGINT NOT NULL,
    approved_by TEXT NOT NULL,
    approved BIGINT
);
CREATE TABLE office_order (
    id TEXT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    media TEXT,
    bytes BIGINT,
    frames BIGINT,
    repeats BIGINT NOT NULL,
    valid_for BIGINT NOT NULL,
    template TEXT,
    about TEXT,
    state TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made BIGINT NOT NULL,
    sent_by TEXT NOT NULL,
    sent BIGINT,
    number BIGINT UNIQUE,
    valid_until BIGINT,
    alone BIGINT NOT NULL
);
CREATE INDEX office_order_by_time ON office_order (made);
CREATE TABLE order_station (
    office_order TEXT NOT NULL REFERENCES office_order (id),
    station TEXT NOT NULL,
    area TEXT NOT NULL,
    PRIMARY KEY (office_order, station)
);
CREATE INDEX order_station_by_station ON order_station (station);
CREATE TABLE order_report (
    office_order TEXT NOT NULL,
    station TEXT NOT NULL,
    state TEXT NOT NULL,
    at BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    detail TEXT NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (office_order, station, state),
    FOREIGN KEY (office_order, station) REFERENCES order_station (office_order, station)
);
-- The number that was given last. A restored office goes on well above it: no station goes back.
CREATE TABLE order_number (
    last BIGINT NOT NULL
);
INSERT INTO order_number (last) VALUES (0);
-- The stations that take part in drills; no drill reaches another one.
CREATE TABLE drill_station (
    station TEXT NOT NULL PRIMARY KEY REFERENCES station (id) ON DELETE CASCADE
);
