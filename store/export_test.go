package store

import "context"

// Empty removes all rows.
func Empty(ctx context.Context, s *Store) error {
	for _, table := range tables {
		if _, err := s.writer.ExecContext(ctx, "DELETE FROM "+table.name); err != nil {
			return err
		}
	}
	return nil
}
