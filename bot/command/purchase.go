package command

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/text"
	"sdcbot/bot/usecase"
)

// The words behind "achat" and behind a purchase's reference, in either language, folded.
var (
	openWords       = []string{"ouvrir", "open", "nouveau", "nouvel", "new"}
	joinWords       = []string{"rejoindre", "join", "participer"}
	leaveWords      = []string{"quitter", "leave", "sortir"}
	coordinateWords = []string{"coordonner", "coordinate", "coordonnateur", "coordinator"}
	stateWords      = []string{"etape", "step", "etat", "state"}
	closingWords    = []string{"cloture", "closing", "close", "cloturer"}
	targetWords     = []string{"date", "cible", "target"}
	delayWords      = []string{"limite", "delai", "deadline", "echeance"}
	beforeWords     = []string{"avant", "before", "by", "limite", "pour"}
	durationWords   = []string{"duree", "duration", "length"}
	boardWords      = []string{"deliberation", "conseil", "board"}
	vehicleWords    = []string{"montage", "montages", "vehicule", "vehicle", "vehicles"}
	lotWords        = []string{"lot"}
	gainWords       = []string{"gain", "saving", "economie"}
	signWords       = []string{"signer", "sign", "signe", "signee", "signed"}
	fillWords       = []string{"completer", "complete", "fill"}
	tableWords      = []string{"besoins", "needs", "tableau", "table"}
)

// isPurchase says whether the words behind "achat" are an order: "achat de 20 licences en mars" is a sentence.
func isPurchase(_ *usecase.Turn, arguments string) bool {
	if arguments == "" {
		return true
	}
	if _, _, ok := leadingPurchase(arguments); ok {
		return true
	}
	word, _ := cut(arguments)
	_, _, ref := leadingRef(arguments)
	return ref || slices.Contains(openWords, text.Fold(word))
}

// leadingPurchase reads the reference at the head of a line: "AC-1 rejoindre", "ac 1".
func leadingPurchase(line string) (ref purchase.Ref, rest string, ok bool) {
	first, rest := cut(line)
	if ref, err := purchase.ParseRef(first); err == nil {
		return ref, rest, true
	}
	second, more := cut(rest)
	if ref, err := purchase.ParseRef(first + " " + second); err == nil {
		return ref, more, true
	}
	return "", line, false
}

// aPurchase lists the joint purchases, opens one, or does with one what the words behind its reference say.
func aPurchase(t *usecase.Turn, arguments string) (usecase.Reply, error) {
	if arguments == "" {
		return usecase.Purchases(t)
	}
	if ref, rest, ok := leadingPurchase(arguments); ok {
		if rest == "" {
			return usecase.ShowPurchase(t, ref)
		}
		return onPurchase(t, ref, rest)
	}
	if word, rest := cut(arguments); slices.Contains(openWords, text.Fold(word)) {
		arguments = rest
	}
	if err := permit(t, circle.Join); err != nil {
		return usecase.Reply{}, err
	}
	if refs := refsIn(arguments); len(refs) > 0 {
		return usecase.OpenPurchaseFor(t, refs)
	}
	return usecase.OpenPurchase(t, arguments)
}

// refsIn reads all references of proposals that stand in a line.
func refsIn(line string) (refs []proposal.Ref) {
	for line != "" {
		if ref, rest, ok := leadingRef(line); ok {
			refs, line = append(refs, ref), rest
			continue
		}
		_, line = cut(line)
	}
	return refs
}

func onPurchase(t *usecase.Turn, ref purchase.Ref, words string) (usecase.Reply, error) {
	word, rest := cut(words)
	word = text.Fold(word)
	switch {
	case slices.Contains(tableWords, word):
		return usecase.NeedsTable(t, ref)
	case slices.Contains(vehicleWords, word):
		return usecase.Vehicles(t, ref)
	}
	permission := circle.Join
	if slices.Contains(fillWords, word) {
		permission = circle.Answer
	}
	if err := permit(t, permission); err != nil {
		return usecase.Reply{}, err
	}
	switch {
	case slices.Contains(joinWords, word):
		lots, contracts := lotsIn(rest)
		return usecase.JoinPurchase(t, ref, lots, contracts)
	case slices.Contains(leaveWords, word):
		return usecase.LeavePurchase(t, ref)
	case slices.Contains(coordinateWords, word):
		return usecase.CoordinatePurchase(t, ref)
	case slices.Contains(closingWords, word):
		return usecase.ClosePurchase(t, ref, rest)
	case slices.Contains(targetWords, word):
		return usecase.AimPurchase(t, ref, rest)
	case slices.Contains(lotWords, word):
		return usecase.AddLot(t, ref, rest)
	case slices.Contains(signWords, word):
		return usecase.SignPurchase(t, ref, rest)
	case slices.Contains(boardWords, word):
		return usecase.DeliberatePurchase(t, ref, rest)
	case slices.Contains(durationWords, word):
		return usecase.LastPurchase(t, ref, rest)
	case slices.Contains(delayWords, word):
		of, day := stateFirst(rest)
		return usecase.DelayPurchase(t, ref, of, day)
	case slices.Contains(fillWords, word):
		return usecase.NeedsForm(t, ref)
	case slices.Contains(gainWords, word):
		return gain(t, ref, rest)
	case slices.Contains(stateWords, word):
		words = rest
	}
	if to, ok := stateNamed(words); ok {
		return usecase.MovePurchase(t, ref, to)
	}
	if of, day := stateFirst(words); of != "" && day != "" { // "étape convention avant le 15/03/2027"
		return usecase.DelayPurchase(t, ref, of, day)
	}
	return usecase.Reply{}, usecase.Refusal{Text: locale.T("purchase.after-ref", "ref", string(ref), "words", words)}
}

var number = regexp.MustCompile(`[0-9]+`)

// lotsIn reads "lots 1,3 C-4": the numbers of lots, and the contracts that are put in.
func lotsIn(words string) (lots []int, contracts []proposal.Ref) {
	for word := range strings.FieldsFuncSeq(words, func(r rune) bool { return strings.ContainsRune(" ,;\u00a0\u202f", r) }) {
		if ref, err := proposal.ParseRef(word); err == nil {
			contracts = append(contracts, ref)
			continue
		}
		for _, digits := range number.FindAllString(word, -1) {
			if n, err := strconv.Atoi(digits); err == nil {
				lots = append(lots, n)
			}
		}
	}
	return lots, contracts
}

// stateNamed finds a state by its name in either language.
func stateNamed(words string) (purchase.State, bool) {
	for _, s := range append(slices.Clone(purchase.States), purchase.Dropped) {
		for _, lang := range locale.Languages {
			if text.Fold(s.Text().In(lang)) == text.Fold(strings.TrimSpace(words)) {
				return s, true
			}
		}
	}
	return "", false
}

// stateFirst reads a state at the head of a line and the day behind it: "convention avant le 15/03/2027". No state: the whole line is the day.
func stateFirst(line string) (of purchase.State, day string) {
	words := strings.Fields(line)
	for n := min(len(words), longestState); n > 0; n-- {
		if state, ok := stateNamed(strings.Join(words[:n], " ")); ok {
			of, words = state, words[n:]
			break
		}
	}
	if len(words) > 1 && slices.Contains(beforeWords, text.Fold(words[0])) {
		words = words[1:]
	}
	return of, strings.Join(words, " ")
}

// longestState is how many words name a state: "collection of needs".
const longestState = 3

// The words of "gain exploitation avant 24 k€/an après 20 k€/an".
var (
	runningWords    = []string{"exploitation", "fonctionnement", "running"}
	investmentWords = []string{"investissement", "investment"}
	beforeAndAfter  = regexp.MustCompile(`(?i)^(?:avant|before)?\s*(.+?)\s*(?:après|apres|after|->|→)\s*(.+)$`)
)

func gain(t *usecase.Turn, ref purchase.Ref, words string) (usecase.Reply, error) {
	kind := purchase.Running
	if word, rest := cut(words); slices.Contains(runningWords, text.Fold(word)) {
		words = rest
	} else if slices.Contains(investmentWords, text.Fold(word)) {
		kind, words = purchase.Investment, rest
	}
	sums := beforeAndAfter.FindStringSubmatch(words)
	if words == "" {
		return usecase.Reply{}, usecase.Refusal{Text: locale.T("purchase.gain.both", "ref", string(ref))}
	}
	if sums == nil {
		return usecase.Reply{}, usecase.Refusal{Text: locale.T("purchase.gain.how", "ref", string(ref), "words", words)}
	}
	return usecase.DeclareSaving(t, ref, kind, sums[1], sums[2])
}

// namesFamily says whether the words are a family of purchase.
func namesFamily(t *usecase.Turn, words string) bool { return usecase.NamesFamily(t, words) }

// purchasePresses are the buttons of purchases.
var purchasePresses = map[string]press{
	"join": {circle.Join, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
		return usecase.JoinPurchase(t, purchase.Ref(rest), nil, nil)
	}},
	"leave": {circle.Join, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
		return usecase.LeavePurchase(t, purchase.Ref(rest))
	}},
	"needs": {circle.Answer, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
		return usecase.NeedsForm(t, purchase.Ref(rest))
	}},
	"pool": {circle.Join, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
		ref, org := cut(rest)
		return usecase.OpenPurchaseWith(t, proposal.Ref(ref), org)
	}},
}
