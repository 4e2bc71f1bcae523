package purchase

// Handbook is what a circle may write itself of its purchases, each part a dated file: the law and the usual durations, and what each family is
// asked for.
type Handbook struct {
	Rules  Rules  // procedures.yaml
	Fields Fields // collection.yaml
}

// DefaultHandbook is what is shipped with the program.
func DefaultHandbook() Handbook { return Handbook{Default(), DefaultFields()} }
