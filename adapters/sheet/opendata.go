package sheet

import (
	"strconv"
	"strings"

	"sdcbot/bot/register"
)

// The open data of public procurement (données essentielles de la commande publique) come in two forms: that of the order of 2019, a list of
// markets whose holders have names, and that of the order of 22 December 2022, where each element is wrapped once more and holders are numbers alone.

// openDataColumns are the columns of the table that is made of them; bot/register knows them by these names.
var openDataColumns = []string{"id", "acheteur.id", "acheteur.nom", "nature", "objet", "codeCPV", "dureeMois", "dateNotification", "montant", "titulaire", "titulaire.id"}

func isOpenData(o map[string]any) bool {
	_, notified := o["dateNotification"]
	_, lasts := o["dureeMois"]
	_, what := o["objet"]
	return notified && what || lasts && what || strings.Contains(plain(o["_type"]), "arch")
}

func openData(name string, objects []map[string]any) register.Table {
	t := register.Table{Name: name, Columns: openDataColumns}
	for i, o := range objects {
		if strings.Contains(strings.ToLower(plain(o["_type"])+plain(o["nature"])), "concession") {
			continue // another kind of agreement, with other dates
		}
		buyer, _ := o["acheteur"].(map[string]any)
		names, numbers := holders(o["titulaires"])
		months, amount := amended(o)
		row := register.Row{Number: i + 1, Cells: []string{
			plain(o["id"]), plain(buyer["id"]), plain(buyer["nom"]), plain(o["nature"]), plain(o["objet"]), plain(o["codeCPV"]), months, plain(o["dateNotification"]), amount, names, numbers,
		}}
		for k, cell := range row.Cells {
			row.Cells[k] = shorten(cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// unwrapped returns the elements of a list whose elements may stand one level deeper, under the name of the element.
func unwrapped(v any, element string) (out []map[string]any) {
	for _, item := range list(v) {
		object, ok := item.(map[string]any)
		if !ok {
			continue
		}
		inner := list(object[element])
		if inner == nil {
			out = append(out, object)
			continue
		}
		for _, deep := range inner {
			if object, ok := deep.(map[string]any); ok {
				out = append(out, object)
			}
		}
	}
	return out
}

// holders returns who holds the market: their names, and their numbers where no name is given.
func holders(v any) (names, numbers string) {
	var named, numbered []string
	for _, h := range unwrapped(v, "titulaire") {
		if name := plain(h["denominationSociale"]); name != "" {
			named = append(named, name)
		} else if number := plain(h["id"]); number != "" {
			numbered = append(numbered, number)
		}
	}
	return strings.Join(named, ", "), strings.Join(numbered, ", ")
}

// amended returns the length and the amount of a market after its amendments, which give the new totals. One that gives less than before is set
// aside: buyers are seen to publish what an amendment adds, or 1, where the new total belongs.
func amended(o map[string]any) (months, amount string) {
	months, amount = plain(o["dureeMois"]), plain(o["montant"])
	for _, m := range unwrapped(o["modifications"], "modification") {
		months, amount = larger(months, plain(m["dureeMois"])), larger(amount, plain(m["montant"]))
	}
	return months, amount
}

func larger(before, after string) string {
	was, _ := strconv.ParseFloat(before, 64)
	is, err := strconv.ParseFloat(after, 64)
	if err != nil || is <= was {
		return before
	}
	return after
}
