package config

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// section is a mapping of the file: its keys are known ones and stand once each, what else stood there is reported already.
type section struct {
	*reading
	part   part
	at     place
	values map[string]ast.Node
	meant  map[string]bool // keys that a mistyped one most likely stands for: not missing as well
}

// section reads a node as a mapping with the keys of the part. name is the key under which it stands, empty for an entry of a list.
func (r *reading) section(node ast.Node, p part, name string) (section, bool) {
	s := section{reading: r, part: p, at: placeOf(node), values: map[string]ast.Node{}, meant: map[string]bool{}}
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		if name == "" {
			r.fault(s.at, "config.want-entry", "example", exampleEntry(p))
		} else {
			r.fault(s.at, "config.want-section", "key", name, "example", wholeFile.example(name))
		}
		return s, false
	}
	first := map[string]place{}
	for _, entry := range mapping.Values {
		word, at := keyOf(entry), placeOf(entry.Key)
		if earlier, twice := first[word]; twice {
			r.fault(at, "config.key-twice", "key", word, "line", earlier.line)
			continue
		}
		first[word] = at
		if p.has(word) {
			s.values[word] = entry.Value
			continue
		}
		if near, ok := nearest(word, p.names()); ok {
			s.meant[near] = true
		}
		r.fault(at, "config.unknown-key", "key", word, "instead", instead(word, p.names()))
	}
	return s, true
}

// has says whether the key stands in the section, with whatever value.
func (s section) has(name string) bool { _, ok := s.values[name]; return ok }

// where returns the place of the key's value, or of the section when it is not there.
func (s section) where(name string) place {
	if node, ok := s.values[name]; ok {
		return placeOf(node)
	}
	return s.at
}

// text returns the words that stand under the key; empty and false when they do not or are something else, which is then reported.
func (s section) text(name string) (string, bool) {
	node, ok := s.values[name]
	if !ok {
		return "", false
	}
	return s.textOf(node, name)
}

// missing reports a key that must be there, unless it is there with a typing error.
func (s section) missing(name string) {
	if !s.meant[name] {
		s.fault(s.at, "config.missing", "key", name, "example", s.part.example(name))
	}
}

// required is text for a key that must be there.
func (s section) required(name string) (string, bool) {
	if !s.has(name) {
		s.missing(name)
		return "", false
	}
	said, ok := s.text(name)
	if ok && said == "" {
		s.fault(s.where(name), "config.empty-value", "key", name, "example", s.part.example(name))
		return "", false
	}
	return said, ok
}

// textOf reads a scalar as words.
func (s section) textOf(node ast.Node, name string) (string, bool) {
	switch node := node.(type) {
	case *ast.StringNode:
		return strings.TrimSpace(node.Value), true
	case *ast.LiteralNode:
		return strings.TrimSpace(node.Value.Value), true
	case *ast.NullNode:
		says := "config.empty-value"
		if s.commented(placeOf(node).line) {
			says = "config.comment-value"
		}
		s.fault(placeOf(node), says, "key", name, "example", s.part.example(name))
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		if strings.Contains(name, "token") { // what was typed may be a secret
			s.fault(placeOf(node), "config.want-text", "key", name, "example", s.part.example(name))
			break
		}
		s.fault(placeOf(node), "config.want-quotes", "key", name, "value", node.GetToken().Value)
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		s.fault(placeOf(node), "config.plain-yaml")
	default:
		s.fault(placeOf(node), "config.want-text", "key", name, "example", s.part.example(name))
	}
	return "", false
}

// commented says whether that line of the file holds the mark of a comment.
func (r *reading) commented(line int) bool {
	return line >= 1 && line <= len(r.lines) && strings.Contains(r.lines[line-1], "#")
}

// whole returns the whole number that stands under the key, from 0 on.
func (s section) whole(name string) (int, bool) {
	node, ok := s.values[name]
	if !ok {
		return 0, false
	}
	if n, isNumber := node.(*ast.IntegerNode); isNumber {
		if v, fits := n.Value.(uint64); fits && v <= 1_000_000_000 {
			return int(v), true
		}
	}
	s.fault(placeOf(node), "config.want-number", "key", name, "example", s.part.example(name))
	return 0, false
}

// list returns the entries under the key. An empty list is a list.
func (s section) list(name string) ([]ast.Node, bool) {
	node, ok := s.values[name]
	if !ok {
		return nil, false
	}
	sequence, ok := node.(*ast.SequenceNode)
	if !ok {
		s.fault(placeOf(node), "config.want-list", "key", name, "example", s.part.example(name))
		return nil, false
	}
	return sequence.Values, true
}
