package intake

import (
	"strings"
	"unicode/utf8"

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

// Read says what a message means on the day when it was written. It never fails: what says nothing is of the kind Nothing. A message of
// several sentences or lines that each propose something of their own gives the first, with the others under Also.
func Read(message string, on calendar.Day) Statement {
	s := clean(message)
	whole := readOne(s, on)
	parts := sentences(s)
	if len(parts) < 2 || !severalFamilies(s, parts) {
		return whole
	}
	var each []Statement
	for _, part := range parts {
		if one := readOne(part, on); one.Kind != Nothing && len(one.Families) > 0 && !repeated(each, one) {
			each = append(each, one)
		}
	}
	if len(each) < 2 {
		return whole
	}
	first := each[0]
	first.Also = each[1:min(len(each), 1+mostAlso)]
	return first
}

// readOne reads a text that proposes one thing at most.
func readOne(s string, on calendar.Day) Statement {
	r := newReading(s, on)
	r.weighRules()
	r.decide()
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
func newReading(s string, on calendar.Day) *reading {
	r := &reading{s: s, on: on, typed: text.Words(s)}
	r.words = known().mend(r.typed)
	r.hits = family.Find(s, r.words)
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

	rules weight             // what the rules say for each kind
	said  [len(kinds)][]span // the phrases that spoke for each kind, strongest first
	kind  int                // the column of the kind that was taken
	sure  float64            // of the kind, 0–1
}

// clean makes a message safe to read: valid UTF-8 of bounded length, without control characters, and with what chats write between angle
// brackets (mentions, channels, links) and the names after @ blanked out.
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
	s = strings.ToValidUTF8(s, " ")
	if !strings.ContainsAny(s, "<@\t\r") && strings.IndexFunc(s, isControl) < 0 {
		return s
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
	return string(b)
}

func isControl(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }

func blank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}

// sentences parts a text at line breaks, semicolons and the ends of sentences. A full stop inside a number, a date or an abbreviation
// ("ech. 31/12") parts nothing: a capital has to follow it.
func sentences(s string) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		end := false
		switch s[i] {
		case '\n', ';':
			end = true
		case '.', '!', '?':
			rest := strings.TrimLeft(s[i+1:], " ")
			end = len(rest) < len(s)-i-1 && rest != "" && text.Word{}.Upper(rest)
		}
		if end {
			if part := strings.TrimSpace(s[from : i+1]); part != "" && len(parts) < 2*mostAlso {
				parts = append(parts, part)
			}
			from = i + 1
		}
	}
	if part := strings.TrimSpace(s[from:]); part != "" {
		parts = append(parts, part)
	}
	return parts
}

// severalFamilies says whether at least two parts each name an unrelated family outright.
func severalFamilies(s string, parts []string) bool {
	var first family.Code
	for _, part := range parts {
		for _, h := range family.Find(part, text.Words(part)) {
			if h.Hint || !h.Term || h.Likely() == "" {
				continue
			}
			if first == "" {
				first = h.Likely()
			} else if !family.Related(first, h.Likely()) {
				return true
			}
			break
		}
	}
	return false
}

// repeated says whether the family of one was proposed before.
func repeated(each []Statement, one Statement) bool {
	for _, other := range each {
		if family.Related(other.Families[0].Code, one.Families[0].Code) {
			return true
		}
	}
	return false
}
