package usecase

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

// consentField is the choice on the form of the collection whether the others see what one's organisation pays.
const consentField = "share_cost"

// NeedsForm opens the form on which the person's organisation says what it needs.
func NeedsForm(t *Turn, ref purchase.Ref) (Reply, error) {
	p, err := t.purchase(ref)
	if err != nil {
		return Reply{}, err
	}
	if _, err := p.Answer(t.Who.Organisation, nil, t.today()); err != nil { // so that nobody fills a form in vain
		return Reply{}, mendable(err)
	}
	m, _ := p.Member(t.Who.Organisation)
	form := chat.Form[locale.Text]{
		ID: "needs " + string(ref), Title: locale.T("form.needs", "ref", string(ref)),
		Intro:  locale.T("form.needs.intro", "name", purchaseName(p), "organisation", t.organisation(m.Org)),
		Submit: locale.T("form.submit"),
	}
	for _, f := range t.askedFields(p.Family) {
		form.Fields = append(form.Fields, chat.Input[locale.Text]{
			Key: f.Key, Label: f.Label(), Hint: locale.T("hint.needs." + string(f.Kind)), Optional: !f.Required, Value: typedValue(m, f, t.language()),
			Long: f.Kind == purchase.Words,
		})
	}
	form.Fields = append(form.Fields, chat.Input[locale.Text]{
		Key: consentField, Label: locale.T("form.needs.share"), Hint: locale.T("form.needs.share.hint"), Optional: true,
		Options: []chat.Option[locale.Text]{{Value: "no", Label: locale.T("word.no")}, {Value: "yes", Label: locale.T("word.yes")}},
	})
	return Reply{Form: &form}, nil
}

// typedValue is an answer as its author would type it.
func typedValue(m purchase.Member, f purchase.Field, lang locale.Lang) string {
	v, ok := m.Answers[f.Key]
	switch {
	case !ok:
		return ""
	case f.Kind == purchase.Quantity:
		return strconv.Itoa(v.Number)
	case f.Kind == purchase.Cost:
		return locale.Amount(v.Amount, lang)
	}
	return v.Words
}

// SubmitNeeds takes the form of NeedsForm.
func SubmitNeeds(t *Turn, ref purchase.Ref, values map[string]string) (Reply, error) {
	p, err := t.purchase(ref)
	if err != nil {
		return Reply{}, err
	}
	answers, faults := map[string]purchase.Value{}, map[string]locale.Text{}
	for _, f := range t.askedFields(p.Family) {
		v, answered, fault := f.Read(clean(values[f.Key]))
		switch {
		case !fault.IsZero():
			faults[f.Key] = fault
		case answered && f.Kind == purchase.Words:
			if fault := setWords(&v.Words, v.Words); !fault.IsZero() {
				faults[f.Key] = fault
			}
			answers[f.Key] = v
		case answered:
			answers[f.Key] = v
		}
	}
	if len(faults) > 0 {
		return Reply{Errors: faults}, nil
	}
	p, err = t.alter(ref, func(p purchase.Purchase) (purchase.Purchase, error) {
		p, err := p.Answer(t.Who.Organisation, answers, t.today())
		if err != nil || values[consentField] == "" {
			return p, err
		}
		return p.Consent(t.Who.Organisation, yesNo(values[consentField]) == "word.yes")
	})
	if err != nil {
		return Reply{}, err
	}
	line := locale.T("purchase.needs.noted", "organisation", t.organisation(t.Who.Organisation))
	if missing := p.Missing(); len(missing) > 0 {
		return t.purchaseReply(p, line, locale.T("purchase.needs.missing", "organisations", t.named(missing)))
	}
	return t.purchaseReply(p, line, locale.T("purchase.needs.complete", "ref", string(ref)))
}

// named names organisations, for a list in a sentence.
func (t *Turn) named(orgs []string) []locale.Text {
	var names []locale.Text
	for _, org := range orgs {
		names = append(names, locale.Plain(t.organisation(org)))
	}
	return names
}

// NeedsTable shows what all members need, summed, and gives it as a file.
func NeedsTable(t *Turn, ref purchase.Ref) (Reply, error) {
	p, err := t.purchase(ref)
	if err != nil {
		return Reply{}, err
	}
	s, err := t.sightOf(p.Organisations())
	if err != nil {
		return Reply{}, err
	}
	mine := func(org string) bool { return s == everyCent || s != noSum && org == t.Who.Organisation }
	table := p.Summed(t.askedFields(p.Family), 0, mine, s != noSum)
	d := chat.Draft{Title: locale.T("purchase.table.title", "name", purchaseName(p))}
	rows := [][]string{{locale.T("purchase.table.organisation").In(t.language())}}
	for _, f := range table.Fields {
		rows[0] = append(rows[0], f.Label().In(t.language()))
	}
	total := table.Total
	for _, row := range append(table.Rows, total) {
		name := locale.Plain(t.organisation(row.Org))
		if row.Org == "" {
			name = locale.T("purchase.table.total")
		}
		var cells []locale.Text
		record := []string{name.In(t.language())}
		for i, cell := range row.Cells {
			record = append(record, harmless(cell.In(t.language())))
			if !cell.IsZero() {
				cells = append(cells, locale.T("purchase.table.cell", "label", table.Fields[i].Label(), "value", cell))
			}
		}
		rows = append(rows, record)
		if len(cells) > 0 {
			d.Lines = append(d.Lines, locale.T("purchase.table.row", "name", name, "cells", cells))
		}
	}
	if len(table.Silent) > 0 {
		d.Lines = append(d.Lines, locale.T("purchase.needs.missing", "organisations", t.named(table.Silent)))
	}
	content, err := separated(rows)
	if err != nil {
		return Reply{}, fault("write a table", err)
	}
	d.Files = []chat.File{{Name: string(ref) + "-besoins.csv", Content: content}}
	return Reply{Draft: &d}, nil
}

// separated writes rows as French spreadsheets open them: semicolons, and a mark that says UTF-8.
func separated(rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\uFEFF")
	w := csv.NewWriter(&out)
	w.Comma = ';'
	err := w.WriteAll(rows)
	return out.Bytes(), err
}

// harmless keeps a spreadsheet from taking what somebody typed for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
