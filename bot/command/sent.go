package command

import (
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/usecase"
)

// Sent takes files that somebody sent to the bot in private, with the words beside them.
func Sent(t *usecase.Turn, _ []chat.File, _ string) (usecase.Reply, error) {
	t.Verb = "file"
	if err := permit(t, circle.Propose); err != nil {
		return usecase.Reply{}, err
	}
	return usecase.Reply{}, usecase.Refusal{Text: locale.T("refusal.file")}
}
