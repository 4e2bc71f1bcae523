package store

import (
	"time"

	"sdcbot/bot/storage"
)

// journalRow is a row of the table journal.
type journalRow struct {
	Circle  string
	Seq     int64
	At      instant
	Person  string
	Chat    string
	Channel string
	Verb    string
	Act     string
	Subject string
	Earlier *string // JSON
	Later   *string // JSON
}

func (journalRow) TableName() string { return "journal" }

func (r journalRow) entry() storage.Entry {
	return storage.Entry{
		Seq: r.Seq, At: r.At.Time, Person: r.Person, Chat: r.Chat, Channel: r.Channel, Verb: r.Verb, Act: r.Act, Subject: r.Subject,
		Before: bytesOf(r.Earlier), After: bytesOf(r.Later),
	}
}

// journal keeps every change.
type journal struct{ *tx }

func (t journal) Add(some ...storage.Entry) error {
	if len(some) == 0 {
		return nil
	}
	what := "journal " + some[0].Subject
	if err := t.may(what); err != nil {
		return err
	}
	rows := make([]journalRow, len(some))
	for i, e := range some {
		seq, err := t.next(what, "journal")
		if err != nil {
			return err
		}
		rows[i] = journalRow{
			Circle: t.circle, Seq: seq, At: instantOf(e.At), Person: e.Person, Chat: e.Chat, Channel: e.Channel, Verb: e.Verb, Act: e.Act,
			Subject: e.Subject, Earlier: textOf(e.Before), Later: textOf(e.After),
		}
	}
	return t.did(what, t.db.CreateInBatches(&rows, mostRows))
}

func (t journal) Acts(person string, since time.Time) ([]storage.Entry, error) {
	if since.IsZero() {
		since = since.Add(time.Microsecond) // the zero instant is NULL, after which nothing comes
	}
	query := t.in(&journalRow{}).Where("person = ? AND at >= ?", person, instantOf(since)).Order("seq DESC")
	return each(t.tx, "read the acts of "+person, query, journalRow.entry)
}

func (t journal) About(subject string) ([]storage.Entry, error) {
	return each(t.tx, "read the journal on "+subject, t.in(&journalRow{}).Where("subject = ?", subject).Order("seq"), journalRow.entry)
}

// textOf returns a JSON text as it is stored: nothing as NULL.
func textOf(written []byte) *string {
	if len(written) == 0 {
		return nil
	}
	s := clean(string(withoutNULEscapes(written)))
	return &s
}

func bytesOf(stored *string) []byte {
	if stored == nil {
		return nil
	}
	return []byte(*stored)
}
