package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"sdcbot/adapters/sheet"
	"sdcbot/bot"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
	"sdcbot/config"
	"sdcbot/store"
)

// twoOffices is a circle whose one chat is chattest's.
const twoOffices = `
circle: {name: SdC des Rives, channel: commun}
organisations: [{code: A, name: Office A}, {code: B, name: Office B}]
people:
  - {handle: dsi-a, name: DSI A, organisation: A, roles: [dsi], accounts: {recorder: a}}
  - {handle: dsi-b, name: DSI B, organisation: B, roles: [dsi], accounts: {recorder: b}}
mattermost: [{name: recorder, url: "https://chat.example", team: rives, token: "${TOKEN}"}]
`

// someContracts are three rows: one that ends when Office B's does, one whose family is guessed, one that cannot be read.
const someContracts = `Numéro;Intitulé;Titulaire;Échéance;Préavis;Reconduction;Montant annuel
T-1;Téléphonie fixe des agences;Orange;31/05/2027;3 mois;tacite;24 000,00 €
T-2;Maintenance des copieurs;Konica Minolta;30 juin 2027;90 jours;expresse;12 500,50 €
T-3;Antivirus;Sophos;31/02/2028;;;
`

// desk is where an operator types: a folder with a circle's file, and a console.
type desk struct {
	t      *testing.T
	folder string
}

func newDesk(t *testing.T) desk {
	d := desk{t, t.TempDir()}
	d.write("circle.yaml", twoOffices)
	d.write("contrats.csv", someContracts)
	return d
}

func (d desk) path(name string) string { return filepath.Join(d.folder, name) }

func (d desk) write(name, content string) string {
	d.t.Helper()
	if err := os.WriteFile(d.path(name), []byte(content), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return d.path(name)
}

// env is the operator's environment: a config file beside a data folder of the test's own.
func (d desk) env(name string) string {
	return map[string]string{"TOKEN": "hush", configVariable: d.path("circle.yaml"), "LC_ALL": "fr_FR.UTF-8"}[name]
}

// types runs one command line, and returns what it wrote and its exit code.
func (d desk) types(stdin string, arguments ...string) (stdout, stderr string, code int) {
	d.t.Helper()
	var out, complaints bytes.Buffer
	code = run(arguments, console{stdin: strings.NewReader(stdin), stdout: &out, stderr: &complaints, env: d.env, lang: locale.French})
	return plainly(out.String()), plainly(complaints.String()), code
}

// plainly writes every space in one way, as one types it.
func plainly(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }

// must is types for what has to succeed.
func (d desk) must(arguments ...string) string {
	d.t.Helper()
	stdout, stderr, code := d.types("", arguments...)
	if code != exitFine {
		d.t.Fatalf("%q ended with %d: %s%s", arguments, code, stdout, stderr)
	}
	return stdout
}

// inside runs f in a transaction on the desk's database.
func (d desk) inside(f func(storage.Tx) error) {
	d.t.Helper()
	opened := d.open()
	defer opened.Close()
	if err := opened.View(d.t.Context(), d.circle().ID, f); err != nil {
		d.t.Fatal(err)
	}
}

func (d desk) open() *store.Store {
	d.t.Helper()
	opened, err := store.Open(d.t.Context(), d.path(filepath.Join(config.DefaultData, config.DatabaseName)))
	if err != nil {
		d.t.Fatal(err)
	}
	return opened
}

func (d desk) circle() circle.Circle {
	d.t.Helper()
	loaded, _, err := config.Load(d.path("circle.yaml"), d.env)
	if err != nil {
		d.t.Fatal(err)
	}
	return loaded.Circle
}

// Every fault of an operator is one line that names what is wrong and what to do, an exit code, and nothing written.
func TestImportAndExportFaults(t *testing.T) {
	d := newDesk(t)
	csv := d.path("contrats.csv")
	huge := d.write("huge.csv", "")
	if err := os.Truncate(huge, 200<<20); err != nil { // of nothing: it takes no room
		t.Fatal(err)
	}
	alone := d.write("alone.yaml", strings.Replace(twoOffices, "dsi-b, name: DSI B, organisation: B, roles: [dsi]", "amo, name: AMO, roles: [adviser]", 1))
	tests := []struct {
		why, want string
		code      int
		arguments []string
	}{
		{"no file of that name", "n’existe pas. Vérifiez le chemin", exitDisk, []string{"import", d.path("contrat.csv"), "--for", "A"}},
		{"a folder", "est un dossier. Donnez le fichier qui est dedans", exitDisk, []string{"import", d.folder, "--for", "A"}},
		{"an empty file", "Ce fichier est vide : envoyez un tableau", exitFailed, []string{"import", d.write("vide.csv", ""), "--for", "A"}},
		{"a file of spaces", "Ce fichier est vide", exitFailed, []string{"import", d.write("blanc.csv", " \n\n"), "--for", "A"}},
		{"200 MB, of which not more is read than shows it", "trop gros (plus de 20 Mo", exitFailed, []string{"import", huge, "--for", "A"}},
		{"no table", "Ce n’est pas un tableau : envoyez un fichier CSV, XLSX ou JSON", exitFailed, []string{"import", d.write("page.csv", "<html></html>"), "--for", "A"}},
		{"a picture", "Ce n’est pas un tableau", exitFailed, []string{"import", d.write("photo.xlsx", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "--for", "A"}},
		{"a PDF", "C’est un PDF", exitFailed, []string{"import", d.write("c.pdf", "%PDF-1.7"), "--for", "A"}},
		{"a workbook cut off", "sans doute abîmé", exitFailed, []string{"import", d.write("coupe.xlsx", "PK\x03\x04…"), "--for", "A"}},
		{"headings alone", "aucune ligne de contrat", exitFailed, []string{"import", d.write("titres.csv", "Objet;Fournisseur;Échéance\n"), "--for", "A"}},
		{"no column that is known", "Aucune colonne ne dit de quoi il s’agit", exitFailed, []string{"import", d.write("x.csv", "Rouge;Vert\n1;2\n"), "--for", "A"}},
		{"no organisation, of two", "plusieurs organismes : dites lequel avec --for. Les voici : A (Office A) et B (Office B)", exitUsage, []string{"import", csv}},
		{"an organisation that is not there", "« Office Z » n’est pas un organisme de ce cercle", exitUsage, []string{"import", csv, "--for", "Office Z"}},
		{"an organisation without people", "Personne dans le fichier du cercle ne peut parler pour Office B", exitFailed, []string{"import", csv, "--for", "B", "--config", alone}},
		{"a column that is not there", "Aucune colonne ne s’appelle « Nom »", exitFailed, []string{"import", csv, "--for", "A", "--column", "Nom = Objet"}},
		{"a correction that is none", "Dites quelle colonne est quel champ", exitFailed, []string{"import", csv, "--for", "A", "--column", "Intitulé"}},
		{"a row that is no number", "écrivez le numéro de la ligne et ce qu’elle est", exitUsage, []string{"import", csv, "--for", "A", "--row", "quatre=C-1"}},
		{"a contract that is not there", "C-99", exitFailed, []string{"import", csv, "--for", "A", "--row", "2=C-99"}},
		{"no file at all", "il manque quelque chose à cette commande", exitUsage, []string{"import"}},
		{"a circle that is not there", "circle.yml", exitConfig, []string{"import", csv, "--for", "A", "--config", d.path("circle.yml")}},
		{"an export where there is no database", "il n’y a rien à exporter", exitDatabase, []string{"export", d.path("sorti.csv"), "--for", "A"}},
		{"an export over a file", "existe déjà et n’a pas été touché", exitDisk, []string{"export", csv, "--for", "A"}},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			stdout, stderr, code := d.types("", tt.arguments...)
			_, fault, _ := strings.Cut("\n"+stderr, "\nsdcbot: ") // warnings of the circle's file stand before it
			if tt.code == exitConfig {
				fault = stderr
			}
			if code != tt.code || stdout != "" || strings.Count(fault, "\n") != 1 || !strings.Contains(fault, tt.want) {
				t.Errorf("exit %d, want %d with %q on one line:\n%s%s", code, tt.code, tt.want, stdout, stderr)
			}
		})
	}
	if exists(d.path("data")) {
		t.Error("a fault, or a dry run, made a database")
	}
}

// While serve holds the file, an import is refused in one line, and the dry run and an export go on.
func TestImportBesideServe(t *testing.T) {
	d := newDesk(t)
	d.must("migrate")
	serving := d.open()
	defer serving.Close()
	if err := serving.Lock(); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := d.types("", "import", d.path("contrats.csv"), "--for", "A", "--apply")
	if code != exitBusy || stdout != "" || !strings.Contains(stderr, "Envoyez-lui ce fichier en privé, ou arrêtez-le") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	d.must("import", d.path("contrats.csv"), "--for", "A")
	d.must("export", "--for", "A")
}

// What the button does in a chat, the command does: rows written once, guesses marked, the journal with whom and where, and one message to the circle and
// one to the peer, said when the bot runs again.
func TestImportOnTheCommandLine(t *testing.T) {
	d := newDesk(t)
	d.must("import", d.write("b.csv", "Objet;Fournisseur;Échéance\nTéléphonie fixe;Orange;31/08/2027\n"), "--for", "B", "--apply")
	dry := d.must("import", d.path("contrats.csv"), "--for", "a")
	for _, want := range []string{
		"3 lignes lues, rien n’est encore enregistré", "Organisme : Office A.",
		"Ligne 2 : Téléphonie fixe des agences (Orange), à ajouter. Deviné, à confirmer : Famille.",
		"Ligne 4 : refusée. La date « 31/02/2028 » n’existe pas au calendrier : écrivez par exemple 31/05/2027.",
		"2 contrats à ajouter", "la même commande avec --apply",
	} {
		if !strings.Contains(dry, want) {
			t.Errorf("the dry run lacks %q:\n%s", want, dry)
		}
	}
	contracts := func() (n int) {
		d.inside(func(tx storage.Tx) error {
			all, err := tx.Proposals().All()
			n = len(all)
			return err
		})
		return n
	}
	if got := contracts(); got != 1 {
		t.Fatalf("%d contracts after a dry run, want B's one", got)
	}
	done := d.must("import", d.path("contrats.csv"), "--for", "Office A", "--apply")
	for _, want := range []string{"Importé : 2 contrats ajoutés", "1 ligne est restée de côté", "Un résumé part à Office B", "dès que le bot est en service", "dsi-a reprend tout l’import"} {
		if !strings.Contains(done, want) {
			t.Errorf("the import lacks %q:\n%s", want, done)
		}
	}
	if again := d.must("import", d.path("contrats.csv"), "--for", "A", "--yes"); !strings.Contains(again, "rien n’a changé") || contracts() != 3 {
		t.Errorf("imported twice, %d contracts:\n%s", contracts(), again)
	}
	d.inside(func(tx storage.Tx) error {
		lines, err := tx.Journal().About("proposal C-2")
		if err != nil {
			return err
		}
		if len(lines) != 1 || lines[0].Chat != usecase.CommandLine || lines[0].Person != "dsi-a" || lines[0].Verb != "import" {
			t.Errorf("the journal says %+v", lines)
		}
		return nil
	})

	told := d.serves()
	if len(told["b"]) != 1 || !strings.Contains(told["b"][0], "Office A a importé ses contrats : 1 se rapproche des vôtres") {
		t.Errorf("the peer reads %q", told["b"])
	}
	if len(told["commun"]) != 2 || !strings.Contains(told["commun"][1], "en ligne de commande, au nom de DSI A") || len(told["a"]) != 0 {
		t.Errorf("the circle reads %q, DSI A %q", told["commun"], told["a"])
	}
}

// serves lets the bot run once, and returns what each channel and account read.
func (d desk) serves() map[string][]string {
	d.t.Helper()
	opened := d.open()
	defer opened.Close()
	members, recorder := d.circle(), &chattest.Recorder{}
	b := bot.New(bot.Options{
		Store: opened, Circle: func() circle.Circle { return members }, Chats: []chat.Chat{recorder}, Now: time.Now, NewID: func() string { return "act" },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Sheets: sheet.Sheets(),
	})
	for now := time.Now(); ; {
		next, err := b.Step(d.t.Context(), now)
		if err != nil {
			d.t.Fatal(err)
		}
		if next.After(now.Add(time.Minute)) {
			break
		}
		now = next
	}
	told := map[string][]string{}
	for _, p := range recorder.Posts() {
		said, err := json.Marshal(p.Message)
		if err != nil {
			d.t.Fatal(err)
		}
		to := p.To.Channel + p.To.Account
		told[to] = append(told[to], plainly(string(said)))
	}
	return told
}

// An export brought back changes nothing where it came from, and elsewhere it brings the same contracts, guesses included.
func TestExportRoundTrip(t *testing.T) {
	d := newDesk(t)
	d.must("import", d.path("contrats.csv"), "--for", "A", "--apply")
	want := d.contracts("A")
	for _, form := range []string{"csv", "xlsx", "json"} {
		t.Run(form, func(t *testing.T) {
			file := d.path("sorti." + form)
			if said := d.must("export", file, "--for", "A"); !strings.Contains(said, "2 contrats (Office A)") {
				t.Error(said)
			}
			if said := d.must("import", file, "--for", "A"); !strings.Contains(said, "2 contrats déjà ainsi") || !strings.Contains(said, "rien à importer") {
				t.Errorf("brought back it says:\n%s", said)
			}
			elsewhere := newDesk(t)
			elsewhere.must("import", file, "--for", "A", "--apply")
			if got := elsewhere.contracts("A"); !reflect.DeepEqual(got, want) {
				t.Errorf("elsewhere:\n%v\nwant\n%v", got, want)
			}
			piped, _, _ := d.types("", "export", "-", "--format", form, "--for", "A")
			written, err := os.ReadFile(file)
			if form != "xlsx" && (err != nil || piped != plainly(string(written))) { // a workbook holds when it was made
				t.Errorf("on the standard output it is another file: %v", err)
			}
			if stdout, stderr, code := d.types(piped, "import", "-", "--for", "A"); form == "json" && (code != exitFine || !strings.Contains(stdout, "2 contrats déjà ainsi")) {
				t.Errorf("piped back: %d %s%s", code, stdout, stderr)
			}
		})
	}
}

// contracts are what an organisation's export holds, as programs read it.
func (d desk) contracts(org string) (all []map[string]any) {
	d.t.Helper()
	if err := json.Unmarshal([]byte(d.must("export", "--format", "json", "--for", org)), &all); err != nil {
		d.t.Fatal(err)
	}
	return all
}

// Columns and doubtful rows are settled by flags, as by the two forms of a chat.
func TestImportFormsAsFlags(t *testing.T) {
	d := newDesk(t)
	file := d.write("codes.csv", "Quoi;Chez qui;Bout\nAntivirus des postes;Sophos;31/12/2027\n")
	if _, stderr, code := d.types("", "import", file, "--for", "A"); code != exitFailed || !strings.Contains(stderr, "« Quoi »") {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	columns := []string{"--for", "A", "--column", "Quoi = Objet", "--column", "2=fournisseur", "--column", "C = Échéance"}
	said := d.must(append([]string{"import", file, "--apply"}, columns...)...)
	if !strings.Contains(said, "Ligne 2 : Antivirus des postes (Sophos), à ajouter") {
		t.Error(said)
	}

	like := d.write("autrement.csv", "Objet;Fournisseur;Échéance\nProtection antivirus;Sophos;15/01/2028\n")
	if said := d.must("import", like, "--for", "A"); !strings.Contains(said, "Ressemble à C-1") {
		t.Errorf("no doubt:\n%s", said)
	}
	if said := d.must("import", like, "--for", "A", "--row", "2=c-1"); !strings.Contains(said, "C-1 Protection antivirus (Sophos), à changer") {
		t.Errorf("it is C-1:\n%s", said)
	}
	if said := d.must("import", like, "--for", "A", "--row", "2=nouveau"); !strings.Contains(said, "à ajouter") {
		t.Errorf("it is new:\n%s", said)
	}
}

// With --json each row is an object on a line, its contract written as an export writes it, and one object for the whole ends them.
func TestImportAsJSON(t *testing.T) {
	d := newDesk(t)
	lines := strings.Split(strings.TrimSpace(d.must("import", d.path("contrats.csv"), "--for", "A", "--json")), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines for 3 rows and a sum", len(lines))
	}
	for i, want := range []string{
		`{"row":2,"verdict":"add","contract":{"reference":null,"number":"T-1","kind":"contract","family":"telephony-fixed",`,
		`"guessed":["family"]`,
		`{"row":4,"verdict":"refuse",`,
		`{"organisation":"A","applied":false,"summary":{"add":2,"aside":0,"change":0,"doubt":0,"refuse":1,"same":0}`,
	} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("line %d lacks %s: %s", i+1, want, lines[i])
		}
	}
}
