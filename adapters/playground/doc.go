// Package playground is a small chat of our own: a server with a file that outlives the bot, an adapter to it like those to Slack
// and Mattermost, and a local page. A newcomer meets the bot here, a circle rehearses a year, and conversations are played on it.
//
// Server keeps what people and the bot said, in one append-only file of JSON lines, and what the bot has acknowledged
// of it: what people do while the bot is down is heard when it comes back. Chat is the adapter (chat.Chat). Handler is the page.
//
// It stops there: there is no login, no right to be refused and no second circle. Whoever reaches the page is whoever they say
// they are, which is why it listens on this machine alone and why no real circle's database belongs behind it.
package playground
