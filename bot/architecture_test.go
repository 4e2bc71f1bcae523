package bot_test

import (
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// floors is the house: a package may import those of lower floors only. What is not listed is not allowed to exist.
var floors = map[string]int{
	"text": 0, "calendar": 0, "when": 0, "money": 0, "family": 0,
	"circle": 1, "locale": 1, "chart": 1, "jsonline": 1,
	"contract": 2, "proposal": 2,
	"intake": 3, "match": 3, "register": 3, "purchase": 3,
	"digest": 4,
	"chat":   5, "storage": 5,
	"usecase": 6, "outbox": 6,
	"command": 7,
	"":        8, // package bot itself
}

// neighbours are the imports allowed within one floor: one direction, never a circle.
var neighbours = map[string][]string{
	"when":     {"calendar", "text"},
	"money":    {"text"},
	"family":   {"text"},
	"circle":   {"locale"},
	"chart":    {"locale"},
	"jsonline": {"locale"},
	"proposal": {"contract"},
	"match":    {"intake"},
	"register": {"intake"},
	"storage":  {"chat"},
}

// suites are the contract suites of the ports and what several packages are tried on: test code, which may import what it tests with.
var suites = []string{"chat/chattest", "chat/chatnet", "storage/storagetest", "match/matchtest"}

// impure are the imports that floors 0 to 4 do without: same in, same out.
var impure = []string{"context", "net", "net/http", "os", "os/exec", "database/sql", "log", "log/slog", "math/rand", "math/rand/v2", "crypto/rand"}

const module = "sdcbot/"

func TestFloors(t *testing.T) {
	for name, pkg := range packages(t) {
		if slices.Contains(suites, name) {
			continue
		}
		floor, known := floors[name]
		if !known {
			t.Errorf("bot/%s: say in floors on which floor it stands", name)
			continue
		}
		for _, path := range pkg.Imports {
			if floor <= 4 && slices.Contains(impure, path) {
				t.Errorf("bot/%s (floor %d, pure) imports %s", name, floor, path)
			}
			inside, ours := strings.CutPrefix(path, module)
			if !ours {
				continue
			}
			below, inBot := strings.CutPrefix(inside, "bot/")
			if !inBot {
				t.Errorf("bot/%s imports %s: the bot knows neither its adapters nor its store", name, path)
				continue
			}
			if floors[below] >= floor && !slices.Contains(neighbours[name], below) {
				t.Errorf("bot/%s (floor %d) imports bot/%s (floor %d)", name, floor, below, floors[below])
			}
		}
	}
}

// TestOutsideKnowsPortsOnly holds adapters and the store to the ports and the rules below them: no use case, and never each other.
func TestOutsideKnowsPortsOnly(t *testing.T) {
	for _, root := range []string{"../adapters", "../store", "../config"} {
		for dir, pkg := range packagesBelow(t, root) {
			for _, path := range pkg.Imports {
				inside, ours := strings.CutPrefix(path, module)
				if !ours {
					continue
				}
				own := strings.TrimPrefix(root, "../")
				if own == "adapters" {
					own += "/" + strings.Split(strings.TrimPrefix(dir, "../adapters/"), "/")[0]
				}
				below, inBot := strings.CutPrefix(inside, "bot/")
				switch {
				case inside == own || strings.HasPrefix(inside, own+"/"):
				case inBot && (slices.Contains(suites, below) || floors[below] <= 5):
				default:
					t.Errorf("%s imports %s", dir, path)
				}
			}
		}
	}
}

// TestNoClockBelow holds the pure floors to a clock that comes in through the door.
func TestNoClockBelow(t *testing.T) {
	for name := range packages(t) {
		if floor, known := floors[name]; !known || floor > 6 {
			continue
		}
		for _, call := range []string{"time.Now(", "time.Since(", "time.Sleep(", "time.After("} {
			for _, file := range grep(t, filepath.FromSlash("./"+name), call) {
				t.Errorf("%s calls %s)", file, call)
			}
		}
	}
}

// packages returns the packages under bot/ by their path below it.
func packages(t *testing.T) map[string]*build.Package {
	out := map[string]*build.Package{}
	for dir, pkg := range packagesBelow(t, ".") {
		if dir == "." {
			dir = ""
		}
		out[dir] = pkg
	}
	return out
}

func packagesBelow(t *testing.T, root string) map[string]*build.Package {
	t.Helper()
	out := map[string]*build.Package{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name := d.Name(); name == "testdata" || name == "node_modules" {
			return filepath.SkipDir
		}
		pkg, err := build.ImportDir(path, 0)
		if err != nil {
			return nil //nolint:nilerr // a folder without Go files is no package
		}
		out[filepath.ToSlash(path)] = pkg
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// grep returns the non-test Go files of a folder that hold the words.
func grep(t *testing.T, dir, words string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), words) {
			out = append(out, file)
		}
	}
	return out
}
