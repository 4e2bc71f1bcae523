-- +goose Up
-- A joint purchase changes as one thing, so it is kept whole; what stands beside the body is what it is found and told apart by.

CREATE TABLE purchases (
    circle  TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    ref     TEXT NOT NULL,
    state   TEXT NOT NULL,
    version INTEGER NOT NULL,
    body    TEXT, -- JSON
    PRIMARY KEY (circle, seq),
    UNIQUE (circle, ref)
) STRICT;

-- +goose Down
DROP TABLE purchases;
