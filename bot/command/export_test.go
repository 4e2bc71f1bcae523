package command

// Nearest and Verbs are what the tests' tables are about.
var Nearest = nearest

// Verbs returns the table.
func Verbs() []Verb { return verbs }

// Equation parts what is to be added to the glossary.
var Equation = equation
