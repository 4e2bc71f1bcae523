package proposal

import "slices"

// Voice is one answer that somebody gave and that still stands: an emoji on one message, or a button or words.
type Voice struct {
	Answer Answer `json:"answer"`
	By     string `json:"by"`           // handle
	On     string `json:"on,omitempty"` // the message that bears the emoji; empty: a button or words
}

// Voices are the answers of one organisation to one question that still stand, in the order in which they were given. The last one is
// the organisation's; those before it are what it falls back to when an emoji is taken off.
type Voices []Voice

// Given returns the voices after v was given. A button or words take the place of those before them; an emoji stands beside other emoji.
func (all Voices) Given(v Voice) Voices {
	return append(slices.DeleteFunc(slices.Clone(all), func(old Voice) bool { return old == v || v.On == "" && old.On == "" }), v)
}

// TakenOff returns the voices after v was taken off.
func (all Voices) TakenOff(v Voice) Voices {
	return slices.DeleteFunc(slices.Clone(all), func(old Voice) bool { return old == v })
}

// Latest returns the voice that counts; Silent when none stands.
func (all Voices) Latest() Voice {
	if len(all) == 0 {
		return Voice{}
	}
	return all[len(all)-1]
}
