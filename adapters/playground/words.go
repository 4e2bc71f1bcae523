package playground

import (
	"strings"
	"sync"

	"sdcbot/bot/locale"
)

// spokenByPage are the sentences of the page. What stands in {braces} its scripts fill in; the plural they choose by number.
var spokenByPage = []locale.Text{
	// the first page
	locale.T("playground.title"),
	locale.T("playground.welcome"),
	locale.T("playground.who"),
	locale.T("playground.outside"),
	locale.T("playground.tabs"),
	locale.T("playground.other_language"),
	locale.T("playground.script"),

	// around the messages
	locale.T("playground.skip"),
	locale.T("playground.navigation"),
	locale.T("playground.menu"),
	locale.T("playground.close"),
	locale.T("playground.become"),
	locale.T("playground.new_tab", "name", "{name}"),
	locale.T("playground.rooms"),
	locale.T("playground.channels"),
	locale.T("playground.private"),
	locale.T("playground.unread"),
	locale.T("playground.members.one", "n", "{n}"),
	locale.T("playground.members.other", "n", "{n}"),
	locale.T("playground.topic_private"),
	locale.T("playground.empty_channel"),
	locale.T("playground.empty_private"),

	// messages
	locale.T("playground.bot"),
	locale.T("playground.robot"),
	locale.T("playground.edited"),
	locale.T("playground.only_you"),
	locale.T("playground.replies.one", "n", "{n}"),
	locale.T("playground.replies.other", "n", "{n}"),
	locale.T("playground.fresh"),
	locale.T("playground.jump"),
	locale.T("playground.announce", "name", "{name}", "words", "{words}"),
	locale.T("playground.announce_elsewhere", "name", "{name}", "room", "{room}"),
	locale.T("playground.reactions"),
	locale.T("playground.react"),
	locale.T("playground.reacted", "emoji", "{emoji}", "meaning", "{meaning}", "n", "{n}", "who", "{who}"),
	locale.T("playground.nobody_yet"),
	locale.T("playground.emoji.interested"),
	locale.T("playground.emoji.maybe"),
	locale.T("playground.emoji.no"),
	locale.T("playground.emoji.done"),
	locale.T("playground.reply"),
	locale.T("playground.thread"),

	// writing
	locale.T("playground.write_in", "room", "{room}"),
	locale.T("playground.write_bot"),
	locale.T("playground.reply_here"),
	locale.T("playground.hint"),
	locale.T("playground.send"),
	locale.T("playground.attach"),
	locale.T("playground.try"),
	locale.T("playground.try_contract"),
	locale.T("playground.try_need"),
	locale.T("playground.submit"),
	locale.T("playground.cancel"),
	locale.T("playground.optional"),

	// the rehearsal
	locale.T("playground.rehearsal"),
	locale.T("playground.today", "date", "{date}", "hour", "{hour}"),
	locale.T("playground.day"),
	locale.T("playground.week"),
	locale.T("playground.next"),
	locale.T("playground.nothing_due", "date", "{date}"),
	locale.T("playground.told_elsewhere", "date", "{date}", "room", "{room}"),
	locale.T("playground.told_others", "date", "{date}", "names", "{names}"),
	locale.T("playground.moved_stopped", "date", "{date}"),
	locale.T("playground.next_stopped"),
	locale.T("playground.bot_runs"),
	locale.T("playground.bot_running"),
	locale.T("playground.bot_stopped"),
	locale.T("playground.stopped.none"),
	locale.T("playground.stopped.one", "n", "{n}"),
	locale.T("playground.stopped.other", "n", "{n}"),
	locale.T("playground.lost"),
}

// pageWords are those sentences by language and key, without the prefix that they share in the catalogue.
var pageWords = sync.OnceValue(func() map[locale.Lang]map[string]string {
	out := map[locale.Lang]map[string]string{}
	for _, lang := range locale.Languages {
		out[lang] = make(map[string]string, len(spokenByPage))
		for _, t := range spokenByPage {
			out[lang][strings.TrimPrefix(t.Key, "playground.")] = t.In(lang)
		}
	}
	return out
})
