package slack

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// clients names what our calls of slack-go are to Slack: the method, or what stands for it where the address was given to us. Its own tests
// hold each function to its method.
var clients = map[string]string{
	"AddReactionContext":             "reactions.add",
	"AuthTestContext":                "auth.test",
	"CompleteUploadExternalContext":  "files.completeUploadExternal",
	"GetConversationHistoryContext":  "conversations.history",
	"GetConversationInfoContext":     "conversations.info",
	"GetConversationRepliesContext":  "conversations.replies",
	"GetConversationsForUserContext": "users.conversations",
	"GetFileContext":                 "download",
	"GetFileInfoContext":             "files.info",
	"GetReactionsContext":            "reactions.get",
	"GetUploadURLExternalContext":    "files.getUploadURLExternal",
	"GetUserByEmailContext":          "users.lookupByEmail",
	"GetUserInfoContext":             "users.info",
	"OpenConversationContext":        "conversations.open",
	"OpenViewContext":                "views.open",
	"PostEphemeralContext":           "chat.postEphemeral",
	"PostMessageContext":             "chat.postMessage",
	"RemoveReactionContext":          "reactions.remove",
	"SendMessageContext":             "response_url",
	"StartSocketModeContext":         "apps.connections.open",
	"UpdateMessageContext":           "chat.update",
	"UploadToURL":                    "upload",
}

// lister only prepares: the pages that it gives are asked for inside call, by Next.
const lister = "GetUsersPaginated"

// TestEveryMethodHasItsScopes reads this package: what calls Slack goes through call, under the name of the method that it really is, and each
// such name stands in the table; nothing else does.
func TestEveryMethodHasItsScopes(t *testing.T) {
	used := map[string]bool{}
	inside := 0
	for name, file := range sources(t) {
		var outside, within []*ast.SelectorExpr
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if function := ofClient(call.Fun); function != nil {
				outside = append(outside, function)
			}
			if !isSelector(call.Fun, "call") {
				return true
			}
			method, ok := literal(call.Args[0])
			if !ok {
				t.Errorf("%s: a call whose method is no literal: no scope can be told", name)
				return true
			}
			used[method] = true
			if _, known := methods[method]; !known {
				t.Errorf("%s: %s is called; say in methods which scopes it needs", name, method)
			}
			ast.Inspect(call, func(n ast.Node) bool {
				if inner, ok := n.(*ast.CallExpr); ok {
					if function := ofClient(inner.Fun); function != nil {
						within = append(within, function)
						if got := clients[function.Sel.Name]; got != method {
							t.Errorf("%s: %s is called as %s, and is %q", name, function.Sel.Name, method, got)
						}
					}
				}
				return true
			})
			return true
		})
		inside += len(within)
		for _, function := range outside {
			if !slices.Contains(within, function) && function.Sel.Name != lister {
				t.Errorf("%s: %s is called outside of call, so that no scope can be told", name, function.Sel.Name)
			}
		}
	}
	if inside < 20 {
		t.Errorf("only %d calls were found: this test looks in the wrong place", inside)
	}
	for method := range methods {
		if !used[method] {
			t.Errorf("%s stands in methods and is never called: its scopes would be asked for nothing", method)
		}
	}
}

// TestEveryEventHasItsScope reads decode.go: what is told apart by its type is what the app subscribes to, no more and no less.
func TestEveryEventHasItsScope(t *testing.T) {
	file := sources(t)["decode.go"]
	understood := map[string]bool{}
	for _, declared := range file.Decls {
		function, ok := declared.(*ast.FuncDecl)
		if !ok || function.Name.Name != "decodeEvent" && function.Name.Name != "renamed" {
			continue
		}
		ast.Inspect(function, func(n ast.Node) bool {
			if clause, ok := n.(*ast.CaseClause); ok {
				for _, value := range clause.List {
					name, ok := literal(value)
					if !ok {
						t.Errorf("%s tells an event apart by what is no literal", function.Name.Name)
					}
					understood[name] = true
				}
			}
			return true
		})
	}
	if got, want := slices.Sorted(maps.Keys(events)), slices.Sorted(maps.Keys(understood)); !slices.Equal(got, want) {
		t.Errorf("events has %q, decode.go understands %q", got, want)
	}
}

// TestConversationsAreGrantedAsListed: users.conversations asks for four kinds of places, and each kind has scopes of its own.
func TestConversationsAreGrantedAsListed(t *testing.T) {
	var asked []string
	ast.Inspect(sources(t)["channels.go"], func(n ast.Node) bool {
		if pair, ok := n.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "Types" {
				for _, element := range pair.Value.(*ast.CompositeLit).Elts {
					kind, _ := literal(element)
					asked = append(asked, kind)
				}
			}
		}
		return true
	})
	if want := []string{"public_channel", "private_channel", "im", "mpim"}; !slices.Equal(asked, want) {
		t.Errorf("users.conversations asks for %q; conversations grants %q", asked, want)
	}
}

// sources returns the files of this package without its tests.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if files[name], err = parser.ParseFile(token.NewFileSet(), name, raw, 0); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// ofClient returns the selector where it is one of slack-go's client: c.api.F.
func ofClient(e ast.Expr) *ast.SelectorExpr {
	function, ok := e.(*ast.SelectorExpr)
	if !ok || !isSelector(function.X, "api") {
		return nil
	}
	return function
}

func isSelector(e ast.Expr, name string) bool {
	selector, ok := e.(*ast.SelectorExpr)
	return ok && selector.Sel.Name == name
}

func literal(e ast.Expr) (string, bool) {
	written, ok := e.(*ast.BasicLit)
	if !ok || written.Kind != token.STRING {
		return "", false
	}
	said, err := strconv.Unquote(written.Value)
	return said, err == nil
}
