package family

import (
	"fmt"
	"sync"
)

// neighbours is near.csv, each pair both ways.
var neighbours = sync.OnceValue(func() map[[2]Code]bool {
	pairs := map[[2]Code]bool{}
	for _, row := range rows("near.csv") {
		a, b := Code(row[0]), Code(row[1])
		for _, code := range []Code{a, b} {
			if _, ok := Of(code); !ok {
				panic(fmt.Errorf("near.csv: no family %q", code))
			}
		}
		pairs[[2]Code{a, b}], pairs[[2]Code{b, a}] = true, true
	}
	return pairs
})

// Near says whether two different families serve so much the same purpose, or are so often bought together, that a need of the one may be
// answered by a contract of the other. Families that are Related are more than near, and are not Near.
func Near(a, b Code) bool { return !Related(a, b) && neighbours()[[2]Code{a, b}] }
