package intake

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/money"
	"sdcbot/bot/text"
)

// mostRead is how many bytes of a message are read. What a DSI proposes stands at its beginning, and reading stays quick whatever is pasted.
const mostRead = 2000

// mostAlso is how many further proposals one message may hold.
const mostAlso = 8

// statement is what a text says that proposes one thing at most.
func (r *reading) statement() Statement {
	st := Statement{
		Kind:     kinds[r.kind],
		Families: family.Weigh(r.hits),
		Date:     r.date.day,
		Supplier: r.supplier(),
	}
	if st.Kind != Nothing {
		st.Start = r.date.start
		st.Amount = r.amount()
		st.Notice = r.notice
		st.Renewal, st.RenewalMonths, st.MaxRenewals = r.renewed.Renewal, r.renewed.Months, r.renewed.Max
		st.Object = r.object()
	}
	st.Confidence = r.confidence(st)
	st.Because = r.because(st)
	return st
}

// newReading finds the facts in a text that was cleaned.
func newReading(s string, on calendar.Day, by *Reader) *reading {
	r := &reading{s: s, on: on, by: by, typed: text.Words(s)}
	r.words = by.mend(r.typed)
	r.hits = by.dictionary.Find(s, r.words)
	r.notice, r.noticeAt = readNotice(s, r.words)
	r.renewed, r.renewedAt = readRenewal(s, r.words)
	r.sum, _ = money.Find(s)
	r.date, r.dated = readDate(s, on)
	return r
}

// amount is the sum with its period; where none was said a contract costs that a year, and a need once.
func (r *reading) amount() money.Amount {
	a := r.sum.Amount
	if !a.IsZero() && !r.sum.PeriodSaid && r.kind != toContract {
		a.Period = money.Total
	}
	return a
}

// reading is a text while it is read.
type reading struct {
	s     string
	on    calendar.Day
	by    *Reader
	typed []text.Word // as typed
	words []text.Word // with typing errors put right
	hits  []family.Hit

	notice    contract.Notice
	noticeAt  span
	renewed   Renewed
	renewedAt span
	sum       money.Found
	date      dating
	dated     bool

	listed    bool               // a further member of a list in its sentence
	shared    bool               // date and terms were said of another thing in the same sentence
	rules     weight             // what the rules say for each kind
	strongest float64            // the weight of the phrase that speaks loudest for a kind
	said      [len(kinds)][]span // the phrases that spoke for each kind, strongest first
	kind      int                // the column of the kind that was taken
	sure      float64            // of the kind, 0–1
}

// clean makes a message safe to read: valid UTF-8 of bounded length with composed accents, without control characters, with what chats write between
// angle brackets (mentions, channels, links) and the names after @ blanked out, and one space where several stand.
func clean(message string) string {
	s := message
	if len(s) > mostRead {
		cut := mostRead
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut]
		if space := strings.LastIndexAny(s, " \n\t"); space > mostRead/2 {
			s = s[:space]
		}
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, " "))
	if !strings.ContainsAny(s, "<@\t\r") && strings.IndexFunc(s, isControl) < 0 {
		return singleSpaced(s)
	}
	b := []byte(s)
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '<':
			if end := strings.IndexByte(s[i:], '>'); end > 0 && end < 200 {
				blank(b[i : i+end+1])
				i += end
			}
		case b[i] == '@' && (i == 0 || b[i-1] == ' ' || b[i-1] == '('):
			end := strings.IndexAny(s[i:], " \n,;:)!?")
			if end < 0 {
				end = len(s) - i
			}
			blank(b[i : i+end])
		case b[i] < ' ' && b[i] != '\n' || b[i] == 0x7f:
			b[i] = ' '
		}
	}
	return singleSpaced(string(b))
}

// singleSpaced puts one plain space where several or others stand: "23  400 €" is one number, and "Bouygues  Telecom" one name.
func singleSpaced(s string) string {
	if !strings.Contains(s, "  ") && !strings.ContainsAny(s, "\u00a0\u202f") {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	spaced := false
	for _, r := range s {
		if r == '\u00a0' || r == '\u202f' {
			r = ' '
		}
		if r != ' ' || !spaced {
			out.WriteRune(r)
		}
		spaced = r == ' '
	}
	return out.String()
}

func isControl(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }

func blank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}
