package family

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sdcbot/bot/text"
)

// What one lesson of each kind counts against a labelled title.
const (
	statementWeight = 0.5
	phraseWeight    = 0.15 // a phrase of the dictionary alone
	madeWeight      = 0.1  // a phrase in a made title
	labelWeight     = 0.1  // a label of the CPV
	elsewhereWeight = 0.06 // a title of which the CPV says that it is no information technology
)

// everyNth of the CPV's labels and of the titles from elsewhere teach: they say much the same.
const everyNth = 3

// lessons returns the labelled titles, and all that may teach with them.
func lessons(t *testing.T) (labelled, others []lesson) {
	t.Helper()
	labelled, others = publishedTitles(t)
	joinLikeTitles(labelled, others)
	others = slices.Concat(others, statements(t), phrases(), nomenclature(t))
	for _, list := range [][]lesson{labelled, others} {
		for i, l := range list {
			list[i].traits = Known().readTitle(l.text).traits()
		}
	}
	return labelled, others
}

func columnsOf(codes ...string) (columns []int) {
	for _, code := range codes {
		if at, ok := families().at[Code(code)]; ok {
			columns = append(columns, at)
		}
	}
	return columns
}

// publishedTitles returns the titles that were labelled, and every few of those that were not: they were left out since neither their words nor
// their CPV speak of information technology.
func publishedTitles(t *testing.T) (labelled, elsewhere []lesson) {
	t.Helper()
	labels := map[string][]int{}
	for line := range strings.Lines(string(read(t, "title_families.tsv"))) {
		if cells := strings.Split(strings.TrimSpace(line), "\t"); cells[0] != "id" {
			codes := cells[1:2]
			if len(cells) > 2 {
				codes = append(codes, strings.Split(cells[2], ",")...)
			}
			labels[cells[0]] = columnsOf(codes...)
		}
	}
	unlabelled := 0
	for line := range strings.Lines(string(read(t, "contracts.jsonl"))) {
		var c struct{ ID, Title, Buyer, CPV string }
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		l := lesson{text: c.Title, group: text.Key(c.Buyer), wants: labels[c.ID], weight: 1}
		switch {
		case l.wants != nil:
			labelled = append(labelled, l)
		case c.CPV != "":
			if unlabelled++; unlabelled%everyNth == 0 {
				l.wants, l.weight = columnsOf("not-it"), elsewhereWeight
				elsewhere = append(elsewhere, l)
			}
		}
	}
	return labelled, elsewhere
}

// joinLikeTitles puts buyers into one group of whom two titles have four words in five in common.
func joinLikeTitles(labelled, others []lesson) {
	leader := map[string]string{}
	var leaderOf func(group string) string
	leaderOf = func(group string) string {
		if above, ok := leader[group]; ok && above != group {
			return leaderOf(above)
		}
		return group
	}
	sets := make([]map[string]bool, len(labelled))
	for i, l := range labelled {
		sets[i] = wordSet(l.text)
		for j := range i {
			shared := 0
			for word := range sets[i] {
				if sets[j][word] {
					shared++
				}
			}
			if 5*shared >= 4*(len(sets[i])+len(sets[j])-shared) {
				leader[leaderOf(l.group)] = leaderOf(labelled[j].group)
			}
		}
	}
	for _, list := range [][]lesson{labelled, others} {
		for i, l := range list {
			list[i].group = leaderOf(l.group)
		}
	}
}

// statements returns what was said in chats, of the files that bot/intake is taught and judged by.
func statements(t *testing.T) (all []lesson) {
	t.Helper()
	for _, file := range []string{"statements.jsonl", "taught.jsonl", "apart.jsonl"} {
		f, err := os.Open(filepath.Join("..", "intake", "testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for scanner := bufio.NewScanner(f); scanner.Scan(); {
			var l struct {
				Text     string
				Family   string
				FamilyOK []string `json:"family_ok"`
			}
			if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
				t.Fatal(err)
			}
			if wants := columnsOf(append([]string{l.Family}, l.FamilyOK...)...); len(wants) > 0 {
				all = append(all, lesson{text: l.Text, wants: wants, weight: statementWeight})
			}
		}
	}
	return all
}

// Titles are made of a phrase between two of these, so that it is learnt that they say nothing of what is bought.
var (
	beforeTerm = []string{
		"", "fourniture de", "acquisition et maintenance de", "maintenance", "prestations de", "achat de", "marché de", "mise en place d'une solution de",
		"développement et intégration", "acquisition, mise en œuvre et maintenance d'un", "location et entretien de", "accord-cadre à bons de commande pour",
		"renouvellement de", "évolution et extension du", "création de", "assistance et support pour", "lot 2 :", "mise à disposition et hébergement de",
		"services de", "étude et fourniture",
	}
	beforeProduct = []string{
		"maintenance du logiciel", "maintenance du progiciel", "acquisition de licences", "assistance et maintenance de la solution", "migration de",
		"hébergement et support", "prestations sur le progiciel", "évolution de",
	}
	after = []string{
		"", "", "", "pour les services de la ville", "pour le département", "de la communauté d'agglomération", "pour les besoins du CCAS",
		"et prestations associées", "pour l'office public de l'habitat", "du SDIS", "- lot 1", "2019-2022", "des bâtiments communaux", "pour l'université",
		"du centre hospitalier", "pour l'ensemble des sites de la région", "pour les écoles et collèges",
	}
)

// phrases returns those of the dictionary that say a family, alone and in two made titles each.
func phrases() (all []lesson) {
	pick := rand.New(rand.NewPCG(7, 7))
	said := Known().said
	for phrase, m := range inOrder(said) {
		if len(m.scores) == 0 || m.capital || strings.ContainsAny(phrase, "_*") {
			continue
		}
		var wants []int
		for _, s := range m.scores {
			wants = append(wants, columnsOf(string(s.Code))...)
		}
		alone := lesson{text: phrase, wants: wants[:1], weight: phraseWeight}
		if m.hint {
			alone.weight *= hintWeight
		}
		all = append(all, alone)
		if m.hint || m.lead {
			continue
		}
		before := beforeTerm
		if !m.term {
			before = beforeProduct
		}
		for range 2 {
			title := before[pick.IntN(len(before))] + " " + phrase + " " + after[pick.IntN(len(after))]
			all = append(all, lesson{text: title, wants: wants, weight: madeWeight})
		}
	}
	return all
}

// inOrder goes through the phrases by the alphabet.
func inOrder(said map[string]*meaning) func(yield func(string, *meaning) bool) {
	keys := make([]string, 0, len(said))
	for phrase := range said {
		keys = append(keys, phrase)
	}
	slices.Sort(keys)
	return func(yield func(string, *meaning) bool) {
		for _, phrase := range keys {
			if !yield(phrase, said[phrase]) {
				return
			}
		}
	}
}

// technical are the heads of the CPV's codes for information technology and telecommunications. A code below them that no family claims teaches nothing.
var technical = []string{"48", "72", "30", "32", "64", "503"}

// nomenclature returns every few of the CPV's labels with the family whose hint is the longest head of the code.
func nomenclature(t *testing.T) (all []lesson) {
	t.Helper()
	hints := map[string]int{}
	for column, row := range rows("families.csv") {
		for hint := range strings.FieldsSeq(row[4]) {
			if _, taken := hints[hint]; len(hint) > 2 && !taken {
				hints[hint] = column
			}
		}
	}
	table, err := csv.NewReader(strings.NewReader(string(read(t, "cpv.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range table[1:] {
		if i%everyNth != 0 {
			continue
		}
		code, l := row[0], lesson{text: row[1], weight: labelWeight}
		for head := len(code); head > 2 && l.wants == nil; head-- {
			if column, ok := hints[code[:head]]; ok {
				l.wants = []int{column}
			}
		}
		if l.wants == nil {
			if slices.ContainsFunc(technical, func(head string) bool { return strings.HasPrefix(code, head) }) {
				continue
			}
			l.wants, l.weight = columnsOf("not-it"), labelWeight/3
		}
		all = append(all, l)
	}
	return all
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(*data, name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
