-- +goose Up
-- What is asked with every proposal: the live ones of a few families, and the pairs in which one stands on the second side.
CREATE INDEX proposals_family ON proposals (circle, family, seq) WHERE state = 'live';
-- It holds the whole row: SQLite would not think it worth the way back to the table.
CREATE INDEX pairs_second ON pairs (circle, b, a, at, refused);

-- +goose Down
DROP INDEX pairs_second;
DROP INDEX proposals_family;
