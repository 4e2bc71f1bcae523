package store

import (
	"context"
	"strings"
)

// Empty removes all rows.
func Empty(ctx context.Context, s *Store) error {
	_, err := s.writer.ExecContext(ctx, "TRUNCATE "+strings.Join(tables, ", "))
	return err
}
