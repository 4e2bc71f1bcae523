package store_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"

	"sdcbot/bot/storage"
	"sdcbot/bot/storage/storagetest"
	"sdcbot/store"
)

// own are statements on the schema, which belongs to no circle.
var own = regexp.MustCompile(`sqlite_master|schema_versions|^SELECT 1$`)

// asking recognises a statement that names its circle: as a condition, or as what it inserts.
var asking = regexp.MustCompile("^(SELECT|UPDATE|DELETE) .* WHERE circle = '|^INSERT INTO \\S+ \\(`?circle`?,")

// TestEveryStatementNamesItsCircle reads all the SQL that the whole suite makes us say; and none but the lists of a whole circle looks through
// all of its rows.
func TestEveryStatementNamesItsCircle(t *testing.T) {
	var mutex sync.Mutex
	seen := map[string]bool{}
	storagetest.Run(t, func(t *testing.T) storage.Store {
		s := open(t, "sqlite::memory:")
		store.Watch(s, func(statement string) {
			mutex.Lock()
			defer mutex.Unlock()
			seen[strings.Join(strings.Fields(statement), " ")] = true
		})
		return s
	})
	s := open(t, "sqlite::memory:")
	looked := 0
	for statement := range seen {
		if own.MatchString(statement) {
			continue
		}
		if !asking.MatchString(statement) {
			t.Errorf("it names no circle: %.300s", statement)
		}
		_, conditions, _ := strings.Cut(statement, " WHERE ")
		if !strings.Contains(conditions, " AND ") || strings.HasPrefix(statement, "INSERT") {
			continue
		}
		plan, err := store.Plan(t.Context(), s, statement)
		if err != nil {
			continue // a text of the suite that cannot be written out as SQL
		}
		looked++
		if strings.Contains(plan, "(circle=?)") && !strings.Contains(plan, "_open") {
			t.Errorf("it looks through all rows of the circle: %.300s\n%s", statement, plan)
		}
	}
	if looked < 100 {
		t.Errorf("only %d statements of %d were looked at", looked, len(seen))
	}
}
