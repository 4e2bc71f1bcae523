package locale

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// The catalogue: one folder a language, one file a subject, each a flat map of key to sentence. A sentence that
// counts has the forms one and other, and its data a "count". Data stand in the sentence as {.name}.
//
//go:embed fr/*.yaml en/*.yaml
var files embed.FS

// Languages lists what the catalogue speaks, the default first.
var Languages = []Lang{French, English}

// sentence is one entry of a catalogue file: a string, or forms by number.
type sentence struct {
	One   string `yaml:"one"`
	Other string `yaml:"other"`
}

func (s *sentence) UnmarshalYAML(unmarshal func(any) error) error {
	if unmarshal(&s.Other) == nil {
		return nil
	}
	type bare sentence
	return unmarshal((*bare)(s))
}

// read returns all sentences of a language by key. A key that stands twice is a fault.
func read(lang Lang) (map[string]sentence, error) {
	all := map[string]sentence{}
	names, err := fs.Glob(files, string(lang)+"/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		raw, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var some map[string]sentence
		if err := yaml.Unmarshal(raw, &some); err != nil {
			return nil, fmt.Errorf("%s: %w", path.Base(name), err)
		}
		for key, s := range some {
			if _, twice := all[key]; twice {
				return nil, fmt.Errorf("%s: %q stands twice in %s", name, key, lang)
			}
			if lang == French {
				s = sentence{typeset(s.One), typeset(s.Other)}
			}
			all[key] = s
		}
	}
	return all, nil
}

// loose finds the spaces at which a French line must not break: before ? ! ; : and », and after «.
var loose = regexp.MustCompile(` ([?!;:»])|« `)

// typeset puts a no-break space there, so that whoever writes a sentence need not, and no question mark stands alone on a phone's line.
func typeset(words string) string {
	return loose.ReplaceAllStringFunc(words, func(found string) string { return strings.Replace(found, " ", "\u00a0", 1) })
}

// localizers reads the whole catalogue once; a catalogue that cannot be read is a fault of the build, so it panics.
var localizers = sync.OnceValue(func() map[Lang]*i18n.Localizer {
	bundle := i18n.NewBundle(language.French)
	for _, lang := range Languages {
		all, err := read(lang)
		if err != nil {
			panic(err)
		}
		tag := language.Make(string(lang))
		for key, s := range all {
			// A sentence that does not count is the same for every number. French counts millions apart ("un million de contrats"): we never
			// reach them, the plural serves.
			m := &i18n.Message{ID: key, One: cmp.Or(s.One, s.Other), Many: s.Other, Other: s.Other, LeftDelim: "{", RightDelim: "}"}
			if err := bundle.AddMessages(tag, m); err != nil {
				panic(fmt.Errorf("%s %s: %w", lang, key, err))
			}
		}
	}
	out := map[Lang]*i18n.Localizer{}
	for _, lang := range Languages {
		out[lang] = i18n.NewLocalizer(bundle, string(lang))
	}
	return out
})

// In returns the sentence in the language. A key that the catalogue lacks comes out as ⟨key⟩: a test walks the code so that
// nobody ever reads one.
func (t Text) In(lang Lang) string {
	if t.IsZero() {
		return ""
	}
	if t.Key == plainKey {
		return t.Args["words"].in(lang)
	}
	localizer, ok := localizers()[lang]
	if !ok {
		localizer = localizers()[French]
	}
	cfg := &i18n.LocalizeConfig{MessageID: t.Key}
	if len(t.Args) > 0 {
		data := make(map[string]string, len(t.Args))
		for name, v := range t.Args {
			data[name] = v.in(lang)
			if name == "count" && v.Number != nil {
				cfg.PluralCount = *v.Number
			}
		}
		cfg.TemplateData = data
	}
	said, err := localizer.Localize(cfg)
	if err != nil {
		return "⟨" + t.Key + "⟩"
	}
	return said
}

func (v Value) in(lang Lang) string {
	switch {
	case v.Plain != nil:
		return *v.Plain
	case v.Number != nil:
		return grouped(int64(*v.Number), lang)
	case v.Day != nil:
		return Date(*v.Day, lang)
	case v.Amount != nil:
		return Amount(*v.Amount, lang)
	case v.Band != nil:
		return Band(*v.Band, lang)
	case v.Family != nil:
		return Family(*v.Family, lang)
	case v.Text != nil:
		return v.Text.In(lang)
	}
	return List(v.List, lang)
}

// List joins sentences: "a, b et c".
func List(texts []Text, lang Lang) string {
	said := make([]string, len(texts))
	for i, t := range texts {
		said[i] = t.In(lang)
	}
	if len(said) < 2 {
		return strings.Join(said, "")
	}
	last := len(said) - 1
	return T("list.last", "head", strings.Join(said[:last], ", "), "tail", said[last]).In(lang)
}
