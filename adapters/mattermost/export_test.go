package mattermost

// Typed is for tests: how words answer a form is a page of examples.
var Typed = typed
