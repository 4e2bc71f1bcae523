package purchase

import (
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
)

// Estimate is the summed need of the organisations over the whole duration of the joint contract, renewals and all lots included: that is
// the value which decides on the procedure (R2121-1).
type Estimate struct {
	Months int
	Cents  int64    // what is known of it, without VAT
	Orgs   []string // whose need it is
	Silent []string // those of them who gave no amount for something that they put in

	// Band is the bracket of the sum by year: what partners may see of it. It is the sum of the brackets that they see of each amount already. The
	// bracket of the exact sum would tell whoever knows one amount more of the other.
	Band money.Band
}

// estimate sums what the organisations put in.
func estimate(needs []proposal.Proposal, months int) Estimate {
	e := Estimate{Months: months}
	for _, n := range needs {
		if !slices.Contains(e.Orgs, n.Org) {
			e.Orgs = append(e.Orgs, n.Org)
		}
		cents, ok := over(n, months)
		if !ok {
			if !slices.Contains(e.Silent, n.Org) {
				e.Silent = append(e.Silent, n.Org)
			}
			continue
		}
		e.Band = joined(e.Band, yearlyBand(n, months), e.Cents == 0)
		e.Cents = min(e.Cents+cents, money.Max*100)
	}
	return e
}

// over returns what the need comes to in that many months. A total is spread over the firm period of its contract, which makes it dearer rather
// than cheaper; where that is not known it is taken as it is.
func over(n proposal.Proposal, months int) (cents int64, ok bool) {
	switch n.Amount.Period {
	case money.Yearly:
		return n.Amount.Cents * int64(months) / 12, true
	case money.Monthly:
		return n.Amount.Cents * int64(months), true
	case money.Total:
		if length := firmMonths(n.Terms); length > 0 {
			return n.Amount.Cents * int64(months) / int64(length), true
		}
		return n.Amount.Cents, true
	}
	return 0, false
}

// firmMonths is the length of the firm period in whole months, zero when it is not known.
func firmMonths(t contract.Terms) int {
	switch {
	case !t.End.IsZero() && !t.Start.IsZero():
		return max(0, monthsBetween(t.Start, t.End.AddDays(1)))
	case t.End.IsZero():
		return max(0, t.Months)
	}
	return 0
}

// monthsBetween counts months from d to e, rounded to the nearest.
func monthsBetween(d, e calendar.Day) int {
	months := (e.Year-d.Year)*12 + int(e.Month) - int(d.Month)
	rest := d.AddMonths(months).DaysUntil(e)
	switch {
	case rest > 15:
		months++
	case rest < -15:
		months--
	}
	return months
}

// Certain says whether everybody gave an amount.
func (e Estimate) Certain() bool { return len(e.Silent) == 0 && len(e.Orgs) > 0 }

// yearlyBand is the bracket by year that partners can work out of what they see of a need: a total's is spread as its sum is.
func yearlyBand(n proposal.Proposal, months int) money.Band {
	band := money.BandOf(n.Amount)
	if n.Amount.Period != money.Total {
		return band
	}
	length := firmMonths(n.Terms)
	if length == 0 {
		length = months
	}
	const thousand = 1000 // spread, the limits are rounded outwards to it
	spread := func(euros int64) int64 { return euros * 12 / int64(max(length, 1)) }
	band.From = spread(band.From) / thousand * thousand
	if band.Below > 0 {
		band.Below = (spread(band.Below) + thousand - 1) / thousand * thousand
	}
	return band
}

// joined adds one bracket to the sum of others; the first is taken as it is. What has no upper limit leaves the sum without one.
func joined(sum, next money.Band, first bool) money.Band {
	switch {
	case first:
		return next
	case sum.Below == 0 || next.Below == 0:
		return money.Band{From: sum.From + next.From}
	}
	return money.Band{From: sum.From + next.From, Below: sum.Below + next.Below}
}

// Text says the sum, exact only for those who may see every amount in it.
func (e Estimate) Text(exact bool) locale.Text {
	length := lengthText(e.Months)
	switch {
	case len(e.Orgs) == 0 || e.Cents == 0:
		return locale.T("purchase.need.unknown", "length", length)
	case exact && e.Certain():
		return locale.T("purchase.need.exact", "euros", int(e.Cents/100), "length", length, "count", len(e.Orgs))
	case exact:
		return locale.T("purchase.need.at-least", "euros", int(e.Cents/100), "length", length, "count", len(e.Silent))
	case e.Certain():
		return locale.T("purchase.need.band", "band", e.Band, "length", length, "count", len(e.Orgs))
	}
	return locale.T("purchase.need.band-at-least", "band", e.Band, "length", length, "count", len(e.Silent))
}

// lengthText says a duration in years where it is whole years: 4 ans, 18 mois.
func lengthText(months int) locale.Text {
	if months > 0 && months%12 == 0 {
		return locale.T("purchase.years", "count", months/12)
	}
	return locale.T("contract.months", "count", months)
}

// monthsText says a number of days as months, or as days below half a month.
func monthsText(days int) locale.Text {
	if months := monthsOf(days); months > 0 {
		return locale.T("contract.months", "count", months)
	}
	return locale.T("contract.days", "count", days)
}

func daysText(days int) locale.Text { return locale.T("contract.days", "count", days) }

// monthsOf rounds days to months of 365/12 days.
func monthsOf(days int) int { return (days*24 + 365) / 730 }
