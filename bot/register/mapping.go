package register

import (
	"slices"
	"strconv"
	"strings"

	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/text"
)

// Source is the tool that a table comes from, known by its headings. The empty Source is a table that somebody made.
type Source string

// The sources.
const (
	GLPI Source = "glpi" // its list of contracts, exported
	DECP Source = "decp" // the open data of French public procurement
)

// Column is one column of a table and the field that it holds.
type Column struct {
	Heading string
	Field   Field // empty: not known, and left
	Chosen  bool  // by a person, who was not satisfied with what was recognised
	unit    unit
	rank    int
}

// Mapping says which column of a table is which field. The zero Mapping knows no column.
type Mapping struct {
	Source  Source
	Columns []Column // those of the table, in order
}

// Recognise finds out which column is which field, by the headings alone. A field has one column: of two whose headings name it, that with the
// surer name, then the first; the other is left.
func Recognise(t Table) Mapping {
	m := Mapping{Columns: make([]Column, len(t.Columns))}
	for i, heading := range t.Columns {
		if i == MostColumns {
			break
		}
		c := Column{Heading: clean(heading), unit: unitOf(heading)}
		if n, ok := nameOf(c.Heading); ok {
			c.Field, c.rank = n.field, n.rank
		}
		m.Columns[i] = c
	}
	m.Source = m.source()
	m.bySource()
	m.oneEach()
	return m
}

// source knows a tool by the headings that nobody else writes side by side.
func (m Mapping) source() Source {
	has := map[string]bool{}
	for _, c := range m.Columns {
		has[headingKey(c.Heading, false)] = true
	}
	says := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return has[headingKey(n, false)] })
	}
	switch {
	case says("dateNotification") && says("dureeMois"):
		return DECP
	case says("Périodicité", "Periodicity", "Périodicité de facturation", "Invoice period", "Contract renewal period", "Période de renouvellement du contrat") && says("Date de début", "Start date") && says("Préavis", "Notice", "Durée", "Duration"):
		return GLPI
	}
	return ""
}

// bySource gives the headings that mean something of their own in their tool.
func (m Mapping) bySource() {
	for i, c := range m.Columns {
		key := headingKey(c.Heading, false)
		switch m.Source {
		case GLPI:
			switch key {
			case headingKey("Périodicité", false), headingKey("Periodicity", false):
				m.Columns[i].Field, m.Columns[i].rank = RenewalMonths, 0
			case headingKey("Expiration", false):
				m.Columns[i].Field = "" // its end after the renewals, which are counted here
			}
		case DECP:
			if key == headingKey("nature", false) {
				m.Columns[i].Field = "" // marché, accord-cadre
			}
		default:
			if c.Field == identifier {
				m.Columns[i].Field, m.Columns[i].rank = Number, looseRank
			}
		}
	}
}

// oneEach leaves one column to each field.
func (m Mapping) oneEach() {
	taken := map[Field]int{}
	for i, c := range m.Columns {
		if c.Field == "" {
			continue
		}
		other, there := taken[c.Field]
		switch {
		case !there:
			taken[c.Field] = i
		case c.rank < m.Columns[other].rank:
			m.Columns[other].Field = ""
			taken[c.Field] = i
		default:
			m.Columns[i].Field = ""
		}
	}
}

// known counts the columns that are understood.
func (m Mapping) known() (n int) {
	for _, c := range m.Columns {
		if c.Field != "" {
			n++
		}
	}
	return n
}

// has says whether a column holds the field.
func (m Mapping) has(f Field) bool {
	return slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Field == f })
}

// Unknown returns the headings of the columns that are left, in order.
func (m Mapping) Unknown() (left []string) {
	for _, c := range m.Columns {
		if (c.Field == "" || c.Field == leftAlone) && c.Heading != "" {
			left = append(left, c.Heading)
		}
	}
	return left
}

// Missing says, each with what to write, which columns a register needs and this table lacks. The first is about what no contract can do
// without; Fault tells whether it is missing.
func (m Mapping) Missing() (missing []locale.Text) {
	if fault := m.Fault(); !fault.IsZero() {
		missing = append(missing, fault)
	}
	if !m.has(Date) && (!m.has(Start) || !m.has(Months)) {
		missing = append(missing, locale.T("register.missing.date"))
	}
	if m.Source != DECP {
		if !m.has(Notice) {
			missing = append(missing, locale.T("register.missing.notice"))
		}
		if !m.has(Renewal) {
			missing = append(missing, locale.T("register.missing.renewal"))
		}
	}
	return missing
}

// Fault says why no row can be read under this mapping, and what to write; zero when they can.
func (m Mapping) Fault() locale.Text {
	if m.has(Object) || m.has(Supplier) || m.has(Reference) {
		return locale.Text{}
	}
	return locale.T("register.missing.object", "columns", headingList(m.Unknown()))
}

// headingList names headings in a sentence, not more than a person reads.
func headingList(headings []string) []locale.Text {
	const most = 12
	var out []locale.Text
	for _, h := range headings[:min(len(headings), most)] {
		out = append(out, locale.Plain("« "+cut(h, 40)+" »"))
	}
	if len(headings) > most {
		out = append(out, locale.T("register.more", "count", len(headings)-most))
	}
	if out == nil {
		out = append(out, locale.T("register.none"))
	}
	return out
}

// Correct changes the mapping as a person says: "colonne Intitulé = objet", "C = préavis", "3 = fournisseur", "Type = rien". A column is named by
// its heading, its letter or its number; a field by its label in either language or its key. The fault says what was not understood.
func (m Mapping) Correct(words string) (Mapping, locale.Text) {
	left, right, found := strings.Cut(clean(words), "=")
	if !found {
		return m, locale.T("register.correct.form")
	}
	left = strings.TrimSpace(left)
	if first, rest, ok := strings.Cut(left, " "); ok && (same(first, "colonne") || same(first, "column")) {
		left = strings.TrimSpace(rest)
	}
	left = strings.Trim(left, `«»“”" `+"\u00a0")
	column := m.column(left)
	if column < 0 {
		return m, locale.T("register.correct.column", "column", left, "columns", headingList(m.headings()))
	}
	right = strings.Trim(right, `«»“”" `+"\u00a0")
	field, ok := FieldByName(right)
	if !ok {
		return m, locale.T("register.correct.field", "field", right, "fields", labels(Fields))
	}
	m.Columns = slices.Clone(m.Columns)
	for i := range m.Columns {
		if m.Columns[i].Field == field && field != leftAlone {
			m.Columns[i].Field = ""
		}
	}
	m.Columns[column].Field, m.Columns[column].Chosen = field, true
	return m, locale.Text{}
}

func (m Mapping) headings() (out []string) {
	for _, c := range m.Columns {
		if c.Heading != "" {
			out = append(out, c.Heading)
		}
	}
	return out
}

// column finds a column by its heading, else by its letter or number as a sheet shows it.
func (m Mapping) column(named string) int {
	if i := slices.IndexFunc(m.Columns, func(c Column) bool { return c.Heading != "" && same(c.Heading, named) }); i >= 0 || named == "" {
		return i
	}
	n, err := strconv.Atoi(named)
	if err != nil && len(named) <= 2 {
		n = 0
		for _, r := range strings.ToUpper(named) {
			if r < 'A' || r > 'Z' {
				return -1
			}
			n = 26*n + int(r-'A') + 1
		}
	}
	if n < 1 || n > len(m.Columns) {
		return -1
	}
	return n - 1
}

// FieldByName returns the field that a person means: its label in either language, its key, or a heading that is known. "rien" means that a
// column is to be left.
func FieldByName(named string) (Field, bool) {
	switch fold(named) {
	case "rien", "aucun", "nothing", "none", "ignorer", "ignore", "laisser":
		return leftAlone, true
	}
	for _, f := range Fields {
		if named == string(f) {
			return f, true
		}
		for _, lang := range locale.Languages {
			if same(f.Label().In(lang), named) {
				return f, true
			}
		}
	}
	n, ok := nameOf(named)
	return n.field, ok
}

// unit is what a heading says of the bare numbers below it.
type unit struct {
	length    string // jours, semaines, mois, ans
	period    money.Period
	thousands bool
	taxed     bool // with VAT, while amounts are held without
}

// unitOf reads a heading: "Préavis (jours)", "Montant annuel en k€ TTC".
func unitOf(heading string) (u unit) {
	for _, w := range text.Words(heading) {
		switch w.Stem {
		case "jour", "day", "j":
			u.length = "jours"
		case "semaine", "week":
			u.length = "semaines"
		case "an", "annuel", "annuelle", "annual", "yearly", "year", "annee":
			u.length, u.period = "ans", money.Yearly
		case "moi", "mensuel", "mensuelle", "month", "monthly":
			u.length, u.period = "mois", money.Monthly
		case "total", "totale", "global", "globale", "maximum":
			u.period = money.Total
		case "k", "ke":
			u.thousands = true
		case "ttc":
			u.taxed = true
		}
	}
	return u
}
