package store

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"

	"sdcbot/bot/calendar"
)

// proposalRow is a row of the table proposals.
type proposalRow struct {
	Circle       string
	Seq          int64
	Ref          string
	Kind         string
	Org          string
	Author       string
	Family       string
	Object       string
	Supplier     string
	AmountCents  int64
	AmountPeriod string
	Wanted       date
	Terms        document[contract.Terms]
	Said         string
	Decision     document[contract.Decision]
	Books        document[proposal.Books]
	State        string
	At           instant
	Changed      instant
	Version      int
}

func (proposalRow) TableName() string { return "proposals" }

func (r proposalRow) proposal() proposal.Proposal {
	return proposal.Proposal{
		Ref: proposal.Ref(r.Ref), Kind: proposal.Kind(r.Kind), Org: r.Org, Author: r.Author, Family: family.Code(r.Family),
		Object: r.Object, Supplier: r.Supplier, Amount: money.Amount{Cents: r.AmountCents, Period: money.Period(r.AmountPeriod)},
		Wanted: calendar.Day(r.Wanted), Terms: r.Terms.Content, Said: r.Said, Decision: r.Decision.Content, Books: r.Books.Content, State: proposal.State(r.State),
		At: r.At.Time, Changed: r.Changed.Time, Version: r.Version,
	}
}

// proposals keeps contracts, needs and offers.
type proposals struct{ *tx }

func (t proposals) Next(k proposal.Kind) (int, error) {
	return t.number("number a proposal", string(k))
}

func (t proposals) Get(ref proposal.Ref) (proposal.Proposal, error) {
	row, err := first[proposalRow](t.tx, "read proposal "+string(ref), t.in(&proposalRow{}).Where("ref = ?", string(ref)))
	if err != nil {
		return proposal.Proposal{}, err
	}
	return row.proposal(), nil
}

func (t proposals) All() ([]proposal.Proposal, error) {
	return t.scanned("read the proposals", t.in(&proposalRow{}).Order("seq"))
}

func (t proposals) LiveOf(families ...family.Code) ([]proposal.Proposal, error) {
	if len(families) == 0 {
		return nil, nil
	}
	// The state stands in the words of the statement, as it does in those of the index; and +seq is what no index is in order of, or SQLite would
	// rather look through the whole circle than sort.
	return t.scanned("read the live proposals of some families", t.in(&proposalRow{}).Where("state = 'live' AND family IN ?", families).Order("+seq"))
}

// scanned reads proposals in their order. That is done with every sentence that is understood, so it scans by hand into one row, which takes half the
// time of GORM's way.
func (t proposals) scanned(what string, query *gorm.DB) (all []proposal.Proposal, err error) {
	query = query.Select(`ref, kind, org, author, family, object, supplier, amount_cents, amount_period, wanted, terms, said,
		decision, books, state, at, changed, version`)
	rows, err := query.Rows()
	if err = t.failed(what, err); err != nil {
		return nil, err
	}
	defer rows.Close()
	var r proposalRow
	all = make([]proposal.Proposal, 0, 256) // about what a circle has: to grow there from nothing copies it twice
	columns := []any{
		&r.Ref, &r.Kind, &r.Org, &r.Author, &r.Family, &r.Object, &r.Supplier, &r.AmountCents, &r.AmountPeriod, &r.Wanted,
		&r.Terms, &r.Said, &r.Decision, &r.Books, &r.State, &r.At, &r.Changed, &r.Version,
	}
	for rows.Next() {
		if err = t.failed(what, rows.Scan(columns...)); err != nil {
			return nil, err
		}
		all = append(all, r.proposal())
	}
	return all, t.failed(what, rows.Err())
}

// proposalChanges are the columns that a Put of a known proposal writes: all but its place in the order.
var proposalChanges = clause.OnConflict{
	Columns: []clause.Column{{Name: "circle"}, {Name: "ref"}},
	DoUpdates: clause.AssignmentColumns([]string{
		"kind", "org", "author", "family", "object", "supplier", "amount_cents", "amount_period",
		"wanted", "terms", "said", "decision", "books", "state", "at", "changed", "version",
	}),
}

// mostRows is how many rows one statement writes: SQLite takes 32,766 values.
const mostRows = 500

func (t proposals) Put(some ...proposal.Proposal) error {
	if len(some) == 0 {
		return nil
	}
	what := "write proposal " + string(some[0].Ref)
	if err := t.may(what); err != nil {
		return err
	}
	rows := make([]proposalRow, len(some))
	for i, p := range some {
		seq, err := t.next(what, "proposals")
		if err != nil {
			return err
		}
		p.Decision.At = instantOf(p.Decision.At).Time
		rows[i] = proposalRow{
			Circle: t.circle, Seq: seq, Ref: string(p.Ref), Kind: string(p.Kind), Org: p.Org, Author: p.Author, Family: string(p.Family),
			Object: p.Object, Supplier: p.Supplier, AmountCents: p.Amount.Cents, AmountPeriod: string(p.Amount.Period),
			Wanted: date(p.Wanted), Terms: document[contract.Terms]{p.Terms}, Said: p.Said, Decision: document[contract.Decision]{p.Decision},
			Books: document[proposal.Books]{p.Books}, State: string(p.State), At: instantOf(p.At), Changed: instantOf(p.Changed), Version: p.Version,
		}
	}
	return t.did(what, t.db.Clauses(proposalChanges).CreateInBatches(&rows, mostRows))
}
