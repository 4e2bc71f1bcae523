-- +goose Up
-- Every table bears the circle first in its keys: one database serves several circles, and none can ask without saying which.
-- seq counts from 1 in its circle, in the order of the commits.

CREATE TABLE counters (
    circle TEXT NOT NULL,
    name   TEXT NOT NULL,
    value  INTEGER NOT NULL,
    PRIMARY KEY (circle, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposals (
    circle         TEXT NOT NULL,
    seq            INTEGER NOT NULL,
    ref            TEXT NOT NULL,
    kind           TEXT NOT NULL,
    org            TEXT NOT NULL,
    author         TEXT NOT NULL,
    family         TEXT NOT NULL,
    object         TEXT NOT NULL,
    supplier       TEXT NOT NULL,
    amount_cents   INTEGER NOT NULL,
    amount_period  TEXT NOT NULL,
    wanted         TEXT, -- day
    terms          TEXT, -- JSON
    said           TEXT NOT NULL,
    decision       TEXT, -- JSON
    state          TEXT NOT NULL,
    at             TEXT, -- instant
    changed        TEXT, -- instant
    version        INTEGER NOT NULL,
    PRIMARY KEY (circle, seq),
    UNIQUE (circle, ref)
) STRICT;

CREATE TABLE asks (
    circle      TEXT NOT NULL,
    proposal    TEXT NOT NULL,
    org         TEXT NOT NULL,
    person      TEXT NOT NULL,
    at          TEXT, -- instant
    close_to    TEXT, -- JSON
    answer      TEXT NOT NULL,
    replaced    TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered    TEXT, -- instant
    comment     TEXT NOT NULL,
    recalls     INTEGER NOT NULL,
    PRIMARY KEY (circle, proposal, org)
) STRICT;

CREATE TABLE pairs (
    circle  TEXT NOT NULL,
    a       TEXT NOT NULL,
    b       TEXT NOT NULL,
    at      TEXT, -- instant
    refused INTEGER NOT NULL, -- 0 or 1
    PRIMARY KEY (circle, a, b)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    circle TEXT NOT NULL,
    key    TEXT NOT NULL,
    value  TEXT NOT NULL, -- JSON
    PRIMARY KEY (circle, key)
) STRICT;

CREATE TABLE promises (
    circle      TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    key         TEXT NOT NULL,
    kind        TEXT NOT NULL,
    chat        TEXT NOT NULL,
    channel     TEXT NOT NULL,
    person      TEXT NOT NULL,
    thread      TEXT NOT NULL,
    target      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    draft       TEXT, -- JSON
    not_until   TEXT, -- instant
    state       TEXT NOT NULL,
    attempts    INTEGER NOT NULL,
    fault       TEXT NOT NULL,
    ref_chat    TEXT NOT NULL,
    ref_channel TEXT NOT NULL,
    ref_id      TEXT NOT NULL,
    made        TEXT, -- instant
    kept_at     TEXT, -- instant
    PRIMARY KEY (circle, seq),
    UNIQUE (circle, key)
) STRICT;
CREATE INDEX promises_open ON promises (circle, seq) WHERE state IN ('waiting', 'trying');
CREATE INDEX promises_ref ON promises (circle, ref_id, ref_channel, ref_chat, seq);
CREATE INDEX promises_subject ON promises (circle, subject, seq);
CREATE INDEX promises_target ON promises (circle, target);
CREATE INDEX promises_person ON promises (circle, person, kept_at);

CREATE TABLE inbox (
    circle TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    chat   TEXT NOT NULL,
    id     TEXT NOT NULL,
    at     TEXT, -- instant
    event  TEXT, -- JSON; NULL: worked
    PRIMARY KEY (circle, seq),
    UNIQUE (circle, chat, id)
) STRICT;
CREATE INDEX inbox_open ON inbox (circle, seq) WHERE event IS NOT NULL;
CREATE INDEX inbox_worked ON inbox (circle, at) WHERE event IS NULL;

CREATE TABLE journal (
    circle   TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    at       TEXT, -- instant
    person   TEXT NOT NULL,
    chat     TEXT NOT NULL,
    channel  TEXT NOT NULL,
    verb     TEXT NOT NULL,
    act      TEXT NOT NULL,
    subject  TEXT NOT NULL,
    earlier  TEXT, -- JSON; NULL: it did not exist
    later    TEXT, -- JSON; NULL: it exists no more
    PRIMARY KEY (circle, seq)
) STRICT;
CREATE INDEX journal_person ON journal (circle, person, at);
CREATE INDEX journal_subject ON journal (circle, subject, seq);

-- +goose Down
DROP TABLE journal;
DROP TABLE inbox;
DROP TABLE promises;
DROP TABLE settings;
DROP TABLE pairs;
DROP TABLE asks;
DROP TABLE proposals;
DROP TABLE counters;
