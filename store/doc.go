// Package store is the memory of the circles: the one implementation of bot/storage, written with GORM, on two databases. SQLite is
// a file in the data directory and needs no server; PostgreSQL is what a circle runs on in production and where replicas live. It
// also migrates the schema, and backs up and restores in a form that moves from one database to the other.
//
// It holds no rule of the product: what is written, and when, is decided in bot/usecase. Nothing above it sees a row or
// a line of SQL, and its tables are nobody else's to read.
//
// # One writer at a time
//
// An Update on a circle waits for the one before it. On SQLite there is one connection that writes, and transactions begin
// "immediate"; on PostgreSQL an Update first takes an advisory lock for its circle, which its end gives back. We prefer that to
// SERIALIZABLE with retries because a circle is some ten people: waiting a millisecond costs nothing, while a retried f must be free
// of effects down to its logs. And because commits then come in the order of the numbers they took, so a reader that
// has followed the journal up to a number has missed nothing below it. Circles do not wait for each other on PostgreSQL.
//
// A View reads a snapshot: REPEATABLE READ on PostgreSQL, the write-ahead log on SQLite. Views wait for nobody, except on
// sqlite::memory:, where one connection is all there is and a View waits like an Update. So never open one inside another.
//
// # What is stored how
//
// Instants are UTC to the microsecond, days are dates, sums are cents, and values that only make sense whole (terms, drafts,
// reasons) are JSON in text columns. Text loses its NUL characters and bytes that are no UTF-8 become U+FFFD, on both databases
// alike, because PostgreSQL takes neither.
package store
