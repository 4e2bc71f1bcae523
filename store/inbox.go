package store

import (
	"time"

	"gorm.io/gorm/clause"

	"sdcbot/bot/chat"
)

// inboxRow is a row of the table inbox. Event is NULL once it is worked: what people typed, and the handles that answer it, are kept no
// longer than they serve.
type inboxRow struct {
	Circle  string
	Seq     int64
	Chat    string
	EventID string `gorm:"column:id"`
	At      instant
	Event   *document[chat.Event]
}

func (inboxRow) TableName() string { return "inbox" }

func (r inboxRow) event() chat.Event { return r.Event.Content }

// inbox keeps the events that were acknowledged.
type inbox struct{ *tx }

// eventOnce leaves an event that is known as it is.
var eventOnce = clause.OnConflict{Columns: []clause.Column{{Name: "circle"}, {Name: "chat"}, {Name: "id"}}, DoNothing: true}

func (t inbox) Put(e chat.Event) (fresh bool, err error) {
	what := "store event " + e.ID
	if err := t.may(what); err != nil {
		return false, err
	}
	seq, err := t.next(what, "inbox")
	if err != nil {
		return false, err
	}
	e.At = instantOf(e.At).Time
	result := t.db.Clauses(eventOnce).Create(&inboxRow{
		Circle: t.circle, Seq: seq, Chat: e.Chat, EventID: e.ID, At: instantOf(e.At), Event: &document[chat.Event]{e},
	})
	if err := t.did(what, result); err != nil {
		return false, err
	}
	return result.RowsAffected == 1, nil
}

func (t inbox) Open() ([]chat.Event, error) {
	return each(t.tx, "read the inbox", t.in(&inboxRow{}).Where("event IS NOT NULL").Order("seq"), inboxRow.event)
}

func (t inbox) Done(chatName, id string) error {
	what := "close event " + id
	if err := t.may(what); err != nil {
		return err
	}
	return t.changed(what, t.in(&inboxRow{}).Where("chat = ? AND id = ?", chatName, id).Update("event", nil))
}

func (t inbox) Forget(before time.Time) error {
	const what = "forget worked events"
	if err := t.may(what); err != nil {
		return err
	}
	return t.did(what, t.in(&inboxRow{}).Where("event IS NULL AND at < ?", instantOf(before)).Delete(&inboxRow{}))
}
