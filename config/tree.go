package config

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"sdcbot/bot/locale"
)

// The file is walked as a tree rather than decoded into structs: a decoder stops at the first fault and forgets where the others stand.

// place is where something stands in the file.
type place struct{ line, column int }

// root parses the text and returns the whole file as a section, or false when it cannot be read as YAML.
func (r *reading) root(text string) (section, bool) {
	if !r.readable(text) {
		return section{}, false
	}
	file, err := parse(text)
	if err != nil {
		r.syntax(text, err)
		return section{}, false
	}
	var bodies []ast.Node
	for _, document := range file.Docs {
		if document.Body != nil && document.Body.Type() != ast.NullType && document.Body.Type() != ast.CommentType {
			bodies = append(bodies, document.Body)
		}
	}
	switch len(bodies) {
	case 0:
		r.fault(place{1, 1}, "config.empty-file")
		return section{}, false
	case 1:
	default:
		r.fault(placeOf(bodies[1]), "config.several-documents")
	}
	return r.section(bodies[0], wholeFile, "")
}

var errPanic = errors.New("the YAML parser gave up")

// parse reads YAML. The library panics on some broken input: that is a fault of the file too.
func parse(text string) (file *ast.File, err error) {
	defer func() {
		if recover() != nil {
			file, err = nil, errPanic
		}
	}()
	return parser.ParseBytes([]byte(text), 0, parser.AllowDuplicateMapKey())
}

// readable reports what keeps the text from being YAML before any parser sees it: a foreign encoding, tabs that indent.
func (r *reading) readable(text string) bool {
	fine := true
	for i, line := range strings.Split(text, "\n") {
		switch {
		case !utf8.ValidString(line) || strings.ContainsRune(line, 0):
			for column, c := range []rune(line) {
				if c == utf8.RuneError || c == 0 {
					r.fault(place{i + 1, column + 1}, "config.not-utf8")
					break
				}
			}
			return false // every other line would say the same
		case strings.Contains(line[:len(line)-len(strings.TrimLeft(line, " \t"))], "\t") && strings.TrimSpace(line) != "":
			r.fault(place{i + 1, strings.IndexByte(line, '\t') + 1}, "config.tab")
			fine = false
		}
	}
	return fine
}

// syntax reports what the parser said, in our words: its own are English, and quote the file, in which a secret may stand.
func (r *reading) syntax(text string, err error) {
	var wrong *yaml.SyntaxError
	if !errors.As(err, &wrong) || wrong.Token == nil {
		r.fault(place{1, 1}, "config.syntax")
		return
	}
	at := placeOfToken(wrong.Token)
	line := ""
	if lines := strings.Split(text, "\n"); at.line <= len(lines) {
		line = lines[at.line-1]
	}
	said := wrong.Message
	switch {
	case strings.Contains(line, "{") && strings.Contains(line, "${"):
		r.fault(at, "config.syntax-variable", "example", `token: "${RIVES_TOKEN}"`)
	case strings.Contains(said, "quoted text"):
		r.fault(at, "config.syntax-quote")
	case strings.Contains(said, "'}'"), strings.Contains(said, "']'"), strings.Contains(said, "'['"), strings.Contains(said, "'{'"):
		r.fault(at, "config.syntax-bracket", "pairs", "{} []")
	case strings.Contains(said, "mapping value is not allowed"):
		r.fault(at, "config.syntax-colon")
	default:
		r.fault(at, "config.syntax")
	}
}

// keyOf returns the key of an entry as it is written.
func keyOf(entry *ast.MappingValueNode) string {
	if s, ok := entry.Key.(*ast.StringNode); ok {
		return s.Value
	}
	return entry.Key.GetToken().Value
}

// placeOf returns where a node begins. A block mapping's own token is the first colon in it.
func placeOf(node ast.Node) place {
	switch n := node.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return placeOf(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return placeOf(n.Key)
	}
	return placeOfToken(node.GetToken())
}

func placeOfToken(t *token.Token) place {
	if t == nil || t.Position == nil || t.Position.Line < 1 {
		return place{1, 1}
	}
	return place{t.Position.Line, max(t.Position.Column, 1)}
}

// fault reports something wrong.
func (r *reading) fault(at place, says string, pairs ...any) {
	r.faults = append(r.faults, Fault{r.name, at.line, at.column, locale.T(says, pairs...)})
}

// warn reports something that the bot can live with.
func (r *reading) warn(at place, says string, pairs ...any) {
	r.warnings = append(r.warnings, Warning{r.name, at.line, at.column, locale.T(says, pairs...)})
}
