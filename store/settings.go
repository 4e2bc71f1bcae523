package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sdcbot/bot/storage"
)

// settingRow is a row of the table settings.
type settingRow struct {
	Circle string
	Key    string
	Value  string // JSON
}

func (settingRow) TableName() string { return "settings" }

// settings keeps small facts by key.
type settings struct{ *tx }

func (t settings) Get(key string, into any) error {
	what := "read setting " + key
	row, err := first[settingRow](t.tx, what, t.in(&settingRow{}).Where("key = ?", key))
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(row.Value), into); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

var settingChanges = clause.OnConflict{
	Columns:   []clause.Column{{Name: "circle"}, {Name: "key"}},
	DoUpdates: clause.AssignmentColumns([]string{"value"}),
}

func (t settings) Put(key string, value any) error {
	what := "write setting " + key
	if err := t.may(what); err != nil {
		return err
	}
	written, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	row := settingRow{Circle: t.circle, Key: key, Value: string(withoutNULEscapes(written))}
	return t.did(what, t.db.Clauses(settingChanges).Create(&row))
}

func (t settings) Keys(prefix string) ([]string, error) {
	keys := []string{}
	err := t.did("read the settings "+prefix, beginning(t.in(&settingRow{}), "key", prefix).Order("key").Pluck("key", &keys))
	return keys, err
}

// beginning asks for the rows whose column begins with the prefix, in a way that an index serves and that neither wild cards nor letter
// case disturb: from the prefix to the prefix followed by the last code point, which is assigned to no character.
func beginning(query *gorm.DB, column, prefix string) *gorm.DB {
	return query.Where(column+" >= ? AND "+column+" <= ?", prefix, prefix+"\U0010FFFF")
}
