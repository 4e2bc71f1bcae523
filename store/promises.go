package store

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sdcbot/bot/chat"
	"sdcbot/bot/storage"
)

// promiseRow is a row of the table promises.
type promiseRow struct {
	Circle     string
	Seq        int64
	Key        string
	Kind       string
	Chat       string
	Channel    string
	Person     string
	Thread     string
	Target     string
	Subject    string
	Draft      document[chat.Draft]
	NotUntil   instant
	State      string
	Attempts   int
	Fault      string
	RefChat    string
	RefChannel string
	RefID      string
	Made       instant
	KeptAt     instant
}

func (promiseRow) TableName() string { return "promises" }

func (r promiseRow) promise() storage.Promise {
	return storage.Promise{
		Seq: r.Seq, Key: r.Key, Kind: storage.PromiseKind(r.Kind), Chat: r.Chat, Channel: r.Channel, Person: r.Person, Thread: r.Thread,
		Target: r.Target, Subject: r.Subject, Draft: r.Draft.Content, NotUntil: r.NotUntil.Time, State: storage.PromiseState(r.State),
		Attempts: r.Attempts, Fault: r.Fault, Ref: chat.Ref{Chat: r.RefChat, Channel: r.RefChannel, ID: r.RefID},
		Made: r.Made.Time, KeptAt: r.KeptAt.Time,
	}
}

// promises keeps what is to be said, and where it was said.
type promises struct{ *tx }

// promiseOnce leaves the first promise of a key as it is.
var promiseOnce = clause.OnConflict{Columns: []clause.Column{{Name: "circle"}, {Name: "key"}}, DoNothing: true}

func (t promises) Put(p storage.Promise) (made bool, err error) {
	what := "write promise " + p.Key
	if err := t.may(what); err != nil {
		return false, err
	}
	seq, err := t.next(what, "promises")
	if err != nil {
		return false, err
	}
	result := t.db.Clauses(promiseOnce).Create(&promiseRow{
		Circle: t.circle, Seq: seq, Key: p.Key, Kind: string(p.Kind), Chat: p.Chat, Channel: p.Channel, Person: p.Person, Thread: p.Thread,
		Target: p.Target, Subject: p.Subject, Draft: document[chat.Draft]{p.Draft}, NotUntil: instantOf(p.NotUntil), State: string(p.State),
		Attempts: p.Attempts, Fault: p.Fault, RefChat: p.Ref.Chat, RefChannel: p.Ref.Channel, RefID: p.Ref.ID,
		Made: instantOf(p.Made), KeptAt: instantOf(p.KeptAt),
	})
	if err := t.did(what, result); err != nil {
		return false, err
	}
	return result.RowsAffected == 1, nil
}

func (t promises) Save(p storage.Promise) error {
	what := "save promise " + p.Key
	if err := t.may(what); err != nil {
		return err
	}
	result := t.in(&promiseRow{}).Where("key = ?", p.Key).Updates(map[string]any{
		"state": string(p.State), "attempts": p.Attempts, "fault": p.Fault, "not_until": instantOf(p.NotUntil),
		"ref_chat": p.Ref.Chat, "ref_channel": p.Ref.Channel, "ref_id": p.Ref.ID, "kept_at": instantOf(p.KeptAt),
	})
	return t.changed(what, result)
}

func (t promises) Get(key string) (storage.Promise, error) {
	return t.first("read promise "+key, t.in(&promiseRow{}).Where("key = ?", key))
}

func (t promises) Open() ([]storage.Promise, error) {
	// The states stand in the query itself, so that the partial index on them serves it.
	query := t.in(&promiseRow{}).Where("state IN ('waiting', 'trying')").Order("seq")
	return each(t.tx, "read the open promises", query, promiseRow.promise)
}

func (t promises) ByRef(ref chat.Ref) (storage.Promise, error) {
	query := t.posts().Where("ref_id = ? AND ref_channel = ? AND ref_chat = ? AND ref_id <> ''", ref.ID, ref.Channel, ref.Chat)
	return t.first("read the promise at "+ref.ID, query.Order("seq DESC"))
}

func (t promises) About(subject string) ([]storage.Promise, error) {
	return each(t.tx, "read the promises about "+subject, t.posts().Where("subject = ?", subject).Order("seq"), promiseRow.promise)
}

func (t promises) Supersede(target string) error {
	what := "supersede the edits of " + target
	if err := t.may(what); err != nil {
		return err
	}
	query := t.in(&promiseRow{}).Where("target = ? AND kind = ? AND state = ?", target, string(storage.Edit), string(storage.Waiting))
	return t.did(what, query.Update("state", string(storage.Superseded)))
}

func (t promises) ToldTo(person string, limit int) ([]storage.Promise, error) {
	query := t.posts().Where("person = ? AND channel = '' AND state = ?", person, string(storage.Kept))
	return each(t.tx, "read what "+person+" was told", query.Order("kept_at DESC, seq DESC").Limit(limit), promiseRow.promise)
}

// posts begins the queries on messages, edits left out.
func (t promises) posts() *gorm.DB {
	return t.in(&promiseRow{}).Where("kind = ?", string(storage.Post))
}

func (t promises) first(what string, query *gorm.DB) (storage.Promise, error) {
	row, err := first[promiseRow](t.tx, what, query)
	if err != nil {
		return storage.Promise{}, err
	}
	return row.promise(), nil
}
