package match_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
)

var update = flag.Bool("update", false, "write the golden files")

// TestExplainJSONGolden reads the lines of testdata/explain.in.jsonl and compares what is written with explain.out.jsonl.
func TestExplainJSONGolden(t *testing.T) {
	in, err := os.ReadFile("testdata/explain.in.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for line := range strings.SplitSeq(strings.TrimSuffix(string(in), "\n"), "\n") {
		out.Write(match.ExplainJSON([]byte(line), calendar.On(2026, 11, 23)))
		out.WriteByte('\n')
	}
	compareGolden(t, "testdata/explain.out.jsonl", out.String())
}

// TestExplainGolden holds what people read of a pair. What stands under each organisation is intake.Explain's, and is left out here but for the family.
func TestExplainGolden(t *testing.T) {
	on := calendar.On(2026, 11, 23)
	var out strings.Builder
	for _, row := range []struct {
		why, a, b string
		lang      locale.Lang
	}{
		{"together", "Mon contrat téléphonie arrive à échéance dans 6 mois", "flotte mobile SFR jusqu'au 31/10/2027", locale.French},
		{"a maybe", "copieurs Ricoh jusqu'au 15/06/2027", "copieurs : fin le 30/06/2028", locale.French},
		{"apart, in English", "Cegid payroll until 31 March 2028", "Cegid accounting until 31 March 2028", locale.English},
		{"of several proposals the one that comes closest", "Notre contrat copieurs Ricoh finit le 31/12/2027. On cherche aussi une GED pour 2028.", "GED à remplacer fin 2028", locale.French},
	} {
		out.WriteString("# " + row.why + "\n")
		for line := range strings.SplitSeq(match.Explain(match.Said{Text: row.a, On: on}, match.Said{Text: row.b, On: on}, row.lang), "\n") {
			if !strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "  - ") || strings.HasPrefix(plain(line), "  Famille : ") || strings.HasPrefix(line, "  Family: ") {
				out.WriteString(plain(line) + "\n")
			}
		}
		out.WriteString("\n")
	}
	compareGolden(t, "testdata/explain.txt", out.String())
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestSideOf(t *testing.T) {
	// A reading that hesitates keeps both families; one that hints alone say is a guess; what a supplier sells beside is neither.
	for _, row := range []struct {
		typed          string
		family, second string
		guessed        bool
	}{
		{"copieurs jusqu'au 30/06/2027", "printing", "", false},
		{"badgeuses et contrôle d'accès du siège, échéance 30/06/2028", "smart-building", "hr-payroll", false},
		{"lignes et postes à racheter à la rentrée 2028", "telephony-fixed", "workstations", true},
		{"Orange, liens MPLS jusqu'au 31/12/2027", "internet-links", "", false},
	} {
		s := sideOf(row.typed)
		if string(s.Family) != row.family || string(s.Second) != row.second || s.Guessed != row.guessed {
			t.Errorf("%s: %s or %q, guessed %v", row.typed, s.Family, s.Second, s.Guessed)
		}
	}
}

func sideOf(typed string) match.Side {
	return match.SideOf("A", intake.Read(typed, calendar.On(2026, 11, 23)))
}
