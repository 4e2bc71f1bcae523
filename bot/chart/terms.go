package chart

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-analyze/charts"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// Terms is the picture of a convergence: one line an organisation's contract, all on one line of time.
type Terms struct {
	Title  locale.Text
	On     calendar.Day // today: the left edge
	Target calendar.Day // the common date; zero: none
	Rows   []Row
}

// Row is one contract. A zero day is not drawn.
type Row struct {
	Label   string       // the organisation; shortened where it is too long
	Ref     string       // the contract's reference, always shown whole
	Term    calendar.Day // end of the present period; zero: not known
	LastDay calendar.Day // last day to give notice
	End     calendar.Day // end after the renewals that are to come; the term where there are none
	Bridge  calendar.Day // end of an amendment
	Out     bool         // cannot be there on the common date
}

// Measures, in points.
const (
	margin      = 16
	titleHeight = 15.0
	textHeight  = 12.5
	titleRoom   = 24
	axisRoom    = 22
	rowRoom     = 50
	barHeight   = 14
	legendRoom  = 19
	mostRows    = 24 // a picture that is longer than three screens is no picture
)

// PNG draws the picture in a language and a look.
func (t Terms) PNG(look Look, lang locale.Lang) ([]byte, error) {
	return t.draw(look, lang, charts.ChartOutputPNG)
}

// SVG draws the same for a page.
func (t Terms) SVG(look Look, lang locale.Lang) ([]byte, error) {
	svg, err := t.draw(look, lang, charts.ChartOutputSVG)
	if err != nil {
		return nil, err
	}
	return described(svg, t.Alt(lang)), nil
}

// rows are those that are drawn.
func (t Terms) rows() []Row { return t.Rows[:min(len(t.Rows), mostRows)] }

func (t Terms) draw(look Look, lang locale.Lang, format string) ([]byte, error) {
	measure := newCanvas(look, format, 2*corner)
	title := wrap(measure, t.Title.In(lang), Width-2*margin, titleHeight)
	legend := t.legend()
	lines := legendLines(measure, legend, lang)
	top := margin + len(title)*titleRoom
	rowsTop := top + axisRoom + 6
	bottom := rowsTop + len(t.rows())*rowRoom
	c := newCanvas(look, format, bottom+8+lines*legendRoom+margin)
	for i, line := range title {
		c.write(line, margin, margin+14+i*titleRoom, titleHeight, c.text)
	}
	time := t.scale()
	c.axis(time, top, bottom)
	if !t.Target.IsZero() {
		x := time.at(t.Target)
		c.dashes(x, top+axisRoom, x, bottom, c.target, 2)
	}
	for i, row := range t.rows() {
		c.row(t, row, time, rowsTop+i*rowRoom, lang)
	}
	c.drawLegend(legend, bottom+8, lang)
	return c.Bytes()
}

// timescale turns days into points.
type timescale struct {
	from, until calendar.Day
}

// scale spans from today to a little after the last day that is shown, and a year at least.
func (t Terms) scale() timescale {
	last := t.On.AddMonths(12)
	for _, d := range t.days() {
		if d.After(last) {
			last = d
		}
	}
	return timescale{t.On, last.AddDays(1 + t.On.DaysUntil(last)/25)}
}

func (t Terms) days() []calendar.Day {
	days := []calendar.Day{t.Target}
	for _, r := range t.rows() {
		days = append(days, r.Term, r.LastDay, r.End, r.Bridge)
	}
	return days
}

func (s timescale) at(d calendar.Day) int {
	span := max(1, s.from.DaysUntil(s.until))
	days := min(max(0, s.from.DaysUntil(d)), span)
	return margin + days*(Width-2*margin)/span
}

// axis draws the years, with their quarters as faint lines.
func (c canvas) axis(s timescale, top, bottom int) {
	for year := s.from.Year; year <= s.until.Year; year++ {
		for month := 1; month <= 12; month += 3 {
			d := calendar.Day{Year: year, Month: 1, Day: 1}.AddMonths(month - 1)
			if d.Before(s.from) || d.After(s.until) {
				continue
			}
			x := s.at(d)
			if month != 1 {
				c.line(x, top+axisRoom-4, x, bottom, c.grid, 0.5)
				continue
			}
			c.line(x, top+axisRoom-8, x, bottom, c.grid, 1.5)
			if label := fmt.Sprint(year); x+4+c.wide(label, textHeight) < Width-margin/2 {
				c.write(label, x+4, top+axisRoom-8, textHeight, c.faint)
			}
		}
	}
	c.line(margin, top+axisRoom, Width-margin, top+axisRoom, c.grid, 1)
}

// row draws one contract: its name and end above, its bar below.
func (c canvas) row(t Terms, r Row, s timescale, y int, lang locale.Lang) {
	end := locale.T("chart.term.unknown").In(lang)
	switch {
	case !r.Term.IsZero() && r.End.After(r.Term):
		end = locale.T("chart.term.renewed", "term", r.Term, "end", r.End).In(lang)
	case !r.Term.IsZero():
		end = locale.Date(r.Term, lang)
	}
	room := Width - 2*margin - c.wide(end, textHeight) - 8
	ref := ""
	if r.Ref != "" {
		ref = " · " + r.Ref
	}
	label := c.fit(r.Label, room-c.wide(ref, textHeight), textHeight) + ref
	// No line runs through the words.
	c.rect(margin, y, c.wide(label, textHeight)+3, 17, c.ground)
	c.rect(Width-margin-c.wide(end, textHeight)-3, y, c.wide(end, textHeight)+3, 17, c.ground)
	c.write(label, margin, y+13, textHeight, c.text)
	c.writeRight(end, Width-margin, y+13, textHeight, c.faint)
	if r.Term.IsZero() || r.Term.Before(t.On) {
		return
	}
	c.bar(t, r, s, y+21)
}

func (c canvas) bar(t Terms, r Row, s timescale, y int) {
	from := s.at(t.On)
	c.rect(from, y, max(2, s.at(r.Term)-from), barHeight, c.running)
	if r.End.After(r.Term) {
		c.rect(s.at(r.Term)+1, y, max(1, s.at(r.End)-s.at(r.Term)-1), barHeight, c.renewed)
	}
	end := r.Term
	if r.End.After(end) {
		end = r.End
	}
	if r.Bridge.After(end) {
		c.outline(s.at(end)+1, y, max(2, s.at(r.Bridge)-s.at(end)-1), barHeight, c.renewed)
	}
	if !t.Target.IsZero() && t.Target.Before(end) && !r.Out {
		x := s.at(t.Target)
		c.rect(x, y, s.at(end)-x, barHeight, c.ground)
		c.stripes(x, y, s.at(end)-x, barHeight, c.owed)
	}
	if !t.Target.IsZero() {
		x := s.at(t.Target)
		c.line(x, y, x, y+barHeight, c.ground, 4)
		c.dashes(x, y-4, x, y+barHeight+4, c.target, 2)
	}
	x := s.at(r.Term)
	c.line(x, y-4, x, y+barHeight+4, c.text, 2)
	if r.Out {
		x := min(s.at(end)+9, Width-margin+3)
		c.line(x-5, y+2, x+5, y+barHeight-2, c.notice, 2)
		c.line(x-5, y+barHeight-2, x+5, y+2, c.notice, 2)
	}
	if !r.LastDay.IsZero() && !r.LastDay.Before(t.On) {
		c.diamond(s.at(r.LastDay), y+barHeight/2, 13, c.notice)
	}
}

// sign is one entry of the legend: only what the picture holds is explained.
type sign struct {
	key  string
	args []any
	draw func(c canvas, x, y int)
}

const signWidth = 22

func (t Terms) legend() []sign {
	has := func(is func(Row) bool) bool { return slices.ContainsFunc(t.rows(), is) }
	mid := func(y int) int { return y - 5 }
	var signs []sign
	add := func(key string, draw func(c canvas, x, y int), args ...any) {
		signs = append(signs, sign{key, args, draw})
	}
	if has(func(r Row) bool { return !r.LastDay.IsZero() && !r.LastDay.Before(t.On) }) {
		add("chart.legend.notice", func(c canvas, x, y int) { c.diamond(x+8, mid(y), 12, c.notice) })
	}
	if has(func(r Row) bool { return !r.Term.IsZero() }) {
		add("chart.legend.term", func(c canvas, x, y int) { c.line(x+8, mid(y)-7, x+8, mid(y)+7, c.text, 2) })
	}
	if has(func(r Row) bool { return r.End.After(r.Term) }) {
		add("chart.legend.renewed", func(c canvas, x, y int) { c.rect(x, mid(y)-5, 16, 10, c.renewed) })
	}
	if has(func(r Row) bool { return !r.Bridge.IsZero() }) {
		add("chart.legend.bridge", func(c canvas, x, y int) { c.outline(x, mid(y)-5, 16, 10, c.renewed) })
	}
	if has(func(r Row) bool {
		return !t.Target.IsZero() && !r.Out && (t.Target.Before(r.End) || !r.Term.IsZero() && t.Target.Before(r.Term))
	}) {
		add("chart.legend.owed", func(c canvas, x, y int) { c.stripes(x, mid(y)-5, 16, 10, c.owed) })
	}
	if has(func(r Row) bool { return r.Out }) {
		add("chart.legend.out", func(c canvas, x, y int) {
			c.line(x+3, mid(y)-5, x+13, mid(y)+5, c.notice, 2)
			c.line(x+3, mid(y)+5, x+13, mid(y)-5, c.notice, 2)
		})
	}
	if !t.Target.IsZero() {
		add("chart.legend.target", func(c canvas, x, y int) { c.dashes(x+8, mid(y)-8, x+8, mid(y)+8, c.target, 2) }, "day", t.Target)
	}
	return signs
}

func (s sign) words(lang locale.Lang) string { return locale.T(s.key, s.args...).In(lang) }

// legendLines counts the lines that the legend takes.
func legendLines(c canvas, signs []sign, lang locale.Lang) int {
	lines := 0
	place(c, signs, lang, func(sign, int, int) {}, &lines)
	return lines
}

func (c canvas) drawLegend(signs []sign, top int, lang locale.Lang) {
	var lines int
	place(c, signs, lang, func(s sign, x, line int) {
		y := top + line*legendRoom + 13
		s.draw(c, x, y)
		c.write(c.fit(s.words(lang), Width-margin-x-signWidth, textHeight), x+signWidth, y, textHeight, c.faint)
	}, &lines)
}

// place walks the legend as words are set: a sign that has no more room goes to the next line.
func place(c canvas, signs []sign, lang locale.Lang, put func(s sign, x, line int), lines *int) {
	x, line := margin, 0
	for _, s := range signs {
		wide := signWidth + c.wide(s.words(lang), textHeight)
		if x > margin && x+wide > Width-margin {
			x, line = margin, line+1
		}
		put(s, x, line)
		x += wide + 14
	}
	*lines = line + 1
	if len(signs) == 0 {
		*lines = 0
	}
}

// wrap breaks words into lines that are narrow enough; a word that is longer than a line is cut.
func wrap(c canvas, words string, width int, height float64) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(words) {
		switch longer := strings.TrimSpace(line + " " + word); {
		case c.wide(longer, height) <= width:
			line = longer
		default:
			if line != "" {
				lines = append(lines, line)
			}
			line = c.fit(word, width, height)
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// Alt says in words what the picture shows.
func (t Terms) Alt(lang locale.Lang) string {
	said := []string{t.Title.In(lang)}
	if !t.Target.IsZero() {
		said = append(said, locale.T("chart.alt.target", "day", t.Target).In(lang))
	}
	for _, r := range t.Rows {
		said = append(said, locale.T("chart.alt.row", "label", r.Label, "ref", r.Ref, "what", r.alt()).In(lang))
	}
	return strings.Join(said, " ")
}

func (r Row) alt() locale.Text {
	if r.Term.IsZero() {
		return locale.T("chart.term.unknown")
	}
	parts := []locale.Text{locale.T("chart.alt.term", "day", r.Term)}
	if !r.LastDay.IsZero() {
		parts = append(parts, locale.T("chart.alt.notice", "day", r.LastDay))
	}
	if r.End.After(r.Term) {
		parts = append(parts, locale.T("chart.alt.renewed", "day", r.End))
	}
	if !r.Bridge.IsZero() {
		parts = append(parts, locale.T("chart.alt.bridge", "day", r.Bridge))
	}
	if r.Out {
		parts = append(parts, locale.T("chart.alt.out"))
	}
	return locale.T("chart.alt.parts", "parts", parts)
}
