package jsonline_test

import (
	"strings"
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/jsonline"
	"sdcbot/bot/locale"
)

func TestRead(t *testing.T) {
	for _, row := range []struct{ line, want, why string }{
		{`{"day":"2027-05-31"}`, "", "a line that can be read"},
		{`{"day":"2027-05-31","lang":"en"}`, "", "in English"},
		{`nope`, "n'est pas un objet JSON : il faut {…}", "no JSON"},
		{`[1]`, "n'est pas un objet JSON", "a list"},
		{`{"lang":5}`, "n'est pas un objet JSON", "a number where words stand"},
		{`{"day":"2027-02-30"}`, "« 2027-02-30 » n'est pas un jour", "a day that does not exist is named"},
		{`{"lang":"de"}`, "« lang » doit être fr ou en, pas « de »", "a language that is not spoken"},
		{`{"day":"x","lang":"en"}`, "is not a day", "the fault is in the line's language"},
	} {
		var into struct{ Day calendar.Day }
		lang, wrong := jsonline.Read([]byte(row.line), &into, "{…}")
		said := strings.ReplaceAll(wrong.In(lang), "\u00a0", " ")
		if wrong.IsZero() != (row.want == "") || !strings.Contains(said, row.want) {
			t.Errorf("%s: %q, want %q: %s", row.line, said, row.want, row.why)
		}
	}
}

func TestWriteLeavesSignsAsTyped(t *testing.T) {
	if got := string(jsonline.Fault(locale.French, locale.Plain("a\n<b> & c"))); got != `{"error":"a\n<b> & c"}` {
		t.Error(got)
	}
}
