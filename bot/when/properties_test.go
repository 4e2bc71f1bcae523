package when_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/when"
)

func anyDay(t *rapid.T, label string) calendar.Day {
	return calendar.On(rapid.IntRange(2020, 2060).Draw(t, label+" year"), time.January, rapid.IntRange(1, 366).Draw(t, label+" day of the year"))
}

func target(t *rapid.T, text string, on calendar.Day) calendar.Day {
	found, ok := when.Target(text, on)
	if !ok {
		t.Fatalf("%s: %q is no date", on, text)
	}
	return found.Day
}

func TestMoreMonthsAreLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on, n := anyDay(t, "on"), rapid.IntRange(2, 119).Draw(t, "months")
		form := rapid.SampledFrom([]string{"dans %d mois", "d'ici %d mois", "sous %d mois", "in %d months", "%d months from now"}).Draw(t, "form")
		sooner, later := target(t, fmt.Sprintf(form, n), on), target(t, fmt.Sprintf(form, n+1), on)
		if sooner != on.AddMonths(n) || !later.After(sooner) {
			t.Fatalf("%d months are %s, one more %s", n, sooner, later)
		}
	})
}

func TestADayIsReadHoweverItIsWritten(t *testing.T) {
	french := strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
	rapid.Check(t, func(t *rapid.T) {
		on, d := anyDay(t, "on"), anyDay(t, "date")
		for _, written := range []string{
			fmt.Sprintf("%02d/%02d/%d", d.Day, d.Month, d.Year), fmt.Sprintf("%d.%d.%d", d.Day, d.Month, d.Year), fmt.Sprintf("%02d-%02d-%02d", d.Day, d.Month, d.Year%100),
			d.String(), fmt.Sprintf("le %d %s %d", d.Day, french[d.Month-1], d.Year), strings.ToUpper(fmt.Sprintf("%d %s %d", d.Day, french[d.Month-1], d.Year)),
			fmt.Sprintf("%s %d, %d", d.Month, d.Day, d.Year), fmt.Sprintf("%d %s %d", d.Day, d.Month.String()[:3], d.Year),
		} {
			for _, sentence := range []string{"%s", "contrat Ricoh, échéance %s, préavis 3 mois", "contract ends %s (3 months' notice)"} {
				if got := target(t, fmt.Sprintf(sentence, written), on); got != d {
					t.Fatalf("%q on %s is %s", fmt.Sprintf(sentence, written), on, got)
				}
			}
		}
	})
}

func TestWhatHasNoYearIsToCome(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := anyDay(t, "on")
		text := rapid.SampledFrom([]string{
			"fin mars", "mi-juin", "début septembre", "en novembre", "T3", "au second semestre", "semaine 26", "le 31",
			"le 29 février", "à la rentrée", "cet hiver", "avant l'été", "avant mars", "Noël", "Pâques", "vendredi", "fin du mois", "fin de trimestre", "début d'année",
		}).Draw(t, "text")
		if got := target(t, text, on); got.Before(on) || on.DaysUntil(got) > 8*366 || text != "le 29 février" && on.DaysUntil(got) > 2*366 {
			t.Fatalf("%q said on %s is %s", text, on, got)
		}
	})
}

func TestAStartAndALengthEndBeforeTheAnniversary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, months := anyDay(t, "start"), rapid.IntRange(2, 120).Draw(t, "months")
		got := target(t, fmt.Sprintf("%d mois à compter du %02d/%02d/%d", months, start.Day, start.Month, start.Year), anyDay(t, "on"))
		anniversary := start.AddMonths(months)
		if got != anniversary.AddDays(-1) && !(got == anniversary && got.IsEndOfMonth()) {
			t.Fatalf("%d months from %s end on %s", months, start, got)
		}
	})
}

// FuzzFind looks for texts that break the reader or make it point outside them.
func FuzzFind(f *testing.F) {
	for _, l := range table(f, "lines.tsv") {
		f.Add(l.text)
	}
	f.Add(strings.Repeat("31/", 100))
	f.Add(strings.Repeat("deux cent ", 50))
	f.Add("99999999999999999999/12/2027 ٣١/١٢ 三十一 \x00\xff ½ e\u0301te\u0301 2027")
	on := calendar.Day{Year: 2026, Month: time.November, Day: 23}
	f.Fuzz(func(t *testing.T, text string) {
		end, meant := 0, 0
		for _, found := range when.Find(text, on) {
			if found.Start < end || found.End <= found.Start || found.End > len(text) {
				t.Fatalf("%q: %d to %d, after %d", text, found.Start, found.End, end)
			}
			if words := text[found.Start:found.End]; strings.TrimFunc(words, unicode.IsSpace) != words {
				t.Fatalf("%q: the words %q carry spaces", text, words)
			}
			end = found.End
			if found.Role == when.Meant {
				meant++
				if found.Day.IsZero() || found.Day.Before(found.From) {
					t.Fatalf("%q: from %s to %s", text, found.From, found.Day)
				}
			}
		}
		if meant > 1 {
			t.Fatalf("%q means %d dates", text, meant)
		}
		when.Impossible(text)
		when.StartAndLength(text, on)
		if from, to, ok := when.Range(text, on); ok && !to.IsZero() && to.Before(from) {
			t.Fatalf("%q: from %s to %s", text, from, to)
		}
	})
}
