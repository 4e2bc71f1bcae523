package play

import (
	"path/filepath"
	"strings"
	"testing"
)

// What people do on the playground they do on Mattermost: by reactions, mentions and words in a thread where its server cannot call the bot,
// by buttons, commands and dialogs where it can.
func TestConversationsOnMattermost(t *testing.T) {
	for name, o := range map[string]Options{
		"without calls": {On: mattermostName},
		"with calls":    {On: mattermostName, Calls: true},
	} {
		for _, file := range conversations(t) {
			t.Run(name+"/"+strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
				t.Parallel()
				hold(t, file, o)
			})
		}
	}
}

// Killed after every step, with a new connection each time, the bot reads back what it missed and says nothing twice. Without calls nothing
// is lost with the process: a form that waits for its answer stands in the chat.
func TestConversationsOnMattermostWithACrashEverywhere(t *testing.T) {
	for _, file := range conversations(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			hold(t, file, Options{On: mattermostName, CrashEverywhere: true})
		})
	}
}
