// Package chart draws the pictures that go with a message: the terms of all organisations on one line of time. The same code makes the PNG
// that chats show and the SVG that pages hold, in a light and a dark look, narrow enough to be read on a phone; each picture has a text that
// says the same to whoever does not see it.
//
// It knows no contract and no purchase: it is given labels and days. What is a term and what a common date costs is the business of
// bot/contract and bot/purchase. It reads no file and no clock; its letters come with the library.
package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"

	"github.com/go-analyze/charts"
)

// Look is whether the picture's card is light or dark. The card is opaque with an edge of its own, so that either is read on whatever background: who posts
// a picture in a chat cannot know which one its readers have.
type Look string

// The looks.
const (
	Light Look = "light"
	Dark  Look = "dark"
)

// colours of one look. Nothing is said by colour alone: each mark has a shape of its own.
type colours struct {
	ground, text, faint, grid charts.Color
	edge                      charts.Color // of the card, seen on a light and on a dark background
	running                   charts.Color // the present period
	renewed                   charts.Color // what it is prolonged by
	owed                      charts.Color // what is still owed after the common date
	notice                    charts.Color
	target                    charts.Color
}

// The pairs of text and ground have a contrast of at least 4.5 to 1, marks and ground of at least 3 to 1.
var looks = map[Look]colours{
	Light: {
		ground: charts.ColorFromHex("#ffffff"), text: charts.ColorFromHex("#1d2733"), faint: charts.ColorFromHex("#566374"), grid: charts.ColorFromHex("#dde2e8"), edge: charts.ColorFromHex("#7d8996"),
		running: charts.ColorFromHex("#2b6cb0"), renewed: charts.ColorFromHex("#6394c6"), owed: charts.ColorFromHex("#c2700a"),
		notice: charts.ColorFromHex("#b3261e"), target: charts.ColorFromHex("#0a7244"),
	},
	Dark: {
		ground: charts.ColorFromHex("#1a1d21"), text: charts.ColorFromHex("#eceff2"), faint: charts.ColorFromHex("#aab4bf"), grid: charts.ColorFromHex("#3a424b"), edge: charts.ColorFromHex("#7d8996"),
		running: charts.ColorFromHex("#62a0dc"), renewed: charts.ColorFromHex("#51779e"), owed: charts.ColorFromHex("#e59a3c"),
		notice: charts.ColorFromHex("#ff8b80"), target: charts.ColorFromHex("#45cf92"),
	},
}

// Width is how wide a picture is, in points of a phone's screen.
const Width = 390

// sharpness is how many pixels of a PNG make one such point: telephones have two or three.
const sharpness = 2

// canvas draws in points, whatever the pixels.
type canvas struct {
	*charts.Painter
	colours
	scale int
}

func newCanvas(look Look, format string, height int) canvas {
	scale := 1
	if format == charts.ChartOutputPNG {
		scale = sharpness
	}
	c, ok := looks[look]
	if !ok {
		c = looks[Light]
	}
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: format, Width: Width * scale, Height: height * scale, Font: charts.GetFont(charts.FontFamilyNotoSans)})
	drawn := canvas{Painter: p, colours: c, scale: scale}
	drawn.card(Width, height)
	return drawn
}

// corner is the radius of the card's corners; outside them a PNG is transparent.
const corner = 10

// card lays the ground: a rounded box of one colour in a slightly larger one of the edge's.
func (c canvas) card(width, height int) {
	c.FillArea(c.rounded(0, width, height), c.edge)
	c.FillArea(c.rounded(1, width, height), c.ground)
}

// rounded returns the outline of the card, so many points inside the picture.
func (c canvas) rounded(inset, width, height int) []charts.Point {
	const turns = 12 // of a quarter circle
	radius := float64(corner - inset)
	var outline []charts.Point
	for quarter, middle := range [][2]int{{width - corner, corner}, {corner, corner}, {corner, height - corner}, {width - corner, height - corner}} {
		for turn := range turns + 1 {
			angle := math.Pi / 2 * (float64(quarter) + float64(turn)/turns)
			outline = append(outline, charts.Point{
				X: int(math.Round((float64(middle[0]) + radius*math.Cos(angle)) * float64(c.scale))),
				Y: int(math.Round((float64(middle[1]) - radius*math.Sin(angle)) * float64(c.scale))),
			})
		}
	}
	return append(outline, outline[0])
}

// style returns letters of so many points high; the library counts in typographic points at 96 to the inch.
func (c canvas) style(height float64, colour charts.Color) charts.FontStyle {
	return charts.FontStyle{FontSize: height * 0.75 * float64(c.scale), FontColor: colour, Font: charts.GetFont(charts.FontFamilyNotoSans)}
}

func (c canvas) write(words string, x, y int, height float64, colour charts.Color) {
	c.Text(words, x*c.scale, y*c.scale, 0, c.style(height, colour))
}

func (c canvas) writeRight(words string, x, y int, height float64, colour charts.Color) {
	c.write(words, x-c.wide(words, height), y, height, colour)
}

// wide measures words in points.
func (c canvas) wide(words string, height float64) int {
	box := c.MeasureText(words, 0, c.style(height, c.text))
	return (box.Width() + c.scale - 1) / c.scale
}

// fit shortens words until they are narrow enough.
func (c canvas) fit(words string, width int, height float64) string {
	if c.wide(words, height) <= width {
		return words
	}
	letters := []rune(words)
	for len(letters) > 1 && c.wide(string(letters)+"…", height) > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

func (c canvas) rect(x, y, width, height int, colour charts.Color) {
	c.FilledRect(x*c.scale, y*c.scale, (x+width)*c.scale, (y+height)*c.scale, colour, colour, 0)
}

func (c canvas) line(x1, y1, x2, y2 int, colour charts.Color, width float64) {
	c.LineStroke(c.points(x1, y1, x2, y2), colour, width*float64(c.scale))
}

func (c canvas) dashes(x1, y1, x2, y2 int, colour charts.Color, width float64) {
	dash := 4 * float64(c.scale)
	c.DashedLineStroke(c.points(x1, y1, x2, y2), colour, width*float64(c.scale), []float64{dash, dash * 0.75})
}

func (c canvas) points(x1, y1, x2, y2 int) []charts.Point {
	return []charts.Point{{X: x1 * c.scale, Y: y1 * c.scale}, {X: x2 * c.scale, Y: y2 * c.scale}}
}

// outline draws a dashed box: what is not agreed yet.
func (c canvas) outline(x, y, width, height int, colour charts.Color) {
	c.dashes(x, y, x+width, y, colour, 1.5)
	c.dashes(x, y+height, x+width, y+height, colour, 1.5)
	c.line(x, y, x, y+height, colour, 1.5)
	c.line(x+width, y, x+width, y+height, colour, 1.5)
}

// stripes draws slanted lines in a box: what is paid twice.
func (c canvas) stripes(x, y, width, height int, colour charts.Color) {
	c.line(x, y, x+width, y, colour, 1.5)
	c.line(x, y+height, x+width, y+height, colour, 1.5)
	for at := x; at < x+width; at += 5 {
		c.line(at, y+height, min(at+height, x+width), y+max(0, at+height-x-width), colour, 1.5)
	}
}

func (c canvas) diamond(x, y, size int, colour charts.Color) {
	c.FilledDiamond(x*c.scale, y*c.scale, size*c.scale, size*c.scale, colour, c.ground, float64(c.scale))
}

// described adds to an SVG what a screen reader says of it. The library escapes the words that it draws; these are escaped here.
func described(svg []byte, alt string) []byte {
	end := bytes.IndexByte(svg, '>')
	if end < 0 {
		return svg
	}
	var b bytes.Buffer
	b.Write(svg[:end])
	fmt.Fprintf(&b, ` width="%d" role="img"><title>`, Width)
	_ = xml.EscapeText(&b, []byte(alt)) // a buffer takes everything; what no XML may hold comes out as �
	b.WriteString("</title>")
	b.Write(svg[end+1:])
	return b.Bytes()
}
