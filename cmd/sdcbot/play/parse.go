package play

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"sdcbot/bot/chat"
)

// Fault is a line that Parse does not understand. Its Error names the file and the line.
type Fault struct {
	File    string
	Line    int
	Source  string // the line as it stands
	Problem string
	Nearest string // the step that comes nearest, as the table of steps writes it; empty when none does
}

func (f *Fault) Error() string {
	s := fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Problem)
	if f.Source != "" {
		s += ": " + shortened(f.Source, 120)
	}
	if f.Nearest != "" {
		s += " (nearest step: " + f.Nearest + ")"
	}
	return s
}

// Read parses the file at path.
func Read(path string) (Script, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return Script{}, err
	}
	return Parse(path, string(source))
}

// Parse reads a conversation: UTF-8, one step a line, blank lines and lines that start with # skipped. The first step is
// "circle: FILE", the second "now YYYY-MM-DD HH:MM". The steps that may follow are the rows of the table forms. A line that is none
// of them is a *Fault; the first one is returned.
func Parse(file, source string) (Script, error) {
	script := Script{File: file}
	begun := false
	number := 0
	for line := range strings.SplitSeq(strings.TrimPrefix(source, "\uFEFF"), "\n") {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fault := func(problem error) error {
			f := &Fault{File: file, Line: number, Source: line, Problem: problem.Error()}
			if !errors.Is(problem, errValue) {
				f.Nearest = nearest(line)
			}
			return f
		}
		if !utf8.ValidString(line) {
			return Script{}, fault(wrong("not UTF-8"))
		}
		switch {
		case script.Circle == "":
			path, found := strings.CutPrefix(line, "circle:")
			if path = strings.TrimSpace(path); !found || path == "" {
				return Script{}, fault(wrong(`the first step must be "circle: FILE.yaml"`))
			}
			script.Circle = path
		case !begun:
			when, found := strings.CutPrefix(line, "now ")
			if !found {
				return Script{}, fault(wrong(`the second step must be "now YYYY-MM-DD HH:MM"`))
			}
			now, err := parseClock(when)
			if err != nil {
				return Script{}, fault(err)
			}
			script.Now, begun = now, true
		default:
			do, err := parseStep(line)
			if err != nil {
				return Script{}, fault(err)
			}
			script.Steps = append(script.Steps, Step{Line: number, Source: line, Do: do})
		}
	}
	switch {
	case script.Circle == "":
		return Script{}, &Fault{File: file, Line: number, Problem: `no step "circle: FILE.yaml"`}
	case !begun:
		return Script{}, &Fault{File: file, Line: number, Problem: `no step "now YYYY-MM-DD HH:MM"`}
	}
	return script, nil
}

// errValue marks what is wrong inside a step whose form was recognised: to name the nearest step would only mislead then.
var errValue = errors.New("")

// wrong is the fault of a line whose form was recognised.
func wrong(format string, a ...any) error { return fmt.Errorf(format+"%w", append(a, errValue)...) }

// errUnknown is the fault of a line that has the form of no step: the nearest one is named with it.
var errUnknown = errors.New("not a step")

// forms are the steps after the first two, as people read them in the documentation. nearest compares with them.
var forms = []string{
	"+7d", "+3h", "+10m", "until 2027-03-01 08:00",
	"@person #channel> text", "@person dm> text", "@person thread #channel> text", `@person thread on "words" #channel> text`,
	"@person via mattermost #channel> text", "@person reacts 🙋", `@person reacts 🙋 on "words"`, "@person unreacts 🙋",
	`@person presses "Label"`, `@person presses "Label" on "words"`, "@person fills field=value; field=value", "@person sends file.csv",
	"bot #channel> words", "bot @person> words", "thread #channel> words", "thread @person> words",
	"bot #channel via mattermost> words", "edit #channel> words", "edit @person> words", "nothing #channel> words", "nothing @person>",
	"file @person name.csv> words", "mail address@> words",
	"stop", "start", "crash", "down mattermost", "up mattermost",
}

// parseStep reads one line after the first two. The first word decides; what has a fixed wording is compared whole.
func parseStep(line string) (Deed, error) {
	switch line {
	case "stop":
		return Stops{}, nil
	case "start":
		return Starts{}, nil
	case "crash":
		return Crashes{}, nil
	}
	if strings.HasPrefix(line, "+") {
		return parseMove(line)
	}
	first, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case strings.HasPrefix(first, "@") && len(first) > 1:
		return parsePerson(first[1:], rest)
	case first == "until":
		to, err := parseClock(rest)
		return Moves{To: to}, err
	case first == "down", first == "up":
		if !isName(rest) {
			return nil, errUnknown
		}
		return Reaches{Chat: rest, Up: first == "up"}, nil
	case first == "circle:", strings.HasPrefix(first, "circle:"):
		return nil, wrong("a conversation has one circle, named in its first step")
	case first == "now":
		return nil, wrong(`the clock is set once, in the second step; "until" and "+7d" move it`)
	}
	return parseExpectation(Sort(first), rest)
}

var moveForm = regexp.MustCompile(`^\+([0-9]{1,5})([dhm])$`)

// parseMove reads "+7d". Five digits are enough for any year that somebody plays, and keep the clock from overflowing.
func parseMove(line string) (Deed, error) {
	found := moveForm.FindStringSubmatch(line)
	if found == nil {
		return nil, errUnknown
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		return nil, err
	}
	switch found[2] {
	case "d":
		return Moves{Days: n}, nil
	case "h":
		return Moves{By: time.Duration(n) * time.Hour}, nil
	}
	return Moves{By: time.Duration(n) * time.Minute}, nil
}

// parseClock reads a date and an hour; a day that no calendar has is refused.
func parseClock(s string) (Clock, error) {
	t, err := time.Parse("2006-01-02 15:04", spaced(s))
	if err != nil {
		return Clock{}, wrong("%q is not a date and an hour like 2027-03-01 08:00", s)
	}
	return Clock{t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute()}, nil
}

// parsePerson reads what follows "@handle".
func parsePerson(person, rest string) (Deed, error) {
	if !isName(person) {
		return nil, errUnknown
	}
	who := Actor{Person: person}
	// The chat stands before the verb, whatever that is: "via mattermost reacts 🙋".
	verb, tail, _ := strings.Cut(rest, " ")
	if verb == "via" {
		who.Chat, rest, _ = strings.Cut(strings.TrimSpace(tail), " ")
		if !isName(who.Chat) {
			return nil, errUnknown
		}
		rest = strings.TrimSpace(rest)
		verb, tail, _ = strings.Cut(rest, " ")
	}
	tail = strings.TrimSpace(tail)
	switch verb {
	case "reacts", "unreacts":
		emoji, on, _ := strings.Cut(tail, " ")
		words, err := parseOn(on)
		if err != nil {
			return nil, err
		}
		if emoji == "" {
			return nil, wrong("no emoji")
		}
		return Reacts{Actor: who, Emoji: chat.Normalise(emoji), Off: verb == "unreacts", On: words}, nil
	case "presses":
		label, on, err := quoted(tail)
		if err != nil {
			return nil, err
		}
		words, err := parseOn(on)
		if err != nil {
			return nil, err
		}
		if bare(label) == "" {
			return nil, wrong("no label")
		}
		return Presses{Actor: who, Label: label, On: words}, nil
	case "fills":
		entries, err := parseEntries(tail)
		return Fills{Actor: who, Entries: entries}, err
	case "sends":
		if tail == "" {
			return nil, wrong("no file named")
		}
		return Sends{Actor: who, File: tail}, nil
	}
	return parseSays(who, rest)
}

// parseSays reads "#channel> text", "dm> text", and both after "thread" or "thread on "words"".
func parseSays(who Actor, rest string) (Deed, error) {
	says := Says{Actor: who}
	if after, ok := strings.CutPrefix(rest, "thread "); ok {
		says.Where.Thread = true
		rest = strings.TrimSpace(after)
		if after, ok := strings.CutPrefix(rest, "on "); ok {
			words, tail, err := quoted(strings.TrimSpace(after))
			if err != nil {
				return nil, err
			}
			if says.Where.On, err = ParseWords(words); err != nil {
				return nil, wrong("%v", err)
			}
			rest = tail
		}
	}
	where, text, found := strings.Cut(rest, ">")
	switch channel, ok := strings.CutPrefix(where, "#"); {
	case !found:
		return nil, errUnknown
	case ok && isName(channel):
		says.Where.Channel = channel
	case where == "dm":
	default:
		return nil, errUnknown
	}
	says.Text = unescape(strings.TrimSpace(text))
	return says, nil
}

// parseExpectation reads what follows the sort: where it is expected, and the words after the first ">".
func parseExpectation(sort Sort, rest string) (Deed, error) {
	target, text, found := strings.Cut(rest, ">")
	if !found {
		return nil, errUnknown
	}
	e := Expects{Sort: sort}
	if before, name, ok := strings.Cut(target, " via "); ok && sort != Mailed && sort != Given {
		if e.Chat = strings.TrimSpace(name); !isName(e.Chat) {
			return nil, errUnknown
		}
		target = before
	}
	switch sort {
	case Posted, Replied, Edited, Nothing:
	case Given:
		person, name, ok := strings.Cut(target, " ")
		if target, e.File = person, strings.TrimSpace(name); !ok || e.File == "" || !strings.HasPrefix(person, "@") {
			return nil, errUnknown
		}
	case Mailed:
		if address := strings.TrimSpace(target); isName(address) {
			e.Person = address
			break
		}
		return nil, errUnknown
	default:
		return nil, errUnknown
	}
	if sort != Mailed {
		switch {
		case strings.HasPrefix(target, "#") && isName(target[1:]):
			e.Channel = target[1:]
		case strings.HasPrefix(target, "@") && isName(target[1:]):
			e.Person = target[1:]
		default:
			return nil, errUnknown
		}
	}
	words, err := ParseWords(strings.TrimSpace(text))
	if err != nil {
		return nil, wrong("%v", err)
	}
	e.Words = words
	return e, nil
}

// parseOn reads what may follow a reaction or a press: nothing, or on "words".
func parseOn(s string) (Words, error) {
	if s = strings.TrimSpace(s); s == "" {
		return Words{}, nil
	}
	// Anything else behind a label is more likely a forgotten "on" than nothing.
	after, ok := strings.CutPrefix(s, "on ")
	if !ok {
		return Words{}, wrong(`what follows must be on "words", not %s`, s)
	}
	inner, rest, err := quoted(strings.TrimSpace(after))
	if err != nil {
		return Words{}, err
	}
	if rest != "" {
		return Words{}, wrong("too much after the words: %s", rest)
	}
	words, err := ParseWords(inner)
	if err != nil {
		return Words{}, wrong("%v", err)
	}
	return words, nil
}

// quotes are the signs that may stand around words, as keyboards in both languages give them.
var quotes = map[rune]rune{'"': '"', '“': '”', '«': '»'}

// quoted reads a quoted string at the beginning of s and returns what it holds and what follows. \" is a quote inside it.
func quoted(s string) (inner, rest string, err error) {
	first, size := utf8.DecodeRuneInString(s)
	end, known := quotes[first]
	if !known {
		return "", "", wrong(`words in quotes are wanted: "…"`)
	}
	var b strings.Builder
	escaped := false
	for i, r := range s[size:] {
		switch {
		case r == '\\' && !escaped:
			escaped = true
			continue
		case r == end && !escaped:
			return strings.TrimSpace(b.String()), strings.TrimSpace(s[size+i+utf8.RuneLen(r):]), nil
		case escaped && r != end && r != '\\':
			b.WriteRune('\\')
		}
		escaped = false
		b.WriteRune(r)
	}
	return "", "", wrong("the closing quote is missing")
}

// parseEntries reads "field=value; field=value". A part without "=" goes on with the value before it, so a value may hold ";" too.
func parseEntries(s string) ([]Entry, error) {
	var entries []Entry
	for part := range strings.SplitSeq(s, ";") {
		field, value, found := strings.Cut(part, "=")
		switch {
		case strings.TrimSpace(part) == "":
		case found && strings.TrimSpace(field) != "":
			entries = append(entries, Entry{strings.TrimSpace(field), unescape(strings.TrimSpace(value))})
		case found || len(entries) == 0:
			return nil, wrong("field=value is wanted, not %q", strings.TrimSpace(part))
		default:
			entries[len(entries)-1].Value += ";" + unescape(strings.TrimRight(part, " "))
		}
	}
	if len(entries) == 0 {
		return nil, wrong("field=value is wanted")
	}
	return entries, nil
}

// unescape puts line breaks and tabs where \n and \t stand.
func unescape(s string) string { return strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(s) }

// isName says whether s can name a person, a channel or a chat: one word without the signs that the form gives a meaning to.
func isName(s string) bool { return s != "" && !strings.ContainsAny(s, " \t>\"#") }

// shortened cuts a text for a report.
func shortened(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes-1]) + "…"
}
