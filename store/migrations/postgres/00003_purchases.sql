-- +goose Up
-- A joint purchase changes as one thing, so it is kept whole; what stands beside the body is what it is found and told apart by.

CREATE TABLE purchases (
    circle  TEXT COLLATE "C" NOT NULL,
    seq     BIGINT NOT NULL,
    ref     TEXT COLLATE "C" NOT NULL,
    state   TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    body    TEXT, -- JSON
    PRIMARY KEY (circle, seq),
    UNIQUE (circle, ref)
);

-- +goose Down
DROP TABLE purchases;
