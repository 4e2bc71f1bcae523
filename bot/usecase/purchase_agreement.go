package usecase

import (
	"strings"

	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
	"sdcbot/bot/text"
)

// SignPurchase records that an organisation has signed the agreement: the person's own, or another that is named where the person coordinates, who holds the
// paper. The day is today unless one is said: "signer", "signer 12/03/2027", "signer Office B 12/03/2027".
func SignPurchase(t *Turn, ref purchase.Ref, words string) (Reply, error) {
	org, words := t.organisationFirst(words)
	day := t.today()
	if words != "" {
		var err error
		if day, err = t.dayIn(ref, "signature", words); err != nil {
			return Reply{}, err
		}
	}
	p, org, err := t.alterAgreement(ref, org, func(p purchase.Purchase, org string) (purchase.Purchase, error) {
		return p.Sign(org, t.Who.Handle, day, t.today())
	})
	if err != nil {
		return Reply{}, err
	}
	line := locale.T("purchase.signed", "organisation", t.organisation(org), "count", len(p.Unsigned()))
	if len(p.Unsigned()) == 0 {
		line = locale.T("purchase.signed.all", "organisation", t.organisation(org))
	}
	if err := t.tellLead(p, line); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, line)
}

// DeliberatePurchase records the day on which an organisation's board decides whether it joins.
func DeliberatePurchase(t *Turn, ref purchase.Ref, words string) (Reply, error) {
	org, words := t.organisationFirst(words)
	day, err := t.dayIn(ref, "board", words)
	if err != nil {
		return Reply{}, err
	}
	p, org, err := t.alterAgreement(ref, org, func(p purchase.Purchase, org string) (purchase.Purchase, error) { return p.Deliberate(org, day) })
	if err != nil {
		return Reply{}, err
	}
	m, _ := p.Member(org)
	line := locale.T("purchase.agreement.line", "organisation", t.organisation(org), "what", m.AgreementText(t.today()))
	if err := t.tellLead(p, line); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, line)
}

// alterAgreement changes what is known of an organisation's agreement, and returns whose it was.
func (t *Turn) alterAgreement(ref purchase.Ref, org string, change func(purchase.Purchase, string) (purchase.Purchase, error)) (purchase.Purchase, string, error) {
	if org == "" {
		org = t.Who.Organisation
	}
	p, err := t.alter(ref, func(p purchase.Purchase) (purchase.Purchase, error) {
		if org != t.Who.Organisation && p.Coordinator.Org != t.Who.Organisation {
			return p, refuse("purchase.refuse.not-coordinator", "organisation", t.organisation(org))
		}
		return change(p, org)
	})
	return p, org, err
}

// organisationFirst reads an organisation at the head of a line, by its name or its code, and returns its code and the rest.
func (t *Turn) organisationFirst(words string) (org, rest string) {
	words = clean(words)
	for _, o := range t.Circle.Organisations {
		for _, name := range []string{o.Name, o.Code} {
			if len(words) < len(name) || text.Fold(words[:len(name)]) != text.Fold(name) {
				continue
			}
			if rest := words[len(name):]; rest == "" || strings.HasPrefix(rest, " ") {
				return o.Code, strings.TrimSpace(rest)
			}
		}
	}
	return "", words
}
