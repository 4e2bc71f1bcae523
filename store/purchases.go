package store

import (
	"gorm.io/gorm/clause"

	"sdcbot/bot/purchase"
)

// purchaseRow is a row of the table purchases. State and Version stand in the body too; here they are for whoever looks into the database.
type purchaseRow struct {
	Circle  string
	Seq     int64
	Ref     string
	State   string
	Version int
	Body    document[purchase.Purchase]
}

func (purchaseRow) TableName() string { return "purchases" }

func (r purchaseRow) purchase() purchase.Purchase { return r.Body.Content }

// purchases keeps joint purchases.
type purchases struct{ *tx }

func (t purchases) Next() (int, error) { return t.number("number a purchase", "purchase") }

func (t purchases) Get(ref purchase.Ref) (purchase.Purchase, error) {
	row, err := first[purchaseRow](t.tx, "read purchase "+string(ref), t.in(&purchaseRow{}).Where("ref = ?", string(ref)))
	if err != nil {
		return purchase.Purchase{}, err
	}
	return row.purchase(), nil
}

func (t purchases) All() ([]purchase.Purchase, error) {
	return each(t.tx, "read the purchases", t.in(&purchaseRow{}).Order("seq"), purchaseRow.purchase)
}

// purchaseChanges are the columns that a Put of a known purchase writes: all but its place in the order.
var purchaseChanges = clause.OnConflict{
	Columns:   []clause.Column{{Name: "circle"}, {Name: "ref"}},
	DoUpdates: clause.AssignmentColumns([]string{"state", "version", "body"}),
}

func (t purchases) Put(p purchase.Purchase) error {
	what := "write purchase " + string(p.Ref)
	if err := t.may(what); err != nil {
		return err
	}
	seq, err := t.next(what, "purchases")
	if err != nil {
		return err
	}
	p.Opened, p.Changed = instantOf(p.Opened).Time, instantOf(p.Changed).Time
	return t.did(what, t.db.Clauses(purchaseChanges).Create(&purchaseRow{
		Circle: t.circle, Seq: seq, Ref: string(p.Ref), State: string(p.State), Version: p.Version, Body: document[purchase.Purchase]{p},
	}))
}
