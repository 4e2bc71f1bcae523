package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chart"
	"sdcbot/bot/locale"
)

var (
	update   = flag.Bool("update", false, "write the golden files anew")
	pictures = flag.String("pictures", "", "folder to write the pictures to, to be looked at")
)

func day(s string) calendar.Day {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// telephony holds every mark that a picture can have.
func telephony() chart.Terms {
	return chart.Terms{
		Title: locale.T("purchase.picture.title", "family", "Téléphonie"),
		On:    day("2026-11-23"), Target: day("2028-06-01"),
		Rows: []chart.Row{
			{Label: "Office A", Ref: "C-1", Term: day("2027-05-31"), LastDay: day("2028-02-29"), End: day("2028-05-31")},
			{Label: "Office B", Ref: "C-2", Term: day("2027-09-30"), End: day("2028-09-30")},
			{Label: "Coopérative d’habitation de la Grande Agglomération du Val", Ref: "C-14", Term: day("2028-02-15"), End: day("2028-02-15"), Bridge: day("2028-05-31")},
			{Label: "Société D", Ref: "C-5", Term: day("2031-03-31"), End: day("2031-03-31"), LastDay: day("2030-12-31"), Out: true},
			{Label: "Office E", Ref: "C-9"},
		},
	}
}

func TestTermsSVG(t *testing.T) {
	for _, look := range []chart.Look{chart.Light, chart.Dark} {
		svg, err := telephony().SVG(look, locale.French)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", "terms-"+string(look)+".svg")
		if *update {
			if err := os.WriteFile(file, svg, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(svg)); diff != "" {
			t.Errorf("%s (go test -update writes it anew, then look at it):\n%s", file, diff)
		}
	}
}

// TestTermsPNG holds the size to what a phone shows, and writes the pictures where somebody wants to look at them.
func TestTermsPNG(t *testing.T) {
	for _, look := range []chart.Look{chart.Light, chart.Dark} {
		raw, err := telephony().PNG(look, locale.French)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if got := picture.Bounds().Dx(); got != 2*chart.Width {
			t.Errorf("%s: %d pixels wide, want two a point", look, got)
		}
		if got := picture.Bounds().Dy(); got > 2*844 {
			t.Errorf("%s: %d pixels high: five contracts fill more than the screen of a phone", look, got)
		}
		r, _, _, opaque := picture.At(chart.Width, 8).RGBA()
		if dark := r>>8 < 128; dark != (look == chart.Dark) || opaque != 0xffff {
			t.Errorf("%s: the ground is %d", look, r>>8)
		}
		if _, _, _, outside := picture.At(0, 0).RGBA(); outside != 0 {
			t.Errorf("%s: the corner outside the card is not transparent", look)
		}
		if *pictures != "" {
			os.WriteFile(filepath.Join(*pictures, "terms-"+string(look)+".png"), raw, 0o644)
		}
	}
}

// circleOf holds as many organisations as a circle has, with the long names that landlords have.
func circleOf(orgs int) chart.Terms {
	t := chart.Terms{Title: locale.T("purchase.picture.title", "family", "Progiciel de gestion locative (ERP bailleur)"), On: day("2026-11-23"), Target: day("2029-01-01")}
	names := []string{"Office public de l’habitat des Rives", "Coop C", "Société anonyme d’HLM de la Grande Agglomération", "Habitat D"}
	for i := range orgs {
		term := day("2027-03-31").AddMonths(7 * i)
		row := chart.Row{Label: names[i%len(names)], Ref: fmt.Sprint("C-", 7*i+8), Term: term, LastDay: term.AddMonths(-3), End: term}
		switch {
		case i%4 == 3:
			row.Out = true
		case term.Before(day("2028-06-30")):
			row.End = day("2028-12-31")
		case term.Before(t.Target):
			row.Bridge = t.Target.AddDays(-1)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// TestCircles: what a phone shows of circles of two, four and eight; each look is written where somebody wants to see them.
func TestCircles(t *testing.T) {
	for _, orgs := range []int{2, 4, 8} {
		for _, look := range []chart.Look{chart.Light, chart.Dark} {
			raw, err := circleOf(orgs).PNG(look, locale.French)
			if err != nil {
				t.Fatal(err)
			}
			picture, err := png.Decode(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			if got := picture.Bounds().Dy(); got > 2*844 {
				t.Errorf("%d organisations fill %d pixels, more than the screen of a phone", orgs, got)
			}
			if *pictures != "" {
				os.WriteFile(filepath.Join(*pictures, fmt.Sprintf("circle-%d-%s.png", orgs, look)), raw, 0o644)
			}
		}
	}
}

// TestTypedWordsStayWords: what people type is shown, never run.
func TestTypedWordsStayWords(t *testing.T) {
	terms := telephony()
	terms.Rows[0].Label = `<script>alert("x")</script> & "A"`
	svg, err := terms.SVG(chart.Light, locale.French)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(svg), "<script") {
		t.Error("the label became markup")
	}
	wellFormed(t, svg)
}

func wellFormed(t interface {
	Helper()
	Fatalf(string, ...any)
}, svg []byte,
) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not XML: %v", err)
		}
	}
}

// TestAlt: who does not see the picture is told the same.
func TestAlt(t *testing.T) {
	got := telephony().Alt(locale.French)
	for _, words := range []string{
		"Date commune\u00a0: 01/06/2028",
		"Office A, C-1\u00a0: échéance le 31/05/2027, dernier jour pour dénoncer le 29/02/2028 et reconduit jusqu’au 31/05/2028",
		"C-14\u00a0: échéance le 15/02/2028 et avenant jusqu’au 31/05/2028",
		"ne peut pas se joindre",
		"Office E, C-9\u00a0: échéance non connue",
	} {
		if !strings.Contains(strings.ReplaceAll(got, " :", "\u00a0:"), words) {
			t.Errorf("lacks %q:\n%s", words, got)
		}
	}
	svg, err := telephony().SVG(chart.Light, locale.French)
	if err != nil || !strings.Contains(string(svg), "<title>") {
		t.Errorf("the picture itself lacks it: %v", err)
	}
}

// TestTermsOfAnything draws whatever days there are: past ones, none, the wrong way round.
func TestTermsOfAnything(t *testing.T) {
	anyDay := rapid.Custom(func(t *rapid.T) calendar.Day {
		if rapid.Bool().Draw(t, "none") {
			return calendar.Day{}
		}
		return calendar.On(2020, 1, 1).AddDays(rapid.IntRange(0, 6000).Draw(t, "day"))
	})
	rapid.Check(t, func(t *rapid.T) {
		terms := chart.Terms{Title: locale.Plain(rapid.String().Draw(t, "title")), On: calendar.On(2026, 11, 23), Target: anyDay.Draw(t, "target")}
		for range rapid.IntRange(0, 6).Draw(t, "rows") {
			terms.Rows = append(terms.Rows, chart.Row{
				Label: rapid.String().Draw(t, "label"), Ref: rapid.String().Draw(t, "ref"), Term: anyDay.Draw(t, "term"), LastDay: anyDay.Draw(t, "last day"),
				End: anyDay.Draw(t, "end"), Bridge: anyDay.Draw(t, "bridge"), Out: rapid.Bool().Draw(t, "out"),
			})
		}
		svg, err := terms.SVG(chart.Dark, locale.English)
		if err != nil {
			t.Fatalf("%v", err)
		}
		wellFormed(t, svg)
	})
}
