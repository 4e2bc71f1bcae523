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
	file, count, err := ExportFile(t, form)
	if err != nil {
		return Reply{}, err
	}
	if count == 0 {
		return say(locale.T("export.none")), nil
	}
	return Reply{Draft: &chat.Draft{Lines: []locale.Text{locale.T("export.done", "count", count)}, Files: []chat.File{file}}}, nil
}

// ExportFile makes the file, and says how many contracts it holds: with none, it has headings alone.
func ExportFile(t *Turn, form string) (file chat.File, count int, err error) {
	ending, ok := t.Sheets.Ending(clean(form))
	if !ok {
		return chat.File{}, 0, refuse("export.which", "typed", clean(form))
	}
	live, err := t.live()
	if err != nil {
		return chat.File{}, 0, err
	}
	var contracts []register.Contract
	for _, p := range live {
		if p.Org == t.Who.Organisation && p.Kind == proposal.Contract {
			contracts = append(contracts, entryOf(p))
		}
	}
	content, err := t.Sheets.Write(ending, contracts, t.language())
	if err != nil {
		return chat.File{}, 0, fault("write an export", err)
	}
	return chat.File{Name: locale.T("export.name").In(t.language()) + "." + ending, Content: content}, len(contracts), nil
}
