package main

import (
	"testing"

	"sdcbot/store"
)

// How far was heard outlives the program, for each chat by itself.
func TestMarksAreKept(t *testing.T) {
	opened, err := store.Open(t.Context(), "sqlite::memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = opened.Close() }()
	if err := opened.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := &marks{store: opened, circle: "rives"}
	if mark, err := m.load("rives-slack")(t.Context()); err != nil || len(mark) > 0 {
		t.Errorf("the first time there is %s, %v", mark, err)
	}
	if err := m.keep("rives-slack")(t.Context(), []byte(`{"at":1}`)); err != nil {
		t.Fatal(err)
	}
	again := &marks{store: opened, circle: "rives"}
	if mark, err := again.load("rives-slack")(t.Context()); err != nil || string(mark) != `{"at":1}` {
		t.Errorf("the second time there is %s, %v", mark, err)
	}
	if mark, err := again.load("lacs-slack")(t.Context()); err != nil || len(mark) > 0 {
		t.Errorf("another chat has %s, %v", mark, err)
	}
}
