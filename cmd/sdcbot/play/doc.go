// Package play plays conversations: plain text files that say who says what where, how the clock moves, and what the bot is
// then expected to have said. They are documentation, acceptance test and parity test at once, so their form is fixed; it
// is stated in testdata/conversations/README.md, beside the conversations of this repository.
//
// The way through it: Parse reads a Script; a Player takes its steps one by one on a Stage (a chat as people see it: the playground
// now, others later) with a Bot behind it and a clock of its own; after each action the bot works until it is quiet; each
// expectation looks at what the stage has shown since the last action. File opens all of that afresh for one conversation
// and writes the report; All plays several. The report is in English, like that of a test runner.
//
// The package knows both sides of the ports, like the program it belongs to. It holds no rule of the product: a conversation
// that fails is either wrong or has found a fault in the bot.
package play
