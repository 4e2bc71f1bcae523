// Package deploy holds what is put on a machine or into a platform so that the bot can live there. It knows nothing of the bot and does
// nothing: it carries files, so that whoever has the program has them too.
package deploy

import _ "embed"

// SlackManifest is the whole of the app to be made in Slack, with comments, to be pasted as it stands.
//
//go:embed slack-manifest.yaml
var SlackManifest []byte
