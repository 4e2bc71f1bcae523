package text_test

import (
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/text"
)

func foldByCharacter(s string) string {
	var folded []byte
	for s != "" {
		var size int
		folded, size = text.FoldNext(folded, s)
		s = s[size:]
	}
	return string(folded)
}

func TestFoldNextFoldsAsFold(t *testing.T) {
	for _, s := range []string{"", "L’ÉTÉ « n° 2 »", "cœur de réseau", "e\u0301te\u0301", "`a`", "İstanbul ß ￥", "ΐ", "\xff\xfe invalid"} {
		if got, want := foldByCharacter(s), text.Fold(s); got != want {
			t.Errorf("%q: %q by character, %q at once", s, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("aÉéœ’´«№…ŸçÇ –\u00a0\u0301x")), 0, 30, -1).Draw(t, "text")
		if got, want := foldByCharacter(s), text.Fold(s); got != want {
			t.Fatalf("%q: %q by character, %q at once", s, got, want)
		}
	})
}
