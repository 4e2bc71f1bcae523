package register

import (
	"strconv"
	"strings"

	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
)

// ForPeople makes the table of an export that people open: headings and words in their language, one row a contract in the order given. Read
// again, it brings the same contracts, guessed marks included. Days, counts and euros are written as their Shape says; who writes the sheet
// shows them as its reader expects.
func ForPeople(contracts []Contract, lang locale.Lang) Table {
	t := Table{Fields: Fields}
	for _, f := range Fields {
		t.Columns = append(t.Columns, f.Label().In(lang))
	}
	t.Rows = rowsOf(contracts, lang)
	return t
}

// ForPrograms makes the table of an export that programs read: the fields' keys for headings, codes for words. It reads back like the other.
func ForPrograms(contracts []Contract) Table {
	t := Table{Fields: Fields}
	for _, f := range Fields {
		t.Columns = append(t.Columns, string(f))
	}
	t.Rows = rowsOf(contracts, codes)
	return t
}

// codes stands for the language of programs.
const codes locale.Lang = ""

func rowsOf(contracts []Contract, lang locale.Lang) []Row {
	rows := make([]Row, len(contracts))
	for i, c := range contracts {
		rows[i] = Row{Number: i + 2, Cells: make([]string, len(Fields))}
		for k, f := range Fields {
			rows[i].Cells[k] = c.cell(f, lang)
		}
	}
	return rows
}

// cell writes one field of a contract, empty where nobody said it.
func (c Contract) cell(f Field, lang locale.Lang) string {
	switch f {
	case Reference:
		return string(c.Ref)
	case Number:
		return c.Number
	case Kind:
		return word("contract", "kind.", lang)
	case Family:
		if c.Family == "" || lang == codes {
			return string(c.Family)
		}
		return locale.Family(c.Family, lang)
	case Supplier:
		return c.Supplier
	case Object:
		return c.Object
	case Start:
		return c.Terms.Start.String()
	case Months:
		return months(c.Terms.Months, lang)
	case Date:
		return firmEnd(c.Terms).String()
	case Renewal:
		return word(string(c.Terms.Renewal), "renewal.", lang)
	case RenewalMonths:
		return months(c.Terms.RenewalMonths, lang)
	case MaxRenewals:
		if c.Terms.MaxRenewals != nil {
			return strconv.Itoa(*c.Terms.MaxRenewals)
		}
	case Notice:
		return noticeCell(c.Terms.Notice, lang)
	case Amount:
		return euros(c.Amount)
	case AmountPeriod:
		return word(string(c.Amount.Period), "register.period.", lang)
	case Owner:
		return c.Owner
	case Deputy:
		return c.Deputy
	case Note:
		return c.Note
	case Guessed:
		return guessedCell(c.Guessed, lang)
	case Origin:
		return strings.Join(c.outsideKeys(), " ")
	}
	return ""
}

// word writes a code as it is said in the language, where it stands in the catalogue under the prefix.
func word(code, prefix string, lang locale.Lang) string {
	if code == "" || lang == codes {
		return code
	}
	return locale.T(prefix + code).In(lang)
}

// months writes a length: people see its unit.
func months(n int, lang locale.Lang) string {
	switch {
	case n == 0:
		return ""
	case lang == codes:
		return strconv.Itoa(n)
	}
	return lengthCell("months", n).In(lang)
}

// lengthCell says a length without parting its thousands, since it is read again.
func lengthCell(unit string, n int) locale.Text {
	return locale.T("register.length."+unit, "count", n, "number", strconv.Itoa(n))
}

func euros(a money.Amount) string {
	if a.IsZero() {
		return ""
	}
	cents := strconv.FormatInt(a.Cents, 10)
	for len(cents) < 3 {
		cents = "0" + cents
	}
	return cents[:len(cents)-2] + "." + cents[len(cents)-2:]
}

func noticeCell(n contract.Notice, lang locale.Lang) string {
	if n == (contract.Notice{}) {
		return ""
	}
	if lang == codes {
		lang = locale.English
	}
	return noticeText(n).In(lang)
}

// noticeText says a notice, in the unit in which it was given.
func noticeText(n contract.Notice) locale.Text {
	if n.Sent {
		n.Sent = false
		return locale.T("notice.sent", "notice", noticeText(n))
	}
	switch {
	case n.Months > 0:
		return lengthCell("months", n.Months)
	case n.Weeks > 0:
		return lengthCell("weeks", n.Weeks)
	case n.Days > 0:
		return lengthCell("days", n.Days)
	}
	return locale.T("notice.nil")
}

func guessedCell(s Set, lang locale.Lang) string {
	var names []string
	for _, f := range s {
		if lang == codes {
			names = append(names, string(f))
		} else {
			names = append(names, f.Label().In(lang))
		}
	}
	return strings.Join(names, ", ")
}

// shown says one field of a contract in a sentence; zero where nobody said it.
func (c Contract) shown(f Field) locale.Text {
	cell := c.cell(f, codes)
	switch {
	case cell == "":
		return locale.Text{}
	case f == Family:
		return locale.T("value", "value", c.Family)
	case f == Start:
		return locale.T("value", "value", c.Terms.Start)
	case f == Date:
		return locale.T("value", "value", firmEnd(c.Terms))
	case f == Months:
		return lengthCell("months", c.Terms.Months)
	case f == RenewalMonths:
		return lengthCell("months", c.Terms.RenewalMonths)
	case f == Renewal:
		return locale.T("renewal." + cell)
	case f == Notice:
		return noticeText(c.Terms.Notice)
	case f == Amount || f == AmountPeriod:
		return locale.T("value", "value", c.Amount)
	}
	return locale.Plain(cut(cell, 80))
}
