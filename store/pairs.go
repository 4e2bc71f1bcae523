package store

import (
	"cmp"
	"slices"

	"gorm.io/gorm/clause"

	"sdcbot/bot/proposal"
)

// pairRow is a row of the table pairs. Refused is 0 or 1, since SQLite has no other truth.
type pairRow struct {
	Circle  string
	A, B    string
	At      instant
	Refused int
}

func (pairRow) TableName() string { return "pairs" }

func (r pairRow) pair() proposal.Pair {
	return proposal.Pair{A: proposal.Ref(r.A), B: proposal.Ref(r.B), At: r.At.Time, Refused: r.Refused != 0}
}

// pairs keeps which proposals were brought together.
type pairs struct{ *tx }

func (t pairs) Of(ref proposal.Ref) ([]proposal.Pair, error) {
	// Two questions, each with an index of its own: for one with an OR SQLite looks through the whole circle.
	what := "read the pairs of " + string(ref)
	first, err := each(t.tx, what, t.in(&pairRow{}).Where("a = ?", string(ref)), pairRow.pair)
	if err != nil {
		return nil, err
	}
	second, err := each(t.tx, what, t.in(&pairRow{}).Where("b = ? AND a <> b", string(ref)), pairRow.pair)
	if err != nil {
		return nil, err
	}
	both := slices.Concat(first, second)
	slices.SortFunc(both, func(p, q proposal.Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	return both, nil
}

func (t pairs) All() ([]proposal.Pair, error) {
	return each(t.tx, "read the pairs", t.in(&pairRow{}).Order("a, b"), pairRow.pair)
}

// pairChanges are the columns that a Put of a known pair writes.
var pairChanges = clause.OnConflict{
	Columns:   []clause.Column{{Name: "circle"}, {Name: "a"}, {Name: "b"}},
	DoUpdates: clause.AssignmentColumns([]string{"at", "refused"}),
}

func (t pairs) Put(some ...proposal.Pair) error {
	if len(some) == 0 {
		return nil
	}
	rows := make([]pairRow, len(some))
	for i, p := range some {
		a, b := proposal.Order(p.A, p.B)
		rows[i] = pairRow{Circle: t.circle, A: string(a), B: string(b), At: instantOf(p.At)}
		if p.Refused {
			rows[i].Refused = 1
		}
	}
	what := "write the pair " + rows[0].A + " " + rows[0].B
	if err := t.may(what); err != nil {
		return err
	}
	return t.did(what, t.db.Clauses(pairChanges).CreateInBatches(&rows, mostRows))
}

func (t pairs) Delete(a, b proposal.Ref) error {
	a, b = proposal.Order(a, b)
	what := "delete the pair " + string(a) + " " + string(b)
	if err := t.may(what); err != nil {
		return err
	}
	return t.did(what, t.in(&pairRow{}).Where("a = ? AND b = ?", string(a), string(b)).Delete(&pairRow{}))
}
