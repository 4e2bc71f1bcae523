package chat_test

import (
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/chat"
)

func TestNormalise(t *testing.T) {
	for _, row := range []struct{ why, given, want string }{
		{"Slack's name", "raising_hand", "🙋"},
		{"as typed in a message", ":raising_hand:", "🙋"},
		{"Slack's skin tone", "raising_hand::skin-tone-3", "🙋"},
		{"Mattermost's skin tone", "+1_medium_light_skin_tone", "👍"},
		{"its longest", "raising_hand_woman_medium_dark_skin_tone", "🙋"},
		{"a woman on Slack", "woman-raising-hand", "🙋"},
		{"the emoji itself", "🙋", "🙋"},
		{"with skin", "🙋🏽", "🙋"},
		{"with skin and gender", "🙋🏽‍♀️", "🙋"},
		{"a heavier tick", "✔️", "✅"},
		{"a ticked box", "☑️", "✅"},
		{"by its other name", "thinking_face", "🤔"},
		{"one that we do not read comes as it is", ":partyparrot:", "partyparrot"},
		{"nothing", "", ""},
	} {
		if got := chat.Normalise(row.given); got != row.want {
			t.Errorf("%s: Normalise(%q) = %q, want %q", row.why, row.given, got, row.want)
		}
	}
}

// What the bot puts on messages comes back as itself, by emoji and by name.
func TestNamesComeBack(t *testing.T) {
	for emoji, name := range chat.Names {
		if got, named := chat.Normalise(emoji), chat.Normalise(name); got != emoji || named != emoji {
			t.Errorf("%s comes back as %q, its name %s as %q", emoji, got, name, named)
		}
	}
}

func TestNormaliseTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		emoji := rapid.SampledFrom([]string{"🙋", "🤔", "🚫", "✅", "👍", "raising_hand", "+1"}).Draw(t, "emoji")
		tone := rapid.SampledFrom([]string{"", "🏻", "🏿", "_dark_skin_tone", "_medium_light_skin_tone", "::skin-tone-2"}).Draw(t, "tone")
		once := chat.Normalise(emoji + tone)
		if twice := chat.Normalise(once); twice != once {
			t.Fatalf("Normalise(%q) = %q, and of that %q", emoji+tone, once, twice)
		}
	})
}
