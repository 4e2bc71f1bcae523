package usecase

import (
	"time"

	"sdcbot/bot/intake"
	"sdcbot/bot/proposal"
)

// adoptedKey marks the instant of the latest adoption: what was held before is no news for a digest.
const adoptedKey = "adopted"

// Adopt records what an organisation held before it met the bot, as if it had been said on an earlier day: no card is posted, nobody
// is asked, and what comes close to it is taken as known already. It is how a rehearsal begins with a circle that has a past.
func Adopt(t *Turn, sentence string, said time.Time) (proposal.Ref, error) {
	then := *t
	then.Now = said
	s := t.reader().Read(sentence, then.today())
	if s.Kind == intake.Nothing {
		return "", refuse("propose.which.title")
	}
	p, err := then.newProposal(s, sentence, proposal.Live)
	if err != nil {
		return "", err
	}
	others, err := then.related(p.Family)
	if err != nil {
		return "", err
	}
	found, err := t.nearby(p, others)
	if err != nil {
		return "", err
	}
	if err := t.Tx.Settings().Put(adoptedKey, t.Now); err != nil {
		return "", err
	}
	for _, n := range found {
		a, b := proposal.Order(p.Ref, n.peer.Ref)
		if err := t.Tx.Pairs().Put(proposal.Pair{A: a, B: b, At: said}); err != nil {
			return "", err
		}
	}
	return p.Ref, nil
}
