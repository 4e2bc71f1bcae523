package proposal

// Books is how a contract stands in its organisation's own books, beside what it tells its peers. Of it they see which fields nobody has
// confirmed, and no more. Fields are named as bot/register names them.
type Books struct {
	Number    string   `json:"number,omitempty"`    // in the organisation's accounts
	Keys      []string `json:"keys,omitempty"`      // by which a table that is imported again knows it
	Owner     string   `json:"owner,omitempty"`     // handle of who answers for it
	Deputy    string   `json:"deputy,omitempty"`    // handle of who does in the owner's absence
	Note      string   `json:"note,omitempty"`      // for the organisation alone
	Guessed   []string `json:"guessed,omitempty"`   // fields that an import guessed and nobody has confirmed
	Corrected []string `json:"corrected,omitempty"` // fields that a person said in chat: no import overwrites them
}
