// Package bot is the running bot of one circle of organisations: it hears what people do in their chats, runs the use case that they
// ask for, does what falls due each working morning and delivers what was promised. This page is the tour of the code,
// from the ground floor up. What is decided and why stands in DECISIONS.md beside it.
//
// # The main job
//
// A DSI types « Mon contrat téléphonie arrive à échéance dans 6 mois ». Half a second later the contract has a reference, a card stands
// in the common channel, and the two peers whose telephony ends in the same year hold a private question with the
// reason in words. Everything here serves that path, and keeps it true for years.
//
// # The floors
//
// Each package imports only from floors below its own; architecture_test.go holds that, and fails on a package it does not know. The floors up to
// the fourth are pure: no I/O, no clock, no context. Same in, same out.
//
//	floor 0   text calendar when money family      words, days, dates in sentences, sums, families of purchase
//	floor 1   circle locale chart                  who belongs, who may do and see what; every sentence that the bot says; pictures
//	          jsonline                             the form of what explain reads and writes
//	floor 2   contract proposal                    rules that a clerk could check on paper
//	floor 3   intake match                         a sentence → what it says; two organisations → are they to be brought together
//	          register                             a table of contracts → what importing it would do, row by row; and back
//	          purchase                             a joint purchase → who, which procedure, is there time, on which common date
//	floor 4   digest                               what the week's digest holds
//	floor 5   chat storage                         the two ports: places where people talk, and what is remembered
//	floor 6   usecase outbox                       one file per thing done; promises kept
//	floor 7   command                              ONE table of verbs, buttons and forms → use cases
//	floor 8   bot                                  this package: hear, step, run
//
// Outside, adapters/* and store implement the ports and know no use case; cmd/sdcbot is the only place that knows both sides. adapters/sheet
// implements no port: it makes tables for register of the files that people send, and files of its tables. Package deploy, outside of all,
// carries what is pasted or installed where the bot is to live.
//
// # The way of an event
//
// An adapter turns what its platform says into a chat.Event and hands it to Bot.Hear, which stores it under its id and returns: only then is it
// acknowledged. Bot.Step works what was stored, in order. identify finds the person; command leads the words, the press or the
// reaction to a use case; the use case runs inside one storage.Update, in which its change, its line of the journal, what it promises
// to say and the mark "event done" are written together or not at all. The reply goes to whoever asked, at once and at most once.
//
// # The way of a promise
//
// Nothing is sent from a use case. What must be said is a storage.Promise with a key; the same key twice is one promise. The outbox
// keeps promises in order per channel, marks each as begun before it speaks, and after a crash or an unclear failure looks for the message in
// the chat before it repeats it. The draft stays a key and data until then: it is put into words in its reader's language at the last moment.
//
// # What falls due
//
// Nothing sleeps. Step(now) does what is due and says when something falls due next; serve, play and the playground only move the
// clock. The bot speaks of its own accord on working mornings at 08:30 (usecase.Morning), and computes what to say from the state of that
// morning: what was missed while it was down is said once, what was changed meanwhile is not said.
//
// # What people see of each other
//
// circle holds two tables: who may do what, and who sees which field of whom. Each verb and button names a permission; each message is made of
// fields that usecase.facts lets through. The sentence that somebody typed never leaves their organisation.
package bot
