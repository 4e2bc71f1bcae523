package usecase

import (
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

func consentKey(org string) string { return "consent " + org }

// consented says whether an organisation lets its partners see its amounts.
func (t *Turn) consented(org string) (bool, error) {
	var yes bool
	err := t.Tx.Settings().Get(consentKey(org), &yes)
	return yes, err
}

// Trust says who sees what of the person's organisation, from the very table that decides it.
func Trust(t *Turn) (Reply, error) {
	org := t.Who.Organisation
	consented, err := t.consented(org)
	if err != nil {
		return Reply{}, err
	}
	d := chat.Draft{Title: locale.T("trust.title", "organisation", t.organisation(org))}
	outside := circle.StandingOf(t.Who, org, t.today()) == circle.Outsider
	for _, standing := range []circle.Standing{circle.Own, circle.Partner, circle.Outsider} {
		if outside && standing == circle.Own {
			continue // an adviser has no organisation whose all would be theirs to see
		}
		var plain, banded, hidden []locale.Text
		for _, f := range circle.Fields {
			name := locale.T("trust.field." + string(f))
			switch circle.Show(standing, f, consented) {
			case circle.Plainly:
				plain = append(plain, name)
			case circle.Banded:
				banded = append(banded, name)
			default:
				hidden = append(hidden, name)
			}
		}
		value := locale.T("value", "value", plain)
		if len(plain) == len(circle.Fields) {
			value = locale.T("trust.everything")
		}
		if len(banded) > 0 {
			value = locale.T("trust.and-bands", "sees", value, "banded", banded)
		}
		if len(hidden) > 0 {
			value = locale.T("trust.but-not", "sees", value, "hidden", hidden)
		}
		d.Fields = append(d.Fields, chat.Field[locale.Text]{Label: locale.T("trust.standing." + standingKey(standing)), Value: value})
	}
	if outside {
		d.Title = locale.T("trust.title.outside")
		return Reply{Draft: &d}, nil
	}
	d.Footer = locale.T("trust.footer.banded")
	if consented {
		d.Footer = locale.T("trust.footer.shared")
	}
	return Reply{Draft: &d}, nil
}

func standingKey(s circle.Standing) string {
	switch s {
	case circle.Own:
		return "own"
	case circle.Partner:
		return "partner"
	}
	return "outsider"
}

// ShareAmounts lets partners see the organisation's amounts, or no longer. What stands in the chats follows.
func ShareAmounts(t *Turn, share bool) (Reply, error) {
	org := t.Who.Organisation
	before, err := t.consented(org)
	if err != nil {
		return Reply{}, err
	}
	key := "trust.banded"
	if share {
		key = "trust.shared"
	}
	if before == share {
		return say(locale.T(key, "organisation", t.organisation(org))), nil
	}
	if err := putSetting(t, consentKey(org), &before, share); err != nil {
		return Reply{}, err
	}
	if err := t.refreshAmounts(org); err != nil {
		return Reply{}, err
	}
	return Reply{Draft: &chat.Draft{
		Lines:   []locale.Text{locale.T(key, "organisation", t.organisation(org))},
		Buttons: []chat.Button[locale.Text]{{ID: "undo " + t.Act, Label: locale.T("button.undo")}},
	}}, nil
}

const outsidersKey = "outsiders"

// Outsiders says whether an adviser or a reader from outside has access to the circle's channel on that day.
func Outsiders(c circle.Circle, on calendar.Day) bool {
	return slices.ContainsFunc(c.People, func(p circle.Person) bool { return circle.StandingOf(p, "", on) == circle.Outsider })
}

// FollowOutsiders shows the cards that stand anew when the first outsider has come or the last one has gone: what they may not see
// does not stand in the channel.
func FollowOutsiders(t *Turn) error {
	var before bool
	if err := t.Tx.Settings().Get(outsidersKey, &before); err != nil {
		return err
	}
	now := Outsiders(t.Circle, t.today())
	if now == before {
		return nil
	}
	if err := t.Tx.Settings().Put(outsidersKey, now); err != nil {
		return err
	}
	for _, o := range t.Circle.Organisations {
		if err := t.refreshAmounts(o.Code); err != nil {
			return err
		}
	}
	return nil
}

// refreshAmounts promises that the messages about the organisation's proposals with an amount show what may be seen now.
func (t *Turn) refreshAmounts(org string) error {
	live, err := t.live()
	if err != nil {
		return err
	}
	for _, p := range live {
		if p.Org == org && p.State == proposal.Live && !p.Amount.IsZero() {
			if err := t.refresh(p); err != nil {
				return err
			}
		}
	}
	return nil
}
