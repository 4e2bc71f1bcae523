package usecase

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/text"
)

// mostAlerts is how many reminders a contract may have.
const mostAlerts = 8

// usualAlerts are the words, folded, that bring the usual reminders back.
var usualAlerts = []string{"habituels", "par defaut", "defaut", "usual", "default"}

var numbers = regexp.MustCompile(`[0-9]+`)

// Alerts sets at how many months before the last day a contract's holder is reminded: "18, 12, 6". Nothing, or a word such as "habituels", brings the usual ones back.
func Alerts(t *Turn, ref proposal.Ref, words string) (Reply, error) {
	before, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	if before.Kind != proposal.Contract {
		return Reply{}, refuse("decide.not-a-contract", "ref", string(ref))
	}
	if plain := text.Fold(strings.TrimSpace(words)); plain != "" && !numbers.MatchString(plain) && !slices.Contains(usualAlerts, plain) {
		return Reply{}, refuse("alerts.not-read", "ref", string(ref), "typed", words)
	}
	var months []int
	for _, typed := range numbers.FindAllString(words, mostAlerts+1) {
		n, err := strconv.Atoi(typed)
		if err != nil || n < 1 || n > contract.MostAlert {
			return Reply{}, refuse("alerts.out-of-range", "ref", string(ref), "typed", typed, "most", contract.MostAlert)
		}
		months = append(months, n)
	}
	if len(months) > mostAlerts {
		return Reply{}, refuse("alerts.too-many", "most", mostAlerts)
	}
	slices.Sort(months)
	slices.Reverse(months)
	months = slices.Compact(months)
	after := before
	after.Terms.Alerts = months
	if same(before, after) {
		return say(locale.T("change.nothing", "ref", string(ref))), nil
	}
	if err := t.putProposal(&before, after); err != nil {
		return Reply{}, err
	}
	led, err := t.leadLine(after)
	if err != nil {
		return Reply{}, err
	}
	if len(months) == 0 {
		return say(append([]locale.Text{locale.T("alerts.usual", "ref", string(ref), "subject", subject(after))}, led...)...), nil
	}
	var said []locale.Text
	for _, n := range months {
		said = append(said, locale.Plain(strconv.Itoa(n)))
	}
	return say(append([]locale.Text{locale.T("alerts.set", "ref", string(ref), "subject", subject(after), "months", said)}, led...)...), nil
}
