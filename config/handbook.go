package config

import (
	"errors"

	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

// handbook reads the files by which the circle judges its purchases. Where none is named, or it cannot be read, the shipped one stands in.
func (s section) handbook() purchase.Handbook {
	h := purchase.DefaultHandbook()
	if content, path, ok := s.besideFile("procedures"); ok {
		rules, err := purchase.Parse(content)
		if s.faultsIn(path, "procedures", err) {
			h.Rules = rules
		}
	}
	if content, path, ok := s.besideFile("collection"); ok {
		fields, err := purchase.ParseFields(content)
		if s.faultsIn(path, "collection", err) {
			h.Fields = fields
		}
	}
	return h
}

// besideFile reads the file that the key names, and remembers that the configuration stands in it as well.
func (s section) besideFile(name string) (content []byte, path string, ok bool) {
	said, ok := s.text(name)
	switch {
	case !ok:
		return nil, "", false
	case said == "":
		s.fault(s.where(name), "config.empty-value", "key", name, "example", s.part.example(name))
		return nil, "", false
	}
	path = s.beside(said)
	s.files = append(s.files, path)
	content, err := s.open(path)
	if err != nil {
		s.fault(s.where(name), "config.beside-unreadable", "file", path, "cause", cause(err), "key", name)
		return nil, path, false
	}
	return content, path, true
}

// faultsIn reports what is wrong in a data file, where it stands there; true when nothing is.
func (r *reading) faultsIn(path, key string, err error) bool {
	var faults purchase.Faults
	if !errors.As(err, &faults) {
		return err == nil
	}
	for _, f := range faults {
		r.beyond = append(r.beyond, Fault{File: path, Line: f.Line, Column: 1, Says: f.Text})
	}
	r.beyond = append(r.beyond, Fault{File: path, Says: locale.T("config.beside-remedy", "key", key)})
	return false
}
