package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/goccy/go-yaml"

	"sdcbot/adapters/playground"
	"sdcbot/bot"
	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
	"sdcbot/config"
)

// TestFigures measures what the product promises and prints it as a table. It runs by `make bench` alone, and a figure that is over its
// bound is shown, not failed: a machine that does something else meanwhile would fail a test at random.
func TestFigures(t *testing.T) {
	binary := os.Getenv("SDCBOT_BINARY")
	if os.Getenv("SDCBOT_BENCH") == "" || binary == "" {
		t.Skip("measured by make bench")
	}
	folder := t.TempDir()
	fill(t, filepath.Join(folder, playgroundDatabase))

	var table bytes.Buffer
	w := tabwriter.NewWriter(&table, 0, 0, 3, ' ', 0)
	row := func(figure, bound string, measured float64, unit string, most float64) {
		mark := "✓"
		if measured > most {
			mark = "✗"
		}
		fmt.Fprintf(w, "%s\t%s\t%.4g %s\t%s\n", figure, bound, measured, unit, mark)
	}
	fmt.Fprintf(w, "figure\tat most\tmeasured\t\n")
	row("start to ready, SQLite, 400 contracts (median of 5)", "500 ms", milliseconds(startToReady(t, binary, folder)), "ms", 500)
	median, late := answerTimes(t)
	row("event to answer, 400 contracts, SQLite, median", "20 ms", milliseconds(median), "ms", 20)
	row("event to answer, 99th of 100", "100 ms", milliseconds(late), "ms", 100)
	row("explain statement, one line, in process", "200 µs", microseconds(explainTime()), "µs", 200)
	row("allocations to understand that line", "100", testing.AllocsPerRun(100, func() {
		intake.Read("Notre marché de maintenance des copieurs Konica se termine fin mars 2027, préavis 3 mois, 24 k€/an, reconduction tacite", calendar.On(2026, time.November, 23))
	}), "", 100)
	onSQLite, onPostgreSQL := importTimes(t)
	row("10,000 rows imported, understood and matched, SQLite", "10 s", onSQLite.Seconds(), "s", 10)
	if onPostgreSQL > 0 {
		row("the same on PostgreSQL", "10 s", onPostgreSQL.Seconds(), "s", 10)
	}
	var growth bytes.Buffer
	matched := matchFigures(t, &growth)
	row("a newcomer matched against 1,000 items, 99th of 100", "200 µs", microseconds(matched.at1000), "µs", 200)
	row("a newcomer matched against 100,000 items, 99th of 100", "5 ms", milliseconds(matched.at100000), "ms", 5)
	row("bytes an item in an index of 1,000, beyond its row", "150", matched.bytes1000, "B", 150)
	row("bytes an item in an index of 100,000, beyond its row", "150", matched.bytes, "B", 150)
	if matched.faster > 0 {
		row("time of the index against pg_trgm's", "1/10", 1/matched.faster, "", 0.1)
		row("precision of pg_trgm on labelled pairs at its best F1; ours", fmt.Sprintf("%.3f", matched.ours.precision), matched.theirs.best.precision, "", matched.ours.precision)
		row("recall of pg_trgm at that threshold; ours", fmt.Sprintf("%.3f", matched.ours.recall), matched.theirs.best.recall, "", matched.ours.recall)
	}
	circle := circleFigures(t, &growth)
	row("a proposal in a circle that holds 10,000, median, SQLite", "300 ms", milliseconds(circle.answer), "ms", 300)
	row("memory when idle after 1,000 events", "80 MB", megabytes(idleMemory(t, binary, folder)), "MB", 80)
	row("binary", "45 MB", megabytes(size(t, binary)), "MB", 45)
	row("a simulated year of a circle of four (play)", "20 s", yearTime(t, binary).Seconds(), "s", 20)
	w.Flush()
	fmt.Print("\n" + table.String() + "\n" + growth.String())
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
func megabytes(n int64) float64            { return float64(n) / (1 << 20) }

// fill writes a database of some four hundred contracts, needs and offers: the rehearsal's past ten times over, each time a month later.
func fill(t *testing.T, file string) {
	t.Helper()
	var lines []pastLine
	if err := yaml.Unmarshal(rehearsalPast, &lines); err != nil {
		t.Fatal(err)
	}
	members := fictitious(t)
	opened, err := openPlayground(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	err = opened.Update(t.Context(), members.ID, func(tx storage.Tx) error {
		for again := range 10 {
			for _, line := range lines {
				who, _ := members.Person(line.Who)
				says := regexp.MustCompile(`\{\+([0-9]+)\}`).ReplaceAllStringFunc(line.Says, func(m string) string {
					months, _ := strconv.Atoi(m[2 : len(m)-1])
					return locale.Date(members.Today(now).AddMonths(months+again).EndOfMonth(), locale.French)
				})
				turn := &usecase.Turn{Tx: tx, Circle: members, Now: now, Act: rand.Text(), Verb: "fill", Who: who}
				if _, err := usecase.Adopt(turn, says, now.AddDate(0, 0, -line.Days)); err != nil {
					return fmt.Errorf("%s: %w", says, err)
				}
			}
		}
		return nil
	})
	if err := errors.Join(err, opened.Close()); err != nil {
		t.Fatal(err)
	}
}

func fictitious(t *testing.T) circle.Circle {
	t.Helper()
	loaded, _, err := config.Parse("rehearsal.yaml", rehearsalCircle)
	if err != nil {
		t.Fatal(err)
	}
	return loaded.Circle.WithAccounts(playground.Name)
}

// serving starts the program on the folder and waits until it is ready.
func serving(t *testing.T, binary, folder string) (process *exec.Cmd, url string, ready time.Duration) {
	t.Helper()
	process = exec.Command(binary, "serve", "--playground", "--port", "0", "--data", folder)
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 200)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	url = regexp.MustCompile(`http://\S+`).FindString(string(line[:n]))
	go func() { _, _ = io.Copy(io.Discard, out) }()
	for {
		response, err := http.Get(url + "/readyz")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return process, url, time.Since(begun)
			}
		}
		if time.Since(begun) > time.Minute {
			t.Fatal("never ready")
		}
		time.Sleep(time.Millisecond)
	}
}

func stop(t *testing.T, process *exec.Cmd) {
	t.Helper()
	if err := errors.Join(process.Process.Signal(syscall.SIGTERM), process.Wait()); err != nil {
		t.Fatal(err)
	}
}

func startToReady(t *testing.T, binary, folder string) time.Duration {
	var times []time.Duration
	for range 5 {
		process, _, ready := serving(t, binary, folder)
		stop(t, process)
		times = append(times, ready)
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// answerTimes measures, on a database of its own, from a person's word to the bot's answer in the chat, for what people ask most.
func answerTimes(t *testing.T) (median, late time.Duration) {
	file := filepath.Join(t.TempDir(), playgroundDatabase)
	fill(t, file)
	opened, err := openPlayground(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	members := fictitious(t)
	server, err := playground.Open(filepath.Join(filepath.Dir(file), playgroundMessages), setting(members))
	if err != nil {
		t.Fatal(err)
	}
	page := playground.NewChat(server)
	b := bot.New(bot.Options{
		Store: opened, Circle: func() circle.Circle { return members }, Chats: []chat.Chat{page}, Now: server.Now, NewID: rand.Text,
		Log: slog.New(slog.DiscardHandler),
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = b.Run(ctx) }()

	sentences := []string{
		"propose Notre contrat de téléphonie mobile SFR se termine le 31/08/2027, préavis de 3 mois, tacite, 24 k€/an",
		"contrats", "contrat C-7", "suivi", "moi", "aide",
		"propose Je songe à mettre en place un extranet fournisseur, est-ce que mon confrère serait également intéressé ?",
		"contrat C-7 calcul", "besoins", "confiance",
	}
	people := []string{"dsi-a", "dsi-b", "dsi-c", "dsi-d"}
	var times []time.Duration
	for i := range 300 {
		who := people[i%len(people)]
		changes := server.Feed(0)
		last := 0
		if len(changes) > 0 {
			last = changes[len(changes)-1].Seq
		}
		begun := time.Now()
		if _, err := server.Say(who, chat.Place{}, sentences[i%len(sentences)]); err != nil {
			t.Fatal(err)
		}
		for answered := false; !answered; {
			some, err := server.Wait(ctx, last)
			if err != nil {
				t.Fatal(err)
			}
			for _, change := range some {
				last = change.Seq
				answered = answered || change.FromBot()
			}
		}
		times = append(times, time.Since(begun))
	}
	cancel()
	<-done
	if err := errors.Join(server.Close(), opened.Close()); err != nil {
		t.Fatal(err)
	}
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*99/100]
}

// explainTime is the mean over sentences as people write them, the first one, which builds the dictionary, left out.
func explainTime() time.Duration {
	sentences := []string{
		"Mon contrat téléphonie arrive à échéance dans 6 mois",
		"Je songe à mettre en place un extranet fournisseur, est-ce que mon confrère serait également intéressé ?",
		"Notre marché de maintenance des copieurs Konica se termine fin mars 2027, préavis 3 mois, 24 k€/an, reconduction tacite",
		"Bonjour à tous, la réunion de jeudi est décalée à 14 h",
		"Nous pouvons prêter deux licences de visioconférence Zoom aux confrères",
	}
	on := calendar.On(2026, time.November, 23)
	intake.Read(sentences[0], on)
	const rounds = 400
	begun := time.Now()
	for range rounds {
		for _, sentence := range sentences {
			intake.Explain(intake.Read(sentence, on), locale.French)
		}
	}
	return time.Since(begun) / time.Duration(rounds*len(sentences))
}

// idleMemory is what the process holds a quarter of a minute after a thousand events, all of them commands that the bot answers.
func idleMemory(t *testing.T, binary, folder string) int64 {
	process, url, _ := serving(t, binary, folder)
	defer stop(t, process)
	says := []string{"aide", "contrats", "suivi", "moi", "propose Notre contrat d'antivirus se termine le 30/06/2027"}
	for i := range 1000 {
		body, err := json.Marshal(map[string]string{"as": "dsi-b", "text": says[i%len(says)]})
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.Post(url+"/api/say", "application/json", bytes.NewReader(body))
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatal(err, response)
		}
		response.Body.Close()
	}
	for begun := time.Now(); !worked(t, url, 1000); time.Sleep(50 * time.Millisecond) {
		if time.Since(begun) > 5*time.Minute {
			t.Fatal("a thousand events were not worked in five minutes")
		}
	}
	time.Sleep(15 * time.Second)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process.Process.Pid))
	if err != nil {
		t.Log("memory is measured on Linux alone:", err)
		return 0
	}
	m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	kilobytes, err := strconv.ParseInt(string(m[1]), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes << 10
}

func worked(t *testing.T, url string, events int) bool {
	t.Helper()
	response, err := http.Get(url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(body), fmt.Sprintf("sdcbot_events_worked_total %d\n", events))
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func yearTime(t *testing.T, binary string) time.Duration {
	t.Helper()
	begun := time.Now()
	if out, err := exec.Command(binary, "play", "testdata/conversations/46-a-year-of-a-circle.txt").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return time.Since(begun)
}
