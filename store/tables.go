package store

// table is one that holds the circles' memory.
type table struct {
	name  string
	order string // its key: the order in which its rows are backed up
}

// tables are those of the newest schema, in the order in which they are backed up and restored.
var tables = []table{
	{"counters", "circle, name"},
	{"proposals", "circle, seq"},
	{"asks", "circle, proposal, org"},
	{"pairs", "circle, a, b"},
	{"purchases", "circle, seq"},
	{"settings", "circle, key"},
	{"promises", "circle, seq"},
	{"inbox", "circle, seq"},
	{"journal", "circle, seq"},
}
