package when_test

import (
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/when"
)

// A whole statement is to be understood within 200 µs and 100 allocations, of which its dates are a part.
func BenchmarkFind(b *testing.B) {
	on := calendar.Day{Year: 2026, Month: 11, Day: 23}
	for _, row := range []struct{ name, text string }{
		{"bare", "dans 6 mois"},
		{"sentence", "Bonjour à tous, pour info notre marché de liens inter-sites (FTTO, 14 agences) notifié le 01/07/2023 prend fin le 30/06/2027. Nous sommes ouverts à une consultation commune."},
		{"no date", "on a un contrat Canon pour les copieurs mais je sais plus jusqu'à quand, je regarde et je reviens vers vous rapidement"},
	} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				when.Find(row.text, on)
			}
		})
	}
}
