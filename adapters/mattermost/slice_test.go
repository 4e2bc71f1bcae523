package mattermost_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

// The shortest whole story: somebody mentions the bot, which answers them alone and posts a card; a peer reacts to the card, which
// then shows it. What the bot says here is a stand-in; the way there and back is the real one.
func TestMentionAnswerCardReaction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t)
		card := chat.Message{Title: "B-1 · Office A · Extranet fournisseur", Footer: "Répondez d'une réaction.", Reactions: []string{"🙋", "🤔", "🚫", "✅"}}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- w.chat.Listen(ctx, func(ctx context.Context, e chat.Event) error {
				switch {
				case e.Kind == chat.Said && e.ToBot:
					if err := w.chat.Reply(ctx, e.Handle, chat.Answer{Message: &chat.Message{Lines: []string{"Compris : " + e.Text}}}); err != nil {
						return err
					}
					_, err := w.chat.Post(ctx, channel, card, e.ID)
					return err
				case e.Kind == chat.Reacted:
					who, err := w.chat.Profile(ctx, e.From)
					if err != nil {
						return err
					}
					card.Lines = append(card.Lines, e.Emoji+" "+who.Handle)
					return w.chat.Edit(ctx, e.Message, card)
				}
				return nil
			})
		}()
		w.settle()

		w.say("@sdc propose un extranet fournisseur")
		w.settle()
		private := people{w}.See(t, chattest.A, chat.Place{})
		if len(private) != 1 || private[0].Text != "Compris : propose un extranet fournisseur" {
			t.Errorf("the author reads %+v", private)
		}
		posts := w.server.Posts(w.channel)
		if len(posts) != 2 || !slices.Equal(emojis(posts[1]), []string{"no_entry_sign", "raising_hand", "thinking_face", "white_check_mark"}) {
			t.Fatalf("in the channel stand %d posts, want the mention and the card with its reactions", len(posts))
		}

		// A hand of another colour is a hand.
		if err := w.server.React(w.accounts[chattest.B], posts[1].Id, "raising_hand_medium_dark_skin_tone"); err != nil {
			t.Fatal(err)
		}
		w.settle()
		want := card.Title + "\n🙋 dsi-b\n" + card.Footer
		if seen := (people{w}).See(t, chattest.A, channel); len(seen) != 2 || seen[1].Text != want {
			t.Errorf("the channel shows %+v, want the card to say\n%s", seen, want)
		}
		cancel()
		<-ended
		w.server.Close()
		synctest.Wait()
	})
}
