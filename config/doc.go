// Package config reads the circle's file and the environment into one typed, checked value. It reports every fault at once, each with
// its line, its column and what to write instead, so that an installer corrects a file in one go; and it reloads the file
// while the program runs, keeping the last good circle when the new one is broken.
//
// It opens no database and talks to no chat: whether what the file names can be reached is the business of `sdcbot doctor`. What
// people change from chat (absences, consents) is not in the file and not here.
package config
