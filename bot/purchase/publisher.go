package purchase

import (
	"cmp"
	"slices"
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/text"
)

// Front is what the circle holds with one supplier: the leverage that each of them alone does not have.
type Front struct {
	Supplier string
	Rows     []FrontRow // by term; those whose end is not known last
	Orgs     []string
	Weight   money.Band // of all known amounts together, by year
	Silent   int        // contracts without an amount
}

// FrontRow is one contract with the supplier.
type FrontRow struct {
	Contract proposal.Proposal
	Term     calendar.Day // of the current period; zero: not known
	LastDay  calendar.Day // last day on which the next decision can still be taken; zero: none is left
	ActBy    calendar.Day
}

// FrontOf gathers the contracts with a supplier, known by its name or by one of its products that the dictionary knows. Contracts that have
// ended are left out. words are those of the circle: what is another word for a publisher counts as that publisher.
func FrontOf(supplier string, all []proposal.Proposal, on calendar.Day, words *family.Dictionary) Front {
	f := Front{Supplier: supplier}
	var cents int64
	for _, p := range all {
		if p.Kind != proposal.Contract || !deals(p, supplier, words) {
			continue
		}
		s := contract.At(p.Standing(), on)
		if s.State == contract.Expired {
			continue
		}
		row := FrontRow{Contract: p, Term: s.Term}
		if reminders := contract.Reminders(p.Standing(), on); len(reminders) > 0 {
			row.LastDay = reminders[0].LastDay
			row.ActBy = workdays.WorkingOnOrBefore(row.LastDay)
		}
		f.Rows = append(f.Rows, row)
		if !slices.Contains(f.Orgs, p.Org) {
			f.Orgs = append(f.Orgs, p.Org)
		}
		if yearly, ok := over(p, 12); ok {
			cents = min(cents+yearly, money.Max)
		} else {
			f.Silent++
		}
	}
	slices.SortStableFunc(f.Rows, func(a, b FrontRow) int {
		if a.Term.IsZero() != b.Term.IsZero() {
			if a.Term.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(a.Term.Compare(b.Term), cmp.Compare(a.Contract.Org, b.Contract.Org), cmp.Compare(a.Contract.Ref, b.Contract.Ref))
	})
	if cents > 0 {
		f.Weight = money.BandOf(money.Amount{Cents: cents, Period: money.Yearly})
	}
	return f
}

// Suppliers lists the suppliers with whom at least two organisations have contracts, the one with most organisations first.
func Suppliers(all []proposal.Proposal, on calendar.Day, words *family.Dictionary) []Front {
	var fronts []Front
	seen := map[proposal.Ref]bool{}
	for _, p := range all {
		if p.Kind != proposal.Contract || p.Supplier == "" || seen[p.Ref] {
			continue
		}
		f := FrontOf(p.Supplier, all, on, words)
		if !slices.ContainsFunc(f.Rows, func(row FrontRow) bool { return row.Contract.Ref == p.Ref }) {
			continue // it has ended, and names nobody's present supplier
		}
		for _, row := range f.Rows {
			seen[row.Contract.Ref] = true
		}
		if len(f.Orgs) >= leastOrgs {
			fronts = append(fronts, f)
		}
	}
	slices.SortStableFunc(fronts, func(a, b Front) int {
		return cmp.Or(cmp.Compare(len(b.Orgs), len(a.Orgs)), cmp.Compare(text.Fold(a.Supplier), text.Fold(b.Supplier)))
	})
	return fronts
}

// deals says whether the contract is with that supplier. Whole words count: "Orange" is named in "Orange Business", "Or" is not.
func deals(p proposal.Proposal, supplier string, words *family.Dictionary) bool {
	sought, named := spaced(supplier), spaced(p.Supplier)
	if sought == "" {
		return false
	}
	if named != "" && (strings.Contains(named, sought) || strings.Contains(sought, named)) {
		return true
	}
	if strings.Contains(spaced(p.Object), sought) {
		return true
	}
	products := productsOf(supplier, words)
	return slices.ContainsFunc(productsOf(p.Supplier+", "+p.Object, words), func(name string) bool { return slices.Contains(products, name) })
}

func productsOf(said string, words *family.Dictionary) []string {
	var names []string
	for _, hit := range words.Find(said, text.Words(said)) {
		if hit.Product != "" {
			names = append(names, hit.Product)
		}
	}
	return names
}

// spaced returns the folded words of s, each with a space on either side.
func spaced(s string) string {
	var b strings.Builder
	for _, w := range text.Words(s) {
		b.WriteByte(' ')
		b.WriteString(w.Folded)
		b.WriteByte(' ')
	}
	return b.String()
}

// Headline says the leverage: 3 organismes chez Aareon, entre … par an ensemble.
func (f Front) Headline() locale.Text {
	switch {
	case len(f.Rows) == 0:
		return locale.T("purchase.front.none", "supplier", f.Supplier)
	case f.Weight.IsZero():
		return locale.T("purchase.front.unweighed", "supplier", f.Supplier, "count", len(f.Orgs))
	case f.Silent > 0:
		return locale.T("purchase.front.at-least", "supplier", f.Supplier, "count", len(f.Orgs), "weight", f.Weight, "silent", locale.T("purchase.front.silent", "count", f.Silent))
	}
	return locale.T("purchase.front", "supplier", f.Supplier, "count", len(f.Orgs), "weight", f.Weight)
}

// Lines says who, until when, and by when to act together.
func (f Front) Lines(name func(org string) string) []locale.Text {
	lines := []locale.Text{f.Headline()}
	for _, row := range f.Rows {
		key := "purchase.front.line.bound"
		switch {
		case row.Term.IsZero():
			key = "purchase.front.line.unknown"
		case !row.ActBy.IsZero() && row.LastDay != row.Term:
			key = "purchase.front.line.notice"
		case !row.ActBy.IsZero():
			key = "purchase.front.line.term"
		}
		lines = append(lines, locale.T(key, "organisation", name(row.Contract.Org), "ref", string(row.Contract.Ref),
			"family", row.Contract.Family, "term", row.Term, "day", row.ActBy))
	}
	return lines
}
