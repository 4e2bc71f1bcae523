package chat

import "strings"

// aliases maps the names that platforms give to the emoji we read onto the emoji itself.
var aliases = map[string]string{
	"raising_hand": "🙋", "raising_hand_woman": "🙋", "raising_hand_man": "🙋", "person_raising_hand": "🙋", "woman-raising-hand": "🙋", "man-raising-hand": "🙋",
	"thinking": "🤔", "thinking_face": "🤔",
	"no_entry_sign": "🚫", "prohibited": "🚫",
	"✔": "✅", "☑": "✅", "white_check_mark": "✅", "heavy_check_mark": "✅", "ballot_box_with_check": "✅",
	"+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎",
}

// Names maps each emoji that the bot itself puts on messages onto the name by which Slack and Mattermost both know it.
var Names = map[string]string{"🙋": "raising_hand", "🤔": "thinking_face", "🚫": "no_entry_sign", "✅": "white_check_mark"}

// Normalise returns the plain emoji for a name (":thumbsup:", "+1_medium_skin_tone", "raising_hand::skin-tone-3") or an emoji with skin
// tone, gender or variation signs. What it does not know it returns as it came, without colons.
func Normalise(emoji string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 0x1F3FB && r <= 0x1F3FF: // skin tones
			return -1
		case r == 0xFE0F || r == 0x200D || r == 0x2640 || r == 0x2642: // variation, joiner, gender
			return -1
		}
		return r
	}, strings.Trim(emoji, ":"))
	name, _, _ = strings.Cut(name, "::")
	for _, tone := range []string{"_light_skin_tone", "_medium_light_skin_tone", "_medium_skin_tone", "_medium_dark_skin_tone", "_dark_skin_tone"} {
		name = strings.TrimSuffix(name, tone)
	}
	// "_medium_light_skin_tone" loses its tail to the shorter "_light_skin_tone" first.
	name = strings.TrimSuffix(strings.TrimSuffix(name, "_medium"), "_dark")
	if plain, ok := aliases[name]; ok {
		return plain
	}
	return name
}
