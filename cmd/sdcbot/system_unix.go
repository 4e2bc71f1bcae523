//go:build unix

package main

import "syscall"

// keepPrivate has every file that the program makes readable by its own account alone: they hold what organisations told the bot.
func keepPrivate() { syscall.Umask(0o077) }

// freeSpace returns how many bytes this user can still write in the folder.
func freeSpace(folder string) (uint64, error) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(folder, &stat); err != nil {
		return 0, err
	}
	return stat.Bavail * uint64(stat.Bsize), nil
}
