package command

import (
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/usecase"
)

// Sent does what files are for that somebody sends in private: a table of contracts is read, and what importing it would do is said.
func Sent(t *usecase.Turn, files []chat.File) (usecase.Reply, error) {
	t.Verb = "send"
	if err := permit(t, circle.Propose); err != nil {
		return usecase.Reply{}, err
	}
	if len(files) != 1 {
		return usecase.Reply{}, usecase.Refusal{Text: locale.T("refusal.files")}
	}
	switch files[0].Missing {
	case chat.TooBig:
		return usecase.Reply{}, usecase.Refusal{Text: locale.T("refusal.file.too-big", "limit", chat.MostFile>>20)}
	case chat.Unreachable:
		return usecase.Reply{}, usecase.Refusal{Text: locale.T("refusal.file.unreachable")}
	}
	return usecase.ReceiveTable(t, files[0].Name, files[0].Content)
}
