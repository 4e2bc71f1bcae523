//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package store

import "os"

// flock locks nothing where the system has no such call: there, two serve on one file wait for each other's transactions, no more.
func flock(*os.File) error { return nil }
