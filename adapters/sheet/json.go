package sheet

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"sdcbot/bot/register"
)

// readJSON reads a list of objects: those of our export, under the keys of the fields, or the open data in either of their forms.
func readJSON(name string, content []byte) (register.Table, error) {
	d := json.NewDecoder(bytes.NewReader(content))
	d.UseNumber() // a number keeps its digits
	var whole any
	if err := d.Decode(&whole); err != nil {
		return register.Table{}, faultOf("sheet.fault.json", err)
	}
	items := list(whole)
	if object, ok := whole.(map[string]any); ok {
		items = contractsOf(object)
	}
	var objects []map[string]any
	for _, item := range items {
		if object, ok := item.(map[string]any); ok {
			objects = append(objects, object)
		}
		if len(objects) > register.MostRows {
			break
		}
	}
	switch {
	case len(objects) == 0:
		return register.Table{}, faultOf("sheet.fault.json", nil)
	case isOpenData(objects[0]):
		return openData(name, objects), nil
	}
	return plainObjects(name, objects), nil
}

// contractsOf finds the list in an object that wraps one.
func contractsOf(object map[string]any) []any {
	for _, key := range []string{"marches", "contracts", "contrats", "data"} {
		switch inner := object[key].(type) {
		case []any:
			return inner
		case map[string]any:
			if nested := list(inner["marche"]); nested != nil {
				return nested
			}
		}
	}
	return nil
}

// list returns the elements of a list, or the one thing that stands where a list of one should.
func list(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case map[string]any:
		return []any{v}
	}
	return nil
}

// plainObjects makes columns of keys: the fields in their order, then whatever else there is.
func plainObjects(name string, objects []map[string]any) register.Table {
	t := register.Table{Name: name}
	keys := map[string]bool{}
	for _, o := range objects {
		for key := range o {
			keys[key] = true
		}
	}
	for _, f := range register.Fields {
		if keys[string(f)] {
			t.Columns = append(t.Columns, string(f))
			delete(keys, string(f))
		}
	}
	others := slices.Sorted(maps.Keys(keys))
	t.Columns = append(t.Columns, others[:min(len(others), register.MostColumns)]...)
	for i, o := range objects {
		row := register.Row{Number: i + 1}
		for _, column := range t.Columns {
			row.Cells = append(row.Cells, shorten(plain(o[column])))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// plain writes a value of JSON as a cell; an object has none.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return rounded(v.String())
	case bool:
		if v {
			return "oui"
		}
		return "non"
	case []any:
		var parts []string
		for _, part := range v {
			if s := plain(part); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, ", ")
	}
	return ""
}
