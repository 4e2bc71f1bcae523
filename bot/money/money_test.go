package money_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/money"
)

func euros(n int64, p money.Period) money.Amount { return money.Amount{Cents: n * 100, Period: p} }

func TestFind(t *testing.T) {
	for _, row := range []struct {
		text string
		want money.Amount
		why  string
	}{
		{"24 k€/an", euros(24_000, money.Yearly), "as DSIs write"},
		{"24k€", euros(24_000, money.Yearly), "without a period it is a year's"},
		{"62 k€/an HT", euros(62_000, money.Yearly), "excluding taxes"},
		{"1,2 M€ sur 4 ans", euros(1_200_000, money.Total), "a total, with a decimal comma"},
		{"480k€ sur 4 ans", euros(480_000, money.Total), "a total"},
		{"180 k€ au total", euros(180_000, money.Total), "a total, said"},
		{"3 000 € HT par mois", euros(3_000, money.Monthly), "a month, thousands apart"},
		{"3\u202f000 € HT par mois", euros(3_000, money.Monthly), "with the typographic space"},
		{"2 450 €/mois", euros(2_450, money.Monthly), "a month, short"},
		{"1 500 € par trimestre", euros(6_000, money.Yearly), "a quarter four times"},
		{"€21k per year", euros(21_000, money.Yearly), "English, the sign first"},
		{"EUR 21,000 a year", euros(21_000, money.Yearly), "English thousands"},
		{"14 000 euros HT par an", euros(14_000, money.Yearly), "in letters"},
		{"24 000,50 €", money.Amount{Cents: 24_000_50, Period: money.Yearly}, "cents"},
		{"2 millions d'euros sur 3 ans", euros(2_000_000, money.Total), "millions in letters"},
		{"MPLS, 30k/an", euros(30_000, money.Yearly), "no sign, but a period"},
		{"budget 30k", euros(30_000, money.Yearly), "no sign, but a word that speaks of money"},
		{"loyer mensuel de 3 000 €", euros(3_000, money.Monthly), "the period before the sum"},
		{"(11,5k€/an)", euros(11_500, money.Yearly), "in brackets"},
		{"7 800 € de mise en service puis 24 k€/an", euros(24_000, money.Yearly), "the sum that has a period is the contract's"},
		{"fin 30/06/2027 24 k€/an", euros(24_000, money.Yearly), "a year before is no part of it"},
		{"entre 20 et 30 k€ par an", euros(30_000, money.Yearly), "of two the upper one"},
	} {
		got, ok := money.Find(row.text)
		if !ok || got.Amount != row.want || got.TooLarge {
			t.Errorf("%s: %+v, %v; want %+v: %s", row.text, got, ok, row.want, row.why)
		}
	}
}

func TestFindNothing(t *testing.T) {
	for _, row := range []struct{ text, why string }{
		{"8000 logements", "dwellings"},
		{"22 copieurs et 8k logements", "machines, and a k that is no money"},
		{"10 jours/mois", "days"},
		{"0,04 € la page", "a price per page"},
		{"12 € par utilisateur et par mois", "a price per user"},
		{"3 €/poste/mois", "a price per workstation"},
		{"M365, 2026, 10h30, T2 2027", "names, years, hours"},
		{"12 M logements", "a million of something else"},
		{"le 2e étage", "an ordinal"},
		{"0 €", "nothing"},
		{"", "nothing at all"},
	} {
		if got, ok := money.Find(row.text); ok {
			t.Errorf("%s: %+v, want none: %s", row.text, got, row.why)
		}
	}
}

func TestFindTooLarge(t *testing.T) {
	for _, text := range []string{"10^12 €", "1000000000000 €", "2 milliards d'euros par an", "99999999999999999999999999999999 €"} {
		if got, ok := money.Find(text); !ok || !got.TooLarge || !got.Amount.IsZero() {
			t.Errorf("%s: %+v, %v; want too large", text, got, ok)
		}
	}
}

func TestParseAmount(t *testing.T) {
	for _, row := range []struct {
		field string
		want  money.Amount
		fault money.Fault
		why   string
	}{
		{"24000", euros(24_000, money.Yearly), "", "a bare number is euros a year"},
		{"24 k€/an", euros(24_000, money.Yearly), "", "as in a sentence"},
		{"24k", euros(24_000, money.Yearly), "", "a k needs no sign in a field"},
		{"2 000/mois", euros(2_000, money.Monthly), "", "a month"},
		{"480 k€ sur 4 ans", euros(480_000, money.Total), "", "a total"},
		{"environ 24 000 € HT", euros(24_000, money.Yearly), "", "words that say nothing of the sum"},
		{"", money.Amount{}, "", "left open"},
		{"abc", money.Amount{}, money.NotAnAmount, "no number"},
		{"0", money.Amount{}, money.NotAnAmount, "nothing is left open, not nought"},
		{"-3 k€", money.Amount{}, money.Negative, "nobody pays us"},
		{"12 et 13 k€", money.Amount{}, money.NotAnAmount, "two sums"},
		{"1e12", money.Amount{}, money.NotAnAmount, "a way of writing that nobody here means"},
		{"3 € par poste", money.Amount{}, money.NotAnAmount, "a price"},
		{"10 000 000 000", money.Amount{}, money.TooLarge, "above Max"},
		{"10^12 €", money.Amount{}, money.TooLarge, "above Max"},
	} {
		got, err := money.ParseAmount(row.field)
		var wrong *money.FieldError
		errors.As(err, &wrong)
		if got != row.want || (wrong != nil) != (row.fault != "") || wrong != nil && wrong.Fault != row.fault {
			t.Errorf("%q: %+v, %v; want %+v %s: %s", row.field, got, err, row.want, row.fault, row.why)
		}
	}
}

// Whatever is typed, an amount that is found stands in the text, is above nought and below Max.
func TestFindIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("0123456789 .,€kKMm/^'anmois+-\u202f"))).Draw(t, "text")
		f, ok := money.Find(s)
		if !ok {
			return
		}
		if f.Start < 0 || f.End > len(s) || f.Start >= f.End {
			t.Fatalf("%+v does not stand in %q", f, s)
		}
		if !f.TooLarge && (f.Cents <= 0 || f.Cents > money.Max) {
			t.Fatalf("%+v in %q", f, s)
		}
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, seed := range []string{"24 k€/an", "10^12 €", "-3", "1,2 M€ sur 4 ans", "€", "12 € 30 €", "\x80\xff", "9^9^9"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, field string) {
		if a, err := money.ParseAmount(field); err != nil && !a.IsZero() {
			t.Fatalf("%q: %+v and %v", field, a, err)
		}
		money.Find(field)
	})
}
