package play

import (
	"sdcbot/adapters/mattermost/mattermosttest"
	"sdcbot/adapters/playground"
)

// inMemory prepares the server in memory. Everybody is in every channel, as on the playground.
func inMemory(setting playground.Setting, calls bool) ground {
	server := mattermosttest.New("rives", setting.Now)
	g := ground{
		address: mattermosttest.Address, dial: server.Dial, http: server.Client(), team: "rives", teamID: server.Team(), username: "sdc",
		channels: map[string]string{}, accounts: map[string]string{}, tokens: map[string]string{},
		close: func() error { server.Close(); return nil },
	}
	g.bot, g.token = server.AddBot(g.username)
	members := []string{g.bot}
	for _, p := range setting.People {
		email := p.Email
		if email == "" {
			email = p.Handle + "@play.example"
		}
		account := server.AddPerson(p.Handle, email)
		g.accounts[p.Handle], g.tokens[p.Handle] = account, server.Token(account)
		members = append(members, account)
	}
	for _, name := range setting.Channels {
		g.channels[name] = server.AddChannel(name, true, members...)
	}
	if calls {
		g.callback, g.mount = mattermosttest.Callback, server.Mount
		g.command = server.AddCommand("sdc", g.callback+"/command")
	}
	return g
}
