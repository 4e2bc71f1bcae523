package purchase

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
)

// costKey is the field of the collection in which members say what they pay today.
const costKey = "cost"

// Needs picks out of the circle's live proposals what the members put into the purchase. What a member said in the collection to pay today
// stands in the place of the amounts of its contracts. A member who named nothing still counts, as a need of which nothing is known.
func (p Purchase) Needs(live []proposal.Proposal) []proposal.Proposal {
	var out []proposal.Proposal
	for _, m := range p.Members {
		said, answered := m.Answers[costKey]
		own := 0
		for _, held := range live {
			if held.Org != m.Org || held.Kind == proposal.Offer || !p.Covers(held) {
				continue
			}
			if answered {
				held.Amount = said.Amount
				if own > 0 {
					held.Amount = money.Amount{Period: money.Yearly} // it is in what was said of all of them
				}
			}
			own++
			out = append(out, held)
		}
		if own == 0 {
			out = append(out, proposal.Proposal{Kind: proposal.Need, Org: m.Org, Family: p.Family, Object: p.Object, Wanted: p.Target, Amount: said.Amount, State: proposal.Live})
		}
	}
	return out
}

// Question is what Rules.Feasible is asked about the purchase on a day.
func (p Purchase) Question(live []proposal.Proposal, name func(org string) string, on calendar.Day) Question {
	return Question{On: on, Family: p.Family, Wanted: p.Target, Months: p.Months, Needs: p.Needs(live), Name: name}
}
