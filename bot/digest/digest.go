// Package digest says what the weekly digest holds: what is new since the last one that was really sent, and the days that come
// close. When it is posted and where is decided above; how it is worded, in bot/usecase and bot/locale.
package digest

import (
	"slices"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/proposal"
)

// soonMonths is how far ahead the digest looks for last days to give notice.
const soonMonths = 3

// most is how many lines a section holds; the rest is counted.
const most = 10

// Deadline is a contract's last day to give notice, or its end where none can be given any more.
type Deadline struct {
	Proposal proposal.Proposal
	LastDay  calendar.Day
}

// Section is a part of the digest: at most ten items, and how many more there are.
type Section[T any] struct {
	Items []T
	More  int
}

// Digest is what one digest says. The last section is context: it alone is no reason to post.
type Digest struct {
	New      Section[proposal.Proposal]
	Answered Section[proposal.Ask]
	Soon     Section[Deadline]
}

// Of makes the digest of what was recorded and answered after since, as it stands on today. It is empty (ok false) when
// nothing is new. The proposals are the live ones; asks may concern others and are then left out.
func Of(live []proposal.Proposal, asks []proposal.Ask, since time.Time, today calendar.Day) (d Digest, ok bool) {
	var fresh []proposal.Proposal
	var soon []Deadline
	known := map[proposal.Ref]bool{}
	for _, p := range live {
		known[p.Ref] = true
		if p.At.After(since) {
			fresh = append(fresh, p)
		}
		if deadline, ok := deadlineOf(p, today); ok {
			soon = append(soon, deadline)
		}
	}
	var answered []proposal.Ask
	for _, a := range asks {
		if known[a.Proposal] && a.Answer != proposal.Silent && a.Answered.After(since) {
			answered = append(answered, a)
		}
	}
	slices.SortStableFunc(answered, func(a, b proposal.Ask) int { return a.Answered.Compare(b.Answered) })
	slices.SortStableFunc(soon, func(a, b Deadline) int { return a.LastDay.Compare(b.LastDay) })
	return Digest{section(fresh), section(answered), section(soon)}, len(fresh)+len(answered) > 0
}

// deadlineOf is a contract's day to decide by, if it comes soon. A decision taken is its organisation's own affair and does not
// show here, but a contract that was decided on needs no attention any more.
func deadlineOf(p proposal.Proposal, today calendar.Day) (Deadline, bool) {
	if p.Kind != proposal.Contract {
		return Deadline{}, false
	}
	reminders := contract.Reminders(p.Standing(), today)
	if len(reminders) == 0 {
		return Deadline{}, false
	}
	r := reminders[0]
	if p.Decision.Term == r.Term && p.Decision.Kind != "" && p.Decision.Kind != contract.Later {
		return Deadline{}, false
	}
	return Deadline{p, r.LastDay}, !r.LastDay.After(today.AddMonths(soonMonths))
}

func section[T any](items []T) Section[T] {
	n := min(len(items), most)
	return Section[T]{items[:n:n], len(items) - n}
}
