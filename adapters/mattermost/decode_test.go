package mattermost

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// frames are messages as their server sends them, one of each kind that we read.
func frames(t testing.TB) map[string][]byte {
	quoted := func(v any) string {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	const bot, person, channel, post = "abcdefghijklmnopqrstuvwxyz", "bcdefghijklmnopqrstuvwxyza", "cdefghijklmnopqrstuvwxyzab", "defghijklmnopqrstuvwxyzabc"
	hello := model.NewWebSocketEvent(model.WebsocketEventHello, "", "", bot, nil, "")
	hello.Add("connection_id", "efghijklmnopqrstuvwxyzabcd")
	said := model.NewWebSocketEvent(model.WebsocketEventPosted, "", channel, "", nil, "")
	said.Add("post", quoted(&model.Post{Id: post, UserId: person, ChannelId: channel, CreateAt: 1795510800000, Message: "@sdc propose « été » \\ \"x\""}))
	said.Add("channel_name", "commun")
	said.Add("channel_type", "O")
	reaction := quoted(&model.Reaction{UserId: person, PostId: post, EmojiName: "raising_hand", CreateAt: 1795510800000, UpdateAt: 1795510800001})
	added := model.NewWebSocketEvent(model.WebsocketEventReactionAdded, "", channel, "", nil, "")
	added.Add("reaction", reaction)
	removed := model.NewWebSocketEvent(model.WebsocketEventReactionRemoved, "", channel, "", nil, "")
	removed.Add("reaction", reaction)
	out := map[string][]byte{"answer": []byte(`{"status":"OK","seq_reply":1}`)}
	for i, e := range []*model.WebSocketEvent{hello, said, added, removed} {
		raw, err := e.SetSequence(int64(i)).ToJSON()
		if err != nil {
			t.Fatal(err)
		}
		out[string(e.EventType())] = raw
	}
	return out
}

// hearer is an adapter that needs no server to hear: it knows who it is, and every channel that a frame may name.
func hearer(t testing.TB) *Chat {
	c, err := New(Config{Name: "m", URL: "http://mattermost.example", Token: "t", Team: "rives"})
	if err != nil {
		t.Fatal(err)
	}
	c.remember(&model.Channel{Id: "cdefghijklmnopqrstuvwxyzab", Name: "commun", Type: model.ChannelTypeOpen})
	return c
}

// hearOffline lets the adapter take a frame without a server. It reports what was heard.
func hearOffline(c *Chat, raw []byte) (heard []chat.Event) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel() // whatever would have to be asked of the server fails at once
	hear := func(_ context.Context, e chat.Event) error {
		heard = append(heard, e)
		return nil
	}
	me := &model.User{Id: "abcdefghijklmnopqrstuvwxyz", Username: "sdc"}
	// An error is an answer like another here: that it asks to connect again.
	_ = c.take(ctx, raw, hear, me, &line{name: "x"}, &mark{At: 1, keptAt: time.Now()})
	return heard
}

func TestEveryFrameIsUnderstood(t *testing.T) {
	c, all := hearer(t), frames(t)
	said := hearOffline(c, renumber(all["posted"]))
	if len(said) != 1 || said[0].Kind != chat.Said || !said[0].ToBot || said[0].Text != `propose « été » \ "x"` || said[0].Channel != "commun" || said[0].At.UnixMilli() != 1795510800000 {
		t.Errorf("a post is heard as %+v", said)
	}
	for name, kind := range map[string]chat.Kind{"reaction_added": chat.Reacted, "reaction_removed": chat.Unreacted} {
		got := hearOffline(c, renumber(all[name]))
		if len(got) != 1 || got[0].Kind != kind || got[0].Emoji != "🙋" || got[0].Message.ID != "defghijklmnopqrstuvwxyzabc" {
			t.Errorf("%s is heard as %+v", name, got)
		}
	}
	if got := hearOffline(c, all["answer"]); len(got) != 0 {
		t.Errorf("the answer to a request is heard as %+v", got)
	}
}

// A number below the one expected was heard already, however long ago.
func TestOldFramesAreNotHeardAgain(t *testing.T) {
	heard := false
	hear := func(context.Context, chat.Event) error { heard = true; return nil }
	at := &line{name: "x", next: 7}
	me := &model.User{Id: "abcdefghijklmnopqrstuvwxyz", Username: "sdc"}
	err := hearer(t).take(t.Context(), renumber(frames(t)["posted"]), hear, me, at, &mark{At: 1, keptAt: time.Now()})
	if err != nil || heard || at.next != 7 {
		t.Errorf("heard %v, %v; number %d is expected next, want 7", heard, err, at.next)
	}
}

// renumber gives a frame the number that a fresh line expects.
func renumber(raw []byte) []byte {
	var all map[string]any
	if err := json.Unmarshal(raw, &all); err != nil {
		panic(err) // written above
	}
	all["seq"] = 0
	raw, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	return raw
}

// A frame cut at any byte is passed over without a crash, and is never taken for something that was said.
func TestFramesCutAnywhere(t *testing.T) {
	c := hearer(t)
	for name, raw := range frames(t) {
		for i := range raw {
			if got := hearOffline(c, raw[:i]); len(got) != 0 {
				t.Fatalf("%s cut at byte %d is heard as %+v", name, i, got)
			}
		}
	}
}

func FuzzEvents(f *testing.F) {
	for _, raw := range frames(f) {
		f.Add(raw)
		f.Add(renumber(append([]byte(nil), raw...)))
	}
	for _, odd := range []string{
		`null`, `[]`, `{"event":"posted"}`, `{"event":"posted","data":null}`, `{"event":"posted","data":{"post":"null"}}`,
		`{"event":"posted","data":{"post":"{\"id\":\"a\",\"user_id\":\"b\",\"props\":{\"from_bot\":{}}}"}}`,
		`{"event":"reaction_added","data":{"reaction":"null"},"broadcast":null}`, `{"event":"hello","data":{"connection_id":7}}`,
		`{"event":"hello","data":{"user":"x"}}`, `{"event":"posted","seq":-9223372036854775808}`,
	} {
		f.Add([]byte(odd))
	}
	c := hearer(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, e := range hearOffline(c, raw) {
			if e.ID == "" || e.From == "" || e.Chat != "m" {
				t.Errorf("heard %+v", e)
			}
			if _, err := json.Marshal(e); err != nil {
				t.Errorf("an event that cannot be stored: %v", err)
			}
		}
	})
}

func TestMentioned(t *testing.T) {
	for _, row := range []struct {
		why, typed, rest string
		yes              bool
	}{
		{"at the start", "@sdc propose x", "propose x", true},
		{"followed by a mark", "@sdc: propose x", "propose x", true},
		{"in capitals", "@SDC, aide", "aide", true},
		{"alone", "@sdc", "", true},
		{"at the end of a sentence", "merci @sdc.", "merci", true},
		{"in the midst", "Dis @sdc propose x", "Dis propose x", true},
		{"lines stay lines", "@sdc propose\nun\ndeux", "propose\nun\ndeux", true},
		{"copied from the bot's own example", inert("@sdc contrat C-1"), "contrat C-1", true},
		{"only the first: the second is quoted", "@sdc aide @sdc", "aide @sdc", true},
		{"no-break spaces are typed text", "@sdc propose 24\u202f000\u00a0€", "propose 24\u202f000\u00a0€", true},
		{"everybody is not the bot", "@all @channel @here", "@all @channel @here", false},
		{"a longer name", "@sdc-test bonjour", "@sdc-test bonjour", false},
		{"a longer name with a dot", "@sdc.rives bonjour", "@sdc.rives bonjour", false},
		{"a longer name in letters with accents", "@sdcé bonjour", "@sdcé bonjour", false},
		{"an e-mail address", "rives@sdc.example", "rives@sdc.example", false},
		{"a word", "la sdc", "la sdc", false},
	} {
		rest, yes := mentioned(row.typed, "sdc")
		if rest != row.rest || yes != row.yes {
			t.Errorf("%s: %q → %q %v, want %q %v", row.why, row.typed, rest, yes, row.rest, row.yes)
		}
	}
}
