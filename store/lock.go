package store

import (
	"fmt"
	"os"
)

// Lock keeps the SQLite file for this Store until Close: whoever calls Lock on the same file gets ErrInUse, and so does Migrate where it
// has something to do. serve takes it at its start; backup needs no lock. The lock lies on a file beside the database and dies
// with the process, however that ends. On PostgreSQL and in memory there is nothing to lock: replicas are welcome.
func (s *Store) Lock() error {
	if s.file == "" || s.lock != nil {
		return nil
	}
	f, err := os.OpenFile(s.file+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return s.explain(err)
	}
	if err := flock(f); err != nil {
		f.Close()
		return &Fault{Kind: ErrInUse, Place: s.shown, Cause: fmt.Errorf("lock on %s: %w", f.Name(), err)}
	}
	s.lock = f
	return nil
}

// unlock gives the lock back. The file stays: to remove it could remove the one that somebody else has just locked.
func (s *Store) unlock() error {
	if s.lock == nil {
		return nil
	}
	err := s.lock.Close()
	s.lock = nil
	return err
}
