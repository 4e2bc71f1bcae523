package playground

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"sdcbot/bot/chat"
)

// entry is one line of the file: one thing done by a person, by the bot or by the server. State is what all entries, applied in
// order, add up to.
type entry struct {
	Seq     int                `json:"seq"`
	At      time.Time          `json:"at"`
	Kind    entryKind          `json:"kind"`
	Person  string             `json:"person,omitempty"` // who did it; empty: the bot
	Room    string             `json:"room,omitempty"`
	Thread  string             `json:"thread,omitempty"`
	Only    string             `json:"only,omitempty"` // the one person who sees it
	ID      string             `json:"id,omitempty"`   // the message concerned, where it stood before
	Key     string             `json:"key,omitempty"`
	Text    string             `json:"text,omitempty"`
	Message *chat.Message      `json:"message,omitempty"`
	Emoji   string             `json:"emoji,omitempty"`
	Button  string             `json:"button,omitempty"`
	Form    *chat.Form[string] `json:"form,omitempty"`
	Values  map[string]string  `json:"values,omitempty"`
	Errors  map[string]string  `json:"errors,omitempty"`
	Files   []chat.File        `json:"files,omitempty"`
	Upto    int                `json:"upto,omitempty"`  // acknowledged or read so far
	Moved   time.Duration      `json:"moved,omitempty"` // by which the clock is ahead from now on
}

type entryKind string

const (
	entrySaid      entryKind = "said"      // words of a person
	entryCommanded entryKind = "commanded" // a slash command; only its author sees it
	entrySent      entryKind = "sent"      // files, in private
	entryReacted   entryKind = "reacted"
	entryUnreacted entryKind = "unreacted"
	entryPressed   entryKind = "pressed"
	entrySubmitted entryKind = "submitted"
	entryDismissed entryKind = "dismissed" // a form closed unsent
	entryRead      entryKind = "read"      // a person has read a room up to Upto
	entryLanguage  entryKind = "language"  // a person reads the language in Text from now on

	entryPosted  entryKind = "posted"  // a message of the bot
	entryEdited  entryKind = "edited"  // a message of the bot, changed
	entryOpened  entryKind = "opened"  // a form put before a person
	entryRefused entryKind = "refused" // the form just sent, with errors
	entrySettled entryKind = "settled" // the form just sent, taken

	entryMoved        entryKind = "moved"        // the clock was put forward
	entryRemoved      entryKind = "removed"      // a message deleted, as an administrator would
	entryAcknowledged entryKind = "acknowledged" // the bot has stored every event up to Upto
)

// head is the first line of the file. Its ID begins every id that the server gives, so that a file begun anew beside an old
// database of the bot is not taken for what was heard before.
type head struct {
	Playground int    `json:"playground"` // version of the format
	ID         string `json:"id"`
}

const version = 1

// journal is the file, or nothing when everything is kept in memory. A line is written whole before it counts. Nothing is
// forced to the disk: it survives the death of the process, not the machine's, and a rehearsal needs no more.
type journal struct {
	file *os.File
	size int64
}

// openJournal reads the file at path, hands each entry to apply and leaves the file ready to grow. A last line that is not whole was
// never acknowledged to anybody, and is cut off. A new file begins with the given id; the file's own id is returned.
func openJournal(path, id string, apply func(id string, e entry)) (*journal, string, error) {
	if path == "" {
		return &journal{}, id, nil
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, "", err
	}
	j := &journal{file: file}
	if err := lock(file); err != nil {
		file.Close()
		return nil, "", fmt.Errorf("%s is in use by another process: %w", path, err)
	}
	id, err = j.read(id, apply)
	if err != nil {
		file.Close()
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	return j, id, nil
}

func (j *journal) read(id string, apply func(id string, e entry)) (string, error) {
	r := bufio.NewReaderSize(j.file, 1<<16)
	for number := 1; ; number++ {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		if number == 1 {
			var h head
			if err := json.Unmarshal(line, &h); err != nil || h.ID == "" {
				return "", errors.New("not a file of the playground")
			}
			if h.Playground > version {
				return "", fmt.Errorf("written by a newer version (format %d)", h.Playground)
			}
			id = h.ID
		} else {
			var e entry
			if err := json.Unmarshal(line, &e); err != nil {
				return "", fmt.Errorf("line %d: %w", number, err)
			}
			apply(id, e)
		}
		j.size += int64(len(line))
	}
	if err := j.file.Truncate(j.size); err != nil {
		return "", err
	}
	if j.size == 0 {
		return id, j.append(head{version, id})
	}
	return id, nil
}

// append writes one line. After a failure the file is as it was before.
func (j *journal) append(line any) error {
	if j.file == nil {
		return nil
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(line); err != nil {
		return err
	}
	if n, err := j.file.Write(b.Bytes()); err != nil {
		if n > 0 {
			err = errors.Join(err, j.file.Truncate(j.size))
		}
		return err
	}
	j.size += int64(b.Len())
	return nil
}

func (j *journal) close() error {
	if j.file == nil {
		return nil
	}
	return j.file.Close()
}
