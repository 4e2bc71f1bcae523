package slack

import (
	"maps"
	"slices"
)

// What the app must be allowed, by Slack's documentation of each method and event. A test holds these tables to the calls and events of this
// package, and deploy/slack-manifest.yaml to these tables: nothing is called for which no scope was asked, and none is asked that is not used.

// conversations are the four kinds of places that Slack grants apart, by the beginnings of their scopes.
var conversations = []string{"channels", "groups", "im", "mpim"}

func everywhere(right string) []string {
	scopes := make([]string, len(conversations))
	for i, kind := range conversations {
		scopes[i] = kind + ":" + right
	}
	return scopes
}

// methods are what call may be given, each with the scopes of the bot's token that it needs. Those that are no method of the Web API need what
// gave us their address.
var methods = map[string][]string{
	"auth.test":                    nil,
	"apps.connections.open":        nil, // the app's token: see appScopes
	"chat.postEphemeral":           {"chat:write"},
	"chat.postMessage":             {"chat:write"},
	"chat.update":                  {"chat:write"},
	"conversations.history":        everywhere("history"),
	"conversations.info":           everywhere("read"),
	"conversations.open":           {"im:write"}, // with one person at a time
	"conversations.replies":        everywhere("history"),
	"download":                     {"files:read"},
	"files.completeUploadExternal": {"files:write"},
	"files.getUploadURLExternal":   {"files:write"},
	"files.info":                   {"files:read"},
	"reactions.add":                {"reactions:write"},
	"reactions.get":                {"reactions:read"},
	"reactions.remove":             {"reactions:write"},
	"response_url":                 {"commands"},
	"upload":                       {"files:write"},
	"users.conversations":          everywhere("read"),
	"users.info":                   {"users:read", "users:read.email"}, // people are known by their e-mail address
	"users.list":                   {"users:read", "users:read.email"},
	"users.lookupByEmail":          {"users:read", "users:read.email"},
	"views.open":                   nil,
}

// appScopes are those of the app's own token, which no manifest can ask for: apps.connections.open.
var appScopes = []string{"connections:write"}

// subscription is what the app subscribes to so that Slack sends an event, and the scope without which it may not.
type subscription struct{ name, scope string }

// events are those that are understood, by their type.
var events = map[string][]subscription{
	"message": {
		{"message.channels", "channels:history"},
		{"message.groups", "groups:history"},
		{"message.im", "im:history"},
		{"message.mpim", "mpim:history"},
	},
	"app_mention":           {{"app_mention", "app_mentions:read"}},
	"reaction_added":        {{"reaction_added", "reactions:read"}},
	"reaction_removed":      {{"reaction_removed", "reactions:read"}},
	"channel_archive":       {{"channel_archive", "channels:read"}},
	"channel_deleted":       {{"channel_deleted", "channels:read"}},
	"channel_left":          {{"channel_left", "channels:read"}},
	"channel_rename":        {{"channel_rename", "channels:read"}},
	"channel_unarchive":     {{"channel_unarchive", "channels:read"}},
	"group_archive":         {{"group_archive", "groups:read"}},
	"group_left":            {{"group_left", "groups:read"}},
	"group_rename":          {{"group_rename", "groups:read"}},
	"group_unarchive":       {{"group_unarchive", "groups:read"}},
	"member_joined_channel": {{"member_joined_channel", "channels:read"}, {"member_joined_channel", "groups:read"}},
}

// Scopes returns, in order, what the bot's token and the app's token must be allowed.
func Scopes() (bot, app []string) {
	needed := map[string]bool{}
	for _, scopes := range methods {
		for _, scope := range scopes {
			needed[scope] = true
		}
	}
	for _, subscriptions := range events {
		for _, s := range subscriptions {
			needed[s.scope] = true
		}
	}
	return slices.Sorted(maps.Keys(needed)), slices.Clone(appScopes)
}

// Subscriptions returns, in order, the events that the app must subscribe to.
func Subscriptions() []string {
	names := map[string]bool{}
	for _, subscriptions := range events {
		for _, s := range subscriptions {
			names[s.name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
