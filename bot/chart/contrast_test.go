package chart

import (
	"math"
	"testing"

	"github.com/go-analyze/charts"
)

// TestContrast holds the looks to WCAG 2.1 AA: words at 4.5 to 1 on their ground, marks at 3 to 1, and the card's edge at 3 to 1 on the backgrounds
// that chats have, so that the card is seen as one on both.
func TestContrast(t *testing.T) {
	for look, c := range looks {
		for _, pair := range []struct {
			what   string
			on     charts.Color
			colour charts.Color
			least  float64
		}{
			{"words", c.ground, c.text, 4.5},
			{"lesser words", c.ground, c.faint, 4.5},
			{"the present period", c.ground, c.running, 3},
			{"what it is prolonged by", c.ground, c.renewed, 3},
			{"what is still owed", c.ground, c.owed, 3},
			{"the last day on the ground", c.ground, c.notice, 3},
			{"the common date", c.ground, c.target, 3},
			{"the edge on a white page", charts.ColorFromHex("#ffffff"), c.edge, 3},
			{"the edge on a dark page", charts.ColorFromHex("#1a1d21"), c.edge, 3},
		} {
			if got := contrast(pair.on, pair.colour); got < pair.least {
				t.Errorf("%s, %s: %.2f to 1, want %.1f", look, pair.what, got, pair.least)
			}
		}
	}
}

func contrast(a, b charts.Color) float64 {
	l, m := luminance(a), luminance(b)
	return (max(l, m) + 0.05) / (min(l, m) + 0.05)
}

// luminance is the relative one of WCAG.
func luminance(c charts.Color) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
