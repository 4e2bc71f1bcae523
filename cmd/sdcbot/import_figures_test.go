package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sdcbot/adapters/sheet"
	"sdcbot/bot/calendar"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
	"sdcbot/store"
	"sdcbot/store/throwaway"
)

// importTimes measures how long 10,000 rows take to be read, understood, shown, recorded and matched against the four hundred that peers hold, on SQLite
// and, where it is at hand, on PostgreSQL (zero otherwise).
func importTimes(t *testing.T) (sqlite, postgres time.Duration) {
	t.Helper()
	file := filepath.Join(t.TempDir(), playgroundDatabase)
	fill(t, file)
	sqlite = importTime(t, file)
	server, err := throwaway.Start()
	if errors.Is(err, throwaway.ErrNone) {
		t.Log("an import on PostgreSQL is not measured:", err)
		return sqlite, 0
	}
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	dsn, err := server.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fill(t, dsn)
	return sqlite, importTime(t, dsn)
}

func importTime(t *testing.T, dsn string) time.Duration {
	t.Helper()
	opened, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if err := opened.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	members := fictitious(t)
	who, _ := members.Person("dsi-a")
	act := func(do func(*usecase.Turn) (usecase.Reply, error)) (id string) {
		id = rand.Text()
		err := opened.Update(t.Context(), members.ID, func(tx storage.Tx) error {
			_, err := do(&usecase.Turn{
				Tx: tx, Circle: members, Chats: []string{"playground"}, Now: time.Now().UTC().Truncate(time.Microsecond), Act: id, Who: who, Chat: "playground", Sheets: sheet.Sheets(),
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	content := []byte(manyContracts(10_000))
	begun := time.Now()
	file := act(func(turn *usecase.Turn) (usecase.Reply, error) {
		return usecase.ReceiveTable(turn, "contrats.csv", content)
	})
	act(func(turn *usecase.Turn) (usecase.Reply, error) { return usecase.ImportTable(turn, file) })
	took := time.Since(begun)
	var recorded int
	err = opened.View(t.Context(), members.ID, func(tx storage.Tx) error {
		all, err := tx.Proposals().All()
		for _, p := range all {
			if p.Books.Number != "" {
				recorded++
			}
		}
		return err
	})
	if err != nil || recorded != 10_000 {
		t.Fatalf("%d contracts were recorded of 10,000: %v", recorded, err)
	}
	return took
}

// manyContracts is a register of so many rows over some families, suppliers and years.
func manyContracts(rows int) string {
	things := []string{"Téléphonie mobile", "Location de copieurs", "Maintenance ERP", "Hébergement des serveurs", "Antivirus", "GED", "Liens internet", "SIRH", "Extranet locataire", "Portables"}
	var b strings.Builder
	b.WriteString("Référence;Objet;Fournisseur;Échéance;Préavis;Reconduction;Montant annuel\n")
	end := calendar.On(2027, 1, 31)
	for i := range rows {
		fmt.Fprintf(&b, "N-%d;%s, agence %d;Fournisseur %d;%s;%d mois;tacite;%d,50 €\n",
			i, things[i%len(things)], i, i%97, end.AddMonths(i%60).EndOfMonth(), 1+i%6, 1000+i)
	}
	return b.String()
}
