package usecase

import (
	"errors"
	"slices"
	"strings"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/storage"
)

// MetIn remembers in which of several chats the person was heard: they are spoken to there from now on. It is no change of anything that
// people see, and not journalled.
func MetIn(t *Turn) error {
	if len(t.Chats) < 2 || !slices.Contains(t.Chats, t.Chat) || t.metIn(t.Who.Handle) == t.Chat {
		return nil
	}
	return t.Tx.Settings().Put(metKey(t.Who.Handle), t.Chat)
}

func metKey(handle string) string { return "met " + handle }

// metIn is where the person was last heard; empty where that is not known, or a chat that the file names no more.
func (t *Turn) metIn(handle string) string {
	var name string
	if len(t.Chats) < 2 || t.Tx.Settings().Get(metKey(handle), &name) != nil || !slices.Contains(t.Chats, name) {
		return ""
	}
	return name
}

// Carry repeats what somebody wrote in the thread of a message that stands in every chat under the same message in the others, with who
// wrote it and where.
func Carry(t *Turn, words string) error {
	if len(t.Chats) < 2 || strings.TrimSpace(words) == "" {
		return nil
	}
	root, err := t.Tx.Promises().ByRef(t.On)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	said, everywhere := strings.CutSuffix(root.Key, " @"+t.Chat)
	if !everywhere || root.Channel != t.Circle.Channel {
		return nil
	}
	d := chat.Draft{Lines: []locale.Text{locale.T("carried", "person", t.person(t.Who.Handle), "chat", t.Chat, "words", words)}}
	if t.Who.Organisation != "" {
		d.Lines[0] = locale.T("carried.of", "person", t.person(t.Who.Handle), "organisation", t.organisation(t.Who.Organisation), "chat", t.Chat, "words", words)
	}
	for _, name := range t.Chats {
		if name == t.Chat {
			continue
		}
		err := t.promise(storage.Promise{
			Key: "carried " + t.Act + " @" + name, Chat: name, Channel: t.Circle.Channel, Thread: said + " @" + name, Subject: "carried " + root.Subject, Draft: d,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
