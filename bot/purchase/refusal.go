package purchase

import "sdcbot/bot/locale"

// Refusal is the error of every change that the rules forbid: why, and what remains possible. Nothing was changed.
type Refusal struct {
	Why     locale.Text
	Instead []locale.Text // in the order in which to try
}

func (r *Refusal) Error() string { return r.Why.In(locale.French) }

func refuse(key string, pairs ...any) *Refusal { return &Refusal{Why: locale.T(key, pairs...)} }

// then joins sentences about things that follow each other: a, puis b.
func then(texts []locale.Text) locale.Text { return chain("purchase.then", texts) }

// along joins sentences that hold together and may hold commas themselves: a ; b.
func along(texts []locale.Text) locale.Text { return chain("purchase.along", texts) }

func chain(key string, texts []locale.Text) locale.Text {
	if len(texts) == 0 {
		return locale.Text{}
	}
	said := texts[0]
	for _, text := range texts[1:] {
		said = locale.T(key, "head", said, "tail", text)
	}
	return said
}

// instead adds what remains possible.
func (r *Refusal) instead(keys ...string) *Refusal {
	for _, key := range keys {
		r.Instead = append(r.Instead, locale.T("purchase.instead."+key))
	}
	return r
}
