package money

// Band is the bracket of yearly euros in which partners see an amount: From ≤ amount < Below, in whole euros.
// Below 0 means "and more". The zero Band means "not said".
type Band struct {
	From  int64 `json:"from"`
	Below int64 `json:"below"`
}

// bounds are the limits between bands, in euros a year. They are ours: wide enough not to give a unit price
// away, close enough to tell a small purchase from one that needs a procedure.
var bounds = []int64{0, 5_000, 15_000, 40_000, 90_000, 200_000, 500_000, 1_000_000}

// IsZero says whether nothing was said.
func (b Band) IsZero() bool { return b == Band{} }

// BandOf returns the band of a by its yearly value; a total is taken as it is, since its duration is not known here.
// The zero Amount has the zero Band.
func BandOf(a Amount) Band {
	if a.IsZero() {
		return Band{}
	}
	euros := a.Cents / 100
	if a.Period == Monthly {
		euros *= 12
	}
	for i := len(bounds) - 1; i > 0; i-- {
		if euros >= bounds[i] {
			band := Band{From: bounds[i]}
			if i+1 < len(bounds) {
				band.Below = bounds[i+1]
			}
			return band
		}
	}
	return Band{Below: bounds[1]}
}
