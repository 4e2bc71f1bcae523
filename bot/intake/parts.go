package intake

import (
	"slices"
	"strings"

	"sdcbot/bot/family"
	"sdcbot/bot/text"
	"sdcbot/bot/when"
)

// plainly is how sure the one proposal in a message must be whose rest is ordinary chat: "on a signé avec Orange et on cherche une GED".
const plainly = 0.8

// parts reads a message that names unrelated things part by part. Fewer than two proposals among the parts make one of the whole.
func (r *reading) parts() []Statement {
	var each []Statement
	year := 0
	for _, sentence := range sentences(r.s) {
		if said, _ := heading(sentence, r.on); said != 0 {
			year = said
		}
		for _, st := range readClauses(sentence, r, year) {
			if st.Kind != Nothing && len(st.Families) > 0 && !repeated(each, st) {
				each = append(each, st)
			}
		}
		if strings.ContainsAny(sentence[len(sentence)-1:], ".!?") {
			year = 0 // the list ends with its sentence
		}
	}
	if len(each) < 2 && (r.kind != toNothing || len(each) == 0 || each[0].Confidence < plainly) {
		return nil
	}
	return each[:min(len(each), 1+mostAlso)]
}

// readClauses reads each clause of a sentence. What has no verb of its own shares its neighbour's: "notre GED et notre SIRH finissent fin 2027". The
// year is that of the list in which the sentence stands, 0 for none.
func readClauses(sentence string, whole *reading, year int) []Statement {
	r := newReading(sentence, whole.on, whole.by)
	from := 0
	var clauses []*reading
	listed := false
	for _, c := range append(r.cuts(), cut{at: len(sentence)}) {
		to := c.at
		if part := strings.Trim(sentence[from:to], " ,;\n"); part != "" {
			clause := newReading(part, whole.on, whole.by)
			clause.listed = listed
			_, from := heading(part, whole.on)
			clause.headed(year, from)
			clause.weighRules()
			clause.decide()
			clauses = append(clauses, clause)
		}
		from, listed = to, c.listed
	}
	item := strings.HasPrefix(sentence, "-") || strings.HasPrefix(sentence, "•") || strings.HasPrefix(sentence, "*")
	if item && len(clauses) == 1 && !clauses[0].evident() && whole.kind != toNothing {
		clauses[0].kind = whole.kind // an item of a list is what the list is of
	}
	share(clauses, whole.kind)
	var each []Statement
	for _, clause := range clauses {
		each = append(each, clause.statement())
	}
	return each
}

// share gives each clause that does not show its own kind that of the nearest one before it that has one, else of the nearest after it, else of the whole
// text, and both the date and the terms that only one of them names.
func share(clauses []*reading, whole int) {
	for i, c := range clauses {
		if c.evident() || c.kind != toNothing && c.strongest >= weights["plain"] || c.kind == toNothing && c.progresses() > 0 {
			continue
		}
		lender := i - 1
		for lender >= 0 && !clauses[lender].evident() {
			lender--
		}
		if lender < 0 {
			lender = slices.IndexFunc(clauses, (*reading).evident)
		}
		if lender < 0 {
			if whole != toNothing && len(clauses) > 1 {
				c.kind = whole
			}
			continue
		}
		c.kind, c.sure = clauses[lender].kind, clauses[lender].sure
		c.borrow(clauses[lender])
	}
	// The date of a list stands at its end: "une GED, un SIRH et un parapheur d'ici 2028".
	for i := len(clauses) - 2; i >= 0; i-- {
		if next := clauses[i+1]; next.listed && next.kind == clauses[i].kind {
			clauses[i].borrow(next)
		}
	}
}

// borrow takes over the date and the terms of another clause where this one names none.
func (r *reading) borrow(from *reading) {
	if r.dated || r.shared || !from.dated && !from.shared {
		return
	}
	r.shared, r.date.day = true, from.date.day
	if !r.notice.Known {
		r.notice = from.notice
	}
	if r.renewed.Renewal == "" {
		r.renewed = from.renewed
	}
}

// evident says whether a phrase of the clause itself shows strongly of what kind it is.
func (r *reading) evident() bool { return r.strongest >= weights["strong"] }

// names says whether a hit names outright what is bought.
func names(h family.Hit) bool { return !h.Hint && (h.Term || h.Product != "") && h.Likely() != "" }

// severalThings says whether at least two unrelated families are named outright.
func (r *reading) severalThings() bool {
	var first family.Code
	for _, h := range r.hits {
		switch {
		case !names(h):
		case first == "":
			first = h.Likely()
		case !family.Related(first, h.Likely()):
			return true
		}
	}
	return false
}

// cut is where a sentence goes on to something unrelated, in bytes; listed when that is a further member of a list rather than a clause that
// has a subject of its own.
type cut struct {
	at     int
	listed bool
}

// cuts returns where the sentence goes on to something unrelated that is a proposal of its own. One thing that serves another
// ("AMO pour l'ERP et la GED", "interface entre l'ERP et la GED", "maintenance des serveurs et des postes") is one.
func (r *reading) cuts() []cut {
	if !r.severalThings() || r.isOneContract() {
		return nil
	}
	dates := when.Find(r.s, r.on)
	var cuts []cut
	var here []family.Hit // what the clause has named so far
	for _, h := range r.hits {
		if !names(h) {
			continue
		}
		unrelated := len(here) > 0 && !slices.ContainsFunc(here, func(o family.Hit) bool { return family.Related(o.Likely(), h.Likely()) })
		if unrelated {
			if at, ok := r.joint(here, h, dates); ok {
				cuts = append(cuts, cut{r.words[at].Start, !opensClause(r.words[at].Folded)})
				here = nil
			}
		}
		here = append(here, h)
	}
	return cuts
}

// isOneContract says whether the text says that its things are bought together.
func (r *reading) isOneContract() bool {
	for i, w := range r.words[:max(0, len(r.words)-1)] {
		switch next := r.words[i+1].Stem; {
		case w.Folded == "entre", w.Folded == "between":
			return true
		case w.Folded == "meme" || w.Folded == "same" || w.Folded == "seul" || w.Folded == "single":
			if next == "contrat" || next == "marche" || next == "contract" || next == "lot" {
				return true
			}
		}
	}
	return false
}

// joint returns the word with which something new begins between what the clause has named and what comes next.
func (r *reading) joint(here []family.Hit, next family.Hit, dates []when.Found) (at int, ok bool) {
	last := here[len(here)-1]
	for i := last.To; i <= next.From; i++ {
		if !r.joins(i) || !next.Term && !conjunction(r.words[i].Folded) {
			continue // after a comma a name tells whose the thing is
		}
		opens := i
		for opens < next.From && linking(r.words[opens].Folded) {
			opens++
		}
		switch word := r.words[opens].Folded; {
		case r.refersBack(opens):
			return 0, false
		case opensClause(word), possesses(word):
			return opens, true
		case determines(word) && len(here) == 1 && next.From-opens <= 3 && r.determined(last.From),
			opens == next.From && len(here) == 1 && r.several(last.From):
			return opens, true
		}
		if r.bothDated(last, next, dates) {
			return opens, true
		}
	}
	return 0, false
}

// joins says whether word i begins a further member: after a comma, a dash or a break, or itself a conjunction. What a bracket opens belongs to
// what stands before it: "SIRH (mai), ERP (octobre)".
func (r *reading) joins(i int) bool {
	if i == 0 {
		return false
	}
	between := r.s[r.words[i-1].End:r.words[i].Start]
	return conjunction(r.words[i].Folded) || r.words[i].Apart && !strings.HasSuffix(between, "(") || between == " - "
}

func conjunction(folded string) bool {
	switch folded {
	case "et", "and", "puis", "mais", "but", "ainsi", "also":
		return true
	}
	return false
}

// linking words stand between a conjunction or a comma and what they introduce.
func linking(folded string) bool {
	switch folded {
	case "que", "qu", "aussi", "egalement", "par", "ailleurs", "en", "parallele", "plus", "then", "enfin", "sinon", "cote":
		return true
	}
	return conjunction(folded)
}

// opensClause words begin a clause, or what is as good as one.
func opensClause(folded string) bool {
	switch folded {
	case "on", "nous", "je", "j", "il", "we", "i", "celui", "celle", "ceux", "celles", "contrat", "contrats", "ctr", "marche", "marches", "besoin", "contract", "need":
		return true
	}
	return false
}

// refersBack says whether a clause speaks on of what was named: "on vous le prête", "nous la renouvelons", "we lend it".
func (r *reading) refersBack(opens int) bool {
	if opens+1 >= len(r.words) {
		return false
	}
	switch r.words[opens].Folded {
	case "on", "nous", "je", "j", "we", "i":
	default:
		return false
	}
	k := opens + 1
	if next := r.words[k].Folded; (next == "vous" || next == "te" || next == "leur" || next == "can") && k+1 < len(r.words) {
		k++
	}
	switch r.words[k].Folded {
	case "le", "la", "les", "l", "en", "y":
		return true
	}
	return k+1 < len(r.words) && (r.words[k+1].Folded == "it" || r.words[k+1].Folded == "them")
}

func determines(folded string) bool {
	switch folded {
	case "le", "la", "les", "l", "un", "une", "a", "an", "the":
		return true
	}
	return possesses(folded)
}

func possesses(folded string) bool {
	switch folded {
	case "notre", "nos", "mon", "ma", "mes", "our", "my":
		return true
	}
	return false
}

// determined says whether the thing that begins at word i has an article or a possessive of its own, and no preposition before it makes it
// part of something else.
func (r *reading) determined(i int) bool {
	for k := i - 1; k >= max(0, i-3); k-- {
		if determines(r.words[k].Folded) {
			return k == 0 || !partOf(r.words[k-1].Folded)
		}
	}
	return false
}

// several says whether the thing that begins at word i is the first of what a plural announces: "nos contrats copieurs et téléphonie".
func (r *reading) several(i int) bool {
	if i == 0 {
		return false
	}
	switch r.words[i-1].Folded {
	case "contrats", "marches", "besoins", "contracts", "ctrs":
		return true
	}
	return false
}

func partOf(folded string) bool {
	switch folded {
	case "pour", "de", "avec", "dans", "sur", "for", "of", "with":
		return true
	}
	return false
}

// bothDated says whether a date belongs to each: one before the next thing is named, and one after it.
func (r *reading) bothDated(last, next family.Hit, dates []when.Found) bool {
	before, after := false, false
	for _, d := range dates {
		if d.Role != when.Meant && d.Role != when.Mention {
			continue
		}
		before = before || d.Start >= r.words[last.From].Start && d.End <= r.words[next.From].Start
		after = after || d.Start >= r.words[next.From].Start
	}
	return before && after
}

// repeated says whether the family of one was proposed before.
func repeated(each []Statement, one Statement) bool {
	return slices.ContainsFunc(each, func(other Statement) bool { return family.Related(other.Families[0].Code, one.Families[0].Code) })
}

// sentences parts a text at line breaks, semicolons and the ends of sentences. A full stop inside a number, a date or an abbreviation
// ("ech. 31/12") parts nothing: a capital has to follow it.
func sentences(s string) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		end := false
		switch s[i] {
		case '\n', ';':
			end = true
		case '.', '!', '?':
			rest := strings.TrimLeft(s[i+1:], " ")
			end = len(rest) < len(s)-i-1 && rest != "" && text.Word{}.Upper(rest)
		}
		if end {
			if part := strings.TrimSpace(s[from : i+1]); part != "" && len(parts) < 2*mostAlso {
				parts = append(parts, part)
			}
			from = i + 1
		}
	}
	if part := strings.TrimSpace(s[from:]); part != "" {
		parts = append(parts, part)
	}
	return parts
}
