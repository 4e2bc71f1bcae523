package store

// tables are those of the newest schema that hold the circles' memory, in the order in which they are backed up and restored.
var tables = []string{"counters", "proposals", "asks", "pairs", "settings", "promises", "inbox", "journal"}
