package store

import (
	"gorm.io/gorm/clause"

	"sdcbot/bot/proposal"
)

// askRow is a row of the table asks.
type askRow struct {
	Circle     string
	Proposal   string
	Org        string
	Person     string
	At         instant
	CloseTo    document[[]proposal.Ref]
	Answer     string
	Replaced   string
	AnsweredBy string
	Answered   instant
	Comment    string
	Recalls    int
}

func (askRow) TableName() string { return "asks" }

func (r askRow) ask() proposal.Ask {
	return proposal.Ask{
		Proposal: proposal.Ref(r.Proposal), Org: r.Org, Person: r.Person, At: r.At.Time, With: r.CloseTo.Content,
		Answer: proposal.Answer(r.Answer), Before: proposal.Answer(r.Replaced), By: r.AnsweredBy, Answered: r.Answered.Time,
		Comment: r.Comment, Recalls: r.Recalls,
	}
}

// asks keeps the questions put to organisations.
type asks struct{ *tx }

func (t asks) Get(ref proposal.Ref, org string) (proposal.Ask, error) {
	query := t.in(&askRow{}).Where("proposal = ? AND org = ?", string(ref), org)
	row, err := first[askRow](t.tx, "read the question on "+string(ref)+" to "+org, query)
	if err != nil {
		return proposal.Ask{}, err
	}
	return row.ask(), nil
}

func (t asks) Of(ref proposal.Ref) ([]proposal.Ask, error) {
	return each(t.tx, "read the questions on "+string(ref), t.in(&askRow{}).Where("proposal = ?", string(ref)).Order("org"), askRow.ask)
}

func (t asks) All() ([]proposal.Ask, error) {
	return each(t.tx, "read the questions", t.in(&askRow{}).Order("proposal, org"), askRow.ask)
}

// askChanges are the columns that a Put of a known question writes.
var askChanges = clause.OnConflict{
	Columns: []clause.Column{{Name: "circle"}, {Name: "proposal"}, {Name: "org"}},
	DoUpdates: clause.AssignmentColumns([]string{
		"person", "at", "close_to", "answer", "replaced", "answered_by", "answered",
		"comment", "recalls",
	}),
}

func (t asks) Put(a proposal.Ask) error {
	what := "write the question on " + string(a.Proposal) + " to " + a.Org
	if err := t.may(what); err != nil {
		return err
	}
	return t.did(what, t.db.Clauses(askChanges).Create(&askRow{
		Circle: t.circle, Proposal: string(a.Proposal), Org: a.Org, Person: a.Person, At: instantOf(a.At),
		CloseTo: document[[]proposal.Ref]{a.With}, Answer: string(a.Answer),
		Replaced: string(a.Before), AnsweredBy: a.By, Answered: instantOf(a.Answered), Comment: a.Comment, Recalls: a.Recalls,
	}))
}

func (t asks) Delete(ref proposal.Ref, org string) error {
	what := "delete the question on " + string(ref) + " to " + org
	if err := t.may(what); err != nil {
		return err
	}
	return t.did(what, t.in(&askRow{}).Where("proposal = ? AND org = ?", string(ref), org).Delete(&askRow{}))
}
