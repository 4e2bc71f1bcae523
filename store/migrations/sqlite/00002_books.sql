-- +goose Up
-- How a contract stands in its organisation's own books: its number there, who holds it, what an import guessed, what a person corrected.
ALTER TABLE proposals ADD COLUMN books TEXT; -- JSON

-- +goose Down
ALTER TABLE proposals DROP COLUMN books;
