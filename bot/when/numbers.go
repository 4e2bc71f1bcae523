package when

// cardinal reads a number in figures or in letters: "18", "dix-huit", "twenty-seven".
func (r *reader) cardinal(i int) (value, next int) {
	if t := r.at(i); t.digits > 0 {
		if t.digits > 4 || !r.free(i) {
			return 0, i
		}
		return t.number, i + 1
	}
	return r.spelled(i)
}

// free says whether figures are a number by themselves, and not part of "NIS2", "4G" or "1,5".
func (r *reader) free(i int) bool {
	t, after := r.at(i), r.at(i+1)
	if t.glued && (r.at(i-1).letters() && r.at(i-1).word == nil || r.at(i-1).sign == ',' && r.at(i-2).digits > 0) {
		return false
	}
	return !after.glued || !after.letters() || after.word != nil
}

// spelled reads a number in letters, French or English, years included: "deux mille vingt-sept", "twenty twenty-seven".
func (r *reader) spelled(i int) (value, next int) {
	thousands, group, next := 0, 0, i
	for j := i; ; j++ {
		if next > i && (r.at(j).sign == '-' || r.at(j).is(and)) {
			j++
		}
		n := r.at(j).cardinal()
		switch {
		case n == 0 || r.at(j).is(lot):
			return thousands + group, next
		case n == 1000 && thousands == 0:
			thousands, group = max(group, 1)*1000, 0
		case n == 100 && group > 0 && group < 10:
			group *= 100
		case n == 20 && group == 4: // quatre-vingt
			group = 80
		case n == 20 && group == 20 && thousands == 0: // twenty twenty-seven
			thousands, group = 2000, 20
		case group == 0, group%10 == 0 && n < 10, (group == 60 || group == 80) && n < 20, group%100 == 0 && n < 100:
			group += n
		default:
			return thousands + group, next
		}
		next = j + 1
	}
}

// ordinal reads "2e", "1er", "3rd", "premier", "last" (lastOne). figures alone are none.
func (r *reader) ordinal(i int) (value, next int) {
	t := r.at(i)
	if t.digits == 0 {
		if n := t.ordinal(); n != 0 {
			return n, i + 1
		}
		return 0, i
	}
	if after := r.at(i + 1); t.digits <= 2 && after.glued && (after.is(suffix) || after.sign == '*') {
		return t.number, i + 2
	}
	return 0, i
}

// dayNumber reads the number of a day: "31", "1er", "31st", "premier", "trente et un", "twenty-first". sure means that it was an ordinal.
func (r *reader) dayNumber(i int) (value, next int, sure bool) {
	if n, next := r.ordinal(i); next > i {
		return n, next, true
	}
	if t := r.at(i); t.digits > 0 {
		if t.digits > 2 || !r.free(i) {
			return 0, i, false
		}
		return t.number, i + 1, false
	}
	n, next := r.spelled(i)
	if next > i && n >= 20 && n%10 == 0 {
		if unit := r.at(r.hyphen(next)).ordinal(); unit > 0 && unit < 10 {
			return n + unit, r.hyphen(next) + 1, true
		}
	}
	if n < 2 || n > 99 { // "un mars" is no day
		return 0, i, false
	}
	return n, next, false
}

func (r *reader) hyphen(i int) int {
	if r.at(i).sign == '-' {
		return i + 1
	}
	return i
}
