package match

import (
	"cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
)

// ordered puts a pair in the order in which it is spoken of: contracts before needs before offers, the earlier date first, and
// then whatever makes the order the same from both sides.
func ordered(a, b Side) (Side, Side) {
	order := cmp.Or(
		cmp.Compare(rank(a.Kind), rank(b.Kind)),
		a.Date.Compare(b.Date),
		cmp.Compare(a.Family, b.Family),
		cmp.Compare(a.Supplier, b.Supplier),
	)
	if order > 0 {
		return b, a
	}
	return a, b
}

func rank(k intake.Kind) int {
	switch k {
	case intake.Contract:
		return 0
	case intake.Need:
		return 1
	case intake.Offer:
		return 2
	}
	return 3
}

// reasons says the finding in words, about an ordered pair.
func (f finding) reasons(a, b Side) []locale.Text {
	if f.ground != together {
		return []locale.Text{f.against(a, b)}
	}
	var reasons []locale.Text
	if f.match() {
		reasons = append(reasons, locale.T("match.together", "family", f.familyText(a, b), "dates", f.datesText(a, b)))
	} else {
		reasons = f.maybeReasons(a, b)
	}
	if b.Kind == intake.Offer {
		reasons = append(reasons, locale.T("match.offer."+string(a.Kind)))
	}
	if f.sameSupplier {
		// The shorter name is the one that both said.
		name := cmp.Or(a.Supplier, b.Supplier)
		if b.Supplier != "" && len(b.Supplier) < len(name) {
			name = b.Supplier
		}
		reasons = append(reasons, locale.T("match.supplier", "supplier", name))
	}
	return reasons
}

// maybeReasons says first what is in doubt, then what speaks for the pair all the same.
func (f finding) maybeReasons(a, b Side) []locale.Text {
	if f.doubt == justTooFar {
		return []locale.Text{f.farText(a, b), f.familyText(a, b)}
	}
	reasons := []locale.Text{locale.T("match.together", "family", f.doubtText(a, b), "dates", f.datesText(a, b))}
	if f.doubt == leftoverWords || f.doubt == nearFamilies && !f.sameSupplier {
		reasons = append(reasons, locale.T("match.maybe.words"))
	}
	return reasons
}

// doubtText says what is in doubt about the families.
func (f finding) doubtText(a, b Side) locale.Text {
	switch f.doubt {
	case nearFamilies:
		return locale.T("match.maybe.near", "first", a.Family, "second", b.Family)
	case secondFamily:
		if family.Related(a.Second, b.Family) {
			return locale.T("match.maybe.second", "family", b.Family)
		}
		return locale.T("match.maybe.second", "family", a.Family)
	case guessedFamily:
		return locale.T("match.maybe.guessed", "family", a.Family)
	case leftoverWords:
		return locale.T("match.not.leftovers", "family", a.Family)
	default:
		return locale.T("match.not.family_unknown")
	}
}

func (f finding) familyText(a, b Side) locale.Text {
	if f.bond == bondSame {
		return locale.T("match.family.same")
	}
	parent, child := a.Family, b.Family
	if family.Parent(parent) == child {
		parent, child = child, parent
	}
	return locale.T("match.family.parent", "parent", parent, "child", child)
}

func (f finding) datesText(a, b Side) locale.Text {
	switch {
	case a.Date.IsZero() && b.Date.IsZero():
		return locale.T("match.dates.none")
	case a.Date.IsZero():
		return locale.T("match.dates.one", "day", b.Date)
	case b.Date.IsZero():
		return locale.T("match.dates.one", "day", a.Date)
	}
	kinds := string(a.Kind) + "_" + string(b.Kind)
	if b.Kind == intake.Offer {
		kinds = "offer"
	}
	if f.days == 0 {
		return locale.T("match.dates.same."+kinds, "day", a.Date)
	}
	return locale.T("match.dates.apart."+kinds, "distance", distance(a.Date, b.Date), "first", a.Date, "second", b.Date)
}

// distance says how far apart two days are: in days below a month, else in months, rounded.
func distance(d, e calendar.Day) locale.Text {
	first, last := inOrder(d, e)
	months := (last.Year-first.Year)*12 + int(last.Month) - int(first.Month)
	if first.AddMonths(months).After(last) {
		months--
	}
	if months == 0 {
		return locale.T("match.distance.days", "count", first.DaysUntil(last))
	}
	if first.AddMonths(months).DaysUntil(last) > 15 {
		months++
	}
	return locale.T("match.distance.months", "count", months)
}

// against says what forbids the pair.
func (f finding) against(a, b Side) locale.Text {
	switch f.ground {
	case sameOrganisation:
		return locale.T("match.not.same_organisation")
	case nothingSaid:
		return locale.T("match.not.nothing_said")
	case nothingToBuy:
		if a.Kind == intake.Offer {
			return locale.T("match.not.offers")
		}
		return locale.T("match.not.nothing_to_buy")
	case familyUnknown:
		return locale.T("match.not.family_unknown")
	case familiesApart:
		return locale.T("match.not.families", "first", a.Family, "second", b.Family)
	case nothingInCommon:
		return locale.T("match.not.leftovers", "family", a.Family)
	default:
		return f.farText(a, b)
	}
}

func (f finding) farText(a, b Side) locale.Text {
	return locale.T("match.not.far_apart", "first", a.Date, "second", b.Date)
}
