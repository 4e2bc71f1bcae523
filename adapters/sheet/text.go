package sheet

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var (
	utf8BOM    = []byte("\xef\xbb\xbf")
	utf16LEBOM = []byte("\xff\xfe")
	utf16BEBOM = []byte("\xfe\xff")
)

// decodeText makes text of bytes: UTF-8 with or without its mark, UTF-16 (Excel's « texte Unicode »), else Windows-1252, in which every French
// program wrote before. It is not ok for what is no text at all.
func decodeText(content []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(content, utf8BOM):
		content = content[len(utf8BOM):]
	case bytes.HasPrefix(content, utf16LEBOM):
		return convert(content, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case bytes.HasPrefix(content, utf16BEBOM):
		return convert(content, unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	case len(content) > 3 && content[1] == 0 && content[3] == 0:
		return convert(content, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM))
	case len(content) > 3 && content[0] == 0 && content[2] == 0:
		return convert(content, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM))
	}
	if bytes.IndexByte(content, 0) >= 0 {
		return "", false
	}
	if utf8.Valid(content) {
		return string(content), true
	}
	return convert(content, charmap.Windows1252)
}

func convert(content []byte, from encoding.Encoding) (string, bool) {
	text, err := from.NewDecoder().Bytes(content)
	if err != nil || bytes.IndexByte(text, 0) >= 0 || unprintable(text) {
		return "", false
	}
	return string(text), true
}

// unprintable says whether the text holds so many control characters that it is none: a picture read as Windows-1252.
func unprintable(text []byte) bool {
	const look, most = 4096, 8
	n := 0
	for _, b := range text[:min(len(text), look)] {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' {
			n++
		}
	}
	return n > most
}
