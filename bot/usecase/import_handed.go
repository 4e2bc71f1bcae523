package usecase

import (
	"sdcbot/bot/chat"
	"sdcbot/bot/proposal"
	"sdcbot/bot/register"
)

// CommandLine stands in the journal in place of a chat's name: the operator did it, in the name of whom the journal says.
const CommandLine = "command line"

// ActFor lets the operator's turn act for an organisation, in the name of the one who speaks for it today: that person reads who recorded it, and may
// take it back as if it had been theirs.
func ActFor(t *Turn, org string) error {
	away, err := t.awayOn(t.today())
	if err != nil {
		return err
	}
	speaker, ok := t.Circle.Speaker(org, t.today(), away)
	if !ok {
		return refuse("refusal.nobody-speaks", "organisation", t.organisation(org))
	}
	t.Who, t.Chat = speaker, CommandLine
	return nil
}

// HandedTable is a table of contracts that comes without a conversation, with all that would be answered in the chat's forms.
type HandedTable struct {
	Table   register.Table
	Columns []string       // corrections of what the columns are, as in ColumnsForm
	Rows    map[int]string // what doubtful rows are, as in ChooseForm: a reference, or "new"
}

// PlanTable says what importing the table would do. Nothing is written.
func PlanTable(t *Turn, h HandedTable) (register.Plan, error) {
	w := waitingImport{Table: h.Table, Columns: h.Columns, Choices: map[int]proposal.Ref{}}
	for row, is := range h.Rows {
		if err := t.choose(w.Choices, row, is); err != nil {
			return register.Plan{}, err
		}
	}
	plan, why, err := t.plan(w)
	if err == nil && !why.IsZero() {
		err = Refusal{why}
	}
	return plan, err
}

// ImportHanded records what PlanTable said, compared with what is recorded now: the same act as the chat's button. said tells what was recorded, and
// who will be told of it.
func ImportHanded(t *Turn, h HandedTable) (plan register.Plan, said chat.Draft, err error) {
	if plan, err = PlanTable(t, h); err != nil {
		return plan, said, err
	}
	done, err := t.imported(plan)
	if err != nil {
		return plan, said, err
	}
	said, err = t.importSaid(plan, done)
	return plan, said, err
}
