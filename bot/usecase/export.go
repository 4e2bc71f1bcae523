package usecase

import (
	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/register"
)

// Export gives the contracts of the person's organisation as a file, in the form that is named ("xlsx", "Excel"), CSV unless said. Read in again it
// changes nothing.
func Export(t *Turn, form string) (Reply, error) {
	ending, ok := t.Sheets.Ending(clean(form))
	if !ok {
		return Reply{}, refuse("export.which", "typed", clean(form))
	}
	live, err := t.live()
	if err != nil {
		return Reply{}, err
	}
	var contracts []register.Contract
	for _, p := range live {
		if p.Org == t.Who.Organisation && p.Kind == proposal.Contract {
			contracts = append(contracts, entryOf(p))
		}
	}
	if len(contracts) == 0 {
		return say(locale.T("export.none")), nil
	}
	content, err := t.Sheets.Write(ending, contracts, t.language())
	if err != nil {
		return Reply{}, fault("write an export", err)
	}
	return Reply{Draft: &chat.Draft{
		Lines: []locale.Text{locale.T("export.done", "count", len(contracts))},
		Files: []chat.File{{Name: locale.T("export.name").In(t.language()) + "." + ending, Content: content}},
	}}, nil
}
