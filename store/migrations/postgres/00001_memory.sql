-- +goose Up
-- Every table bears the circle first in its keys: one database serves several circles, and none can ask without saying which.
-- seq counts from 1 in its circle, in the order of the commits. Text is compared byte by byte ("C"), as SQLite does, whatever the
-- database's own collation: the order of keys and the search by prefix stand on it.

CREATE TABLE counters (
    circle TEXT COLLATE "C" NOT NULL,
    name   TEXT COLLATE "C" NOT NULL,
    value  BIGINT NOT NULL,
    PRIMARY KEY (circle, name)
);

CREATE TABLE proposals (
    circle         TEXT COLLATE "C" NOT NULL,
    seq            BIGINT NOT NULL,
    ref            TEXT COLLATE "C" NOT NULL,
    kind           TEXT COLLATE "C" NOT NULL,
    org            TEXT COLLATE "C" NOT NULL,
    author         TEXT COLLATE "C" NOT NULL,
    family         TEXT COLLATE "C" NOT NULL,
    object         TEXT COLLATE "C" NOT NULL,
    supplier       TEXT COLLATE "C" NOT NULL,
    amount_cents   BIGINT NOT NULL,
    amount_period  TEXT COLLATE "C" NOT NULL,
    wanted         DATE,
    terms          TEXT, -- JSON
    said           TEXT COLLATE "C" NOT NULL,
    decision       TEXT, -- JSON
    state          TEXT COLLATE "C" NOT NULL,
    at             TIMESTAMPTZ,
    changed        TIMESTAMPTZ,
    version        BIGINT NOT NULL,
    PRIMARY KEY (circle, seq),
    UNIQUE (circle, ref)
);

CREATE TABLE asks (
    circle      TEXT COLLATE "C" NOT NULL,
    proposal    TEXT COLLATE "C" NOT NULL,
    org         TEXT COLLATE "C" NOT NULL,
    person      TEXT COLLATE "C" NOT NULL,
    at          TIMESTAMPTZ,
    close_to    TEXT, -- JSON
    answer      TEXT COLLATE "C" NOT NULL,
    replaced    TEXT COLLATE "C" NOT NULL,
    answered_by TEXT COLLATE "C" NOT NULL,
    answered    TIMESTAMPTZ,
    comment     TEXT COLLATE "C" NOT NULL,
    recalls     BIGINT NOT NULL,
    PRIMARY KEY (circle, proposal, org)
);

CREATE TABLE pairs (
    circle  TEXT COLLATE "C" NOT NULL,
    a       TEXT COLLATE "C" NOT NULL,
    b       TEXT COLLATE "C" NOT NULL,
    at      TIMESTAMPTZ,
    refused BIGINT NOT NULL, -- 0 or 1
    PRIMARY KEY (circle, a, b)
);

CREATE TABLE settings (
    circle TEXT COLLATE "C" NOT NULL,
    key    TEXT COLLATE "C" NOT NULL,
    value  TEXT NOT NULL, -- JSON
    PRIMARY KEY (circle, key)
);

CREATE TABLE promises (
    circle      TEXT COLLATE "C" NOT NULL,
    seq         BIGINT NOT NULL,
    key         TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    chat        TEXT COLLATE "C" NOT NULL,
    channel     TEXT COLLATE "C" NOT NULL,
    person      TEXT COLLATE "C" NOT NULL,
    thread      TEXT COLLATE "C" NOT NULL,
    target      TEXT COLLATE "C" NOT NULL,
    subject     TEXT COLLATE "C" NOT NULL,
    draft       TEXT, -- JSON
    not_until   TIMESTAMPTZ,
    state       TEXT COLLATE "C" NOT NULL,
    attempts    BIGINT NOT NULL,
    fault       TEXT COLLATE "C" NOT NULL,
    ref_chat    TEXT COLLATE "C" NOT NULL,
    ref_channel TEXT COLLATE "C" NOT NULL,
    ref_id      TEXT COLLATE "C" NOT NULL,
    made        TIMESTAMPTZ,
    kept_at     TIMESTAMPTZ,
    PRIMARY KEY (circle, seq),
    UNIQUE (circle, key)
);
CREATE INDEX promises_open ON promises (circle, seq) WHERE state IN ('waiting', 'trying');
CREATE INDEX promises_ref ON promises (circle, ref_id, ref_channel, ref_chat, seq);
CREATE INDEX promises_subject ON promises (circle, subject, seq);
CREATE INDEX promises_target ON promises (circle, target);
CREATE INDEX promises_person ON promises (circle, person, kept_at);

CREATE TABLE inbox (
    circle TEXT COLLATE "C" NOT NULL,
    seq    BIGINT NOT NULL,
    chat   TEXT COLLATE "C" NOT NULL,
    id     TEXT COLLATE "C" NOT NULL,
    at     TIMESTAMPTZ,
    event  TEXT, -- JSON; NULL: worked
    PRIMARY KEY (circle, seq),
    UNIQUE (circle, chat, id)
);
CREATE INDEX inbox_open ON inbox (circle, seq) WHERE event IS NOT NULL;
CREATE INDEX inbox_worked ON inbox (circle, at) WHERE event IS NULL;

CREATE TABLE journal (
    circle   TEXT COLLATE "C" NOT NULL,
    seq      BIGINT NOT NULL,
    at       TIMESTAMPTZ,
    person   TEXT COLLATE "C" NOT NULL,
    chat     TEXT COLLATE "C" NOT NULL,
    channel  TEXT COLLATE "C" NOT NULL,
    verb     TEXT COLLATE "C" NOT NULL,
    act      TEXT COLLATE "C" NOT NULL,
    subject  TEXT COLLATE "C" NOT NULL,
    earlier  TEXT, -- JSON; NULL: it did not exist
    later    TEXT, -- JSON; NULL: it exists no more
    PRIMARY KEY (circle, seq)
);
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
