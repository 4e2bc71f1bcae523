package purchase

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// Fault is one thing that is wrong in a data file.
type Fault struct {
	Line int
	Text locale.Text
}

// Faults are all that is wrong in a file, in the order of its lines. They are the error of Parse and ParseFields.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = locale.T("purchase.file.line", "line", fault.Line, "fault", fault.Text).In(locale.French)
	}
	return strings.Join(lines, "\n")
}

// sheet is a data file being read: a mapping of names to single words or to lists of small mappings. It is walked as a tree, since a decoder
// stops at the first fault and forgets the lines.
type sheet struct {
	faults Faults
	top    map[string]ast.Node
	lines  map[string]int
}

// row is one small mapping of a list.
type row struct {
	line  int
	cells map[string]cell
}

type cell struct {
	line int
	text string
}

// openSheet reads the file's outline. Keys other than the known ones are faults.
func openSheet(raw []byte, known ...string) *sheet {
	s := &sheet{top: map[string]ast.Node{}, lines: map[string]int{}}
	file, err := parseYAML(raw)
	if err != nil || len(file.Docs) != 1 || file.Docs[0].Body == nil {
		s.fault(1, "purchase.file.yaml")
		return s
	}
	for _, entry := range s.entries(file.Docs[0].Body) {
		name, line := entry.Key.GetToken().Value, entry.Key.GetToken().Position.Line
		if !slices.Contains(known, name) {
			s.fault(line, "purchase.file.unknown-key", "key", name)
			continue
		}
		if _, twice := s.top[name]; twice {
			s.fault(line, "purchase.file.twice", "key", name)
		}
		s.top[name], s.lines[name] = entry.Value, line
	}
	for _, name := range known {
		if s.top[name] == nil {
			s.fault(1, "purchase.file.missing-key", "key", name)
		}
	}
	return s
}

var errParser = errors.New("the YAML parser gave up")

// parseYAML survives the library, which panics on some broken input.
func parseYAML(raw []byte) (file *ast.File, err error) {
	defer func() {
		if recover() != nil {
			file, err = nil, errParser
		}
	}()
	return parser.ParseBytes(raw, 0, parser.AllowDuplicateMapKey())
}

func (s *sheet) fault(line int, key string, pairs ...any) {
	s.faults = append(s.faults, Fault{Line: line, Text: locale.T(key, pairs...)})
}

// err returns what was wrong, in the order of the lines.
func (s *sheet) err() error {
	if len(s.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(s.faults, func(a, b Fault) int { return a.Line - b.Line })
	return s.faults
}

// entries returns the entries of a mapping, which the library gives in two forms.
func (s *sheet) entries(node ast.Node) []*ast.MappingValueNode {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	}
	s.fault(lineOf(node), "purchase.file.not-a-mapping")
	return nil
}

func lineOf(node ast.Node) int {
	if node == nil || node.GetToken() == nil {
		return 1
	}
	return node.GetToken().Position.Line
}

// rows reads a list of mappings whose keys are known.
func (s *sheet) rows(name string, known ...string) []row {
	node := s.top[name]
	if node == nil {
		return nil
	}
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		s.fault(s.lines[name], "purchase.file.not-a-list", "key", name)
		return nil
	}
	var rows []row
	for _, item := range list.Values {
		if item == nil {
			continue
		}
		r := row{line: lineOf(item), cells: map[string]cell{}}
		for i, entry := range s.entries(item) {
			token := entry.Key.GetToken()
			if i == 0 {
				r.line = token.Position.Line
			}
			if !slices.Contains(known, token.Value) {
				s.fault(token.Position.Line, "purchase.file.unknown-key", "key", token.Value)
				continue
			}
			if _, twice := r.cells[token.Value]; twice {
				s.fault(token.Position.Line, "purchase.file.twice", "key", token.Value)
			}
			if c, ok := s.scalar(entry.Value, token.Value); ok {
				r.cells[token.Value] = c
			}
		}
		rows = append(rows, r)
	}
	return rows
}

func (s *sheet) scalar(node ast.Node, key string) (cell, bool) {
	if _, ok := node.(ast.ScalarNode); !ok || node.GetToken() == nil {
		s.fault(lineOf(node), "purchase.file.not-a-word", "key", key)
		return cell{}, false
	}
	text := node.GetToken().Value
	if node.Type() == ast.NullType {
		text = ""
	}
	return cell{line: lineOf(node), text: strings.TrimSpace(text)}, true
}

// topDay reads a day that stands by itself in the file.
func (s *sheet) topDay(name string) calendar.Day {
	node := s.top[name]
	if node == nil {
		return calendar.Day{}
	}
	c, ok := s.scalar(node, name)
	if !ok {
		return calendar.Day{}
	}
	return s.dayOf(c, name)
}

func (s *sheet) dayOf(c cell, name string) calendar.Day {
	d, err := calendar.Parse(c.text)
	if err != nil {
		s.fault(c.line, "purchase.file.not-a-day", "key", name, "typed", c.text)
	}
	return d
}

// day reads a day of the row; one that is missing is a fault where it is required.
func (s *sheet) day(r row, name string, required bool) calendar.Day {
	c, ok := s.cell(r, name, required)
	if !ok {
		return calendar.Day{}
	}
	return s.dayOf(c, name)
}

// number reads a whole number from least to most.
func (s *sheet) number(r row, name string, least, most int) int {
	c, ok := s.cell(r, name, true)
	if !ok {
		return least
	}
	n, err := strconv.Atoi(c.text)
	if err != nil || n < least || n > most {
		s.fault(c.line, "purchase.file.not-a-number", "key", name, "typed", c.text, "least", least, "most", most)
		return least
	}
	return n
}

// word reads a word of the row.
func (s *sheet) word(r row, name string, required bool) string {
	c, _ := s.cell(r, name, required)
	return c.text
}

// one reads a word that must be one of those known.
func (s *sheet) one(r row, name string, known ...string) string {
	c, ok := s.cell(r, name, true)
	if ok && !slices.Contains(known, c.text) {
		s.fault(c.line, "purchase.file.not-known", "key", name, "typed", c.text, "known", strings.Join(known, ", "))
		return ""
	}
	return c.text
}

func (s *sheet) cell(r row, name string, required bool) (cell, bool) {
	c, ok := r.cells[name]
	if ok && c.text != "" {
		return c, true
	}
	if required {
		s.fault(r.line, "purchase.file.missing", "key", name)
	}
	return cell{line: r.line}, false
}
