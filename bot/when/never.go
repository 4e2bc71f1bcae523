package when

// never passes over what looks like a date and is none: "Windows 2022", "n° 2023-045", "01 12 03 20 27", "24/7", "14h30",
// "2 027 €", "4G", "12,5 k€". It returns the index after it.
func (r *reader) never(i int) int {
	t := r.at(i)
	switch {
	case t.is(product):
		return r.version(i)
	case t.is(numbering):
		return r.reference(i)
	case t.digits == 0:
		return i
	case !r.free(i), r.at(i-1).sign == '$' && t.glued:
		return i + 1
	case t.glued && r.at(i-1).sign == '/' && r.at(i-1).glued && r.at(i-2).letters(): // an address of the web
		for i++; r.at(i).glued; i++ {
		}
		return i
	}
	if next := r.chain(i); next > i {
		return next
	}
	second := r.at(i + 1)
	switch {
	case second.sign == '$' || second.sign == '%':
		return i + 2
	case second.digits == 3 && t.digits <= 3 && !second.glued: // thousands
		return i + 2
	case second.sign == ':' && second.glued && r.at(i+2).digits > 0 && r.at(i+2).glued: // an hour
		return i + 3
	case second.glued && second.unit() == hours && t.digits <= 2:
		if r.at(i+2).digits > 0 && r.at(i+2).glued {
			return i + 3
		}
		return i + 2
	case second.sign == '/' && roundTheClock(t, r.at(i+2)) && r.at(i+3).sign != '/' && !r.at(i-1).is(lone):
		return i + 3
	}
	return r.decimal(i)
}

// decimal passes over "12,5" and "8.1", unless it is a length ("1,5 an"), a date ("31.12.2027", "06.2027") or may be one ("le 30.06").
func (r *reader) decimal(i int) int {
	point, fraction, after := r.at(i+1), r.at(i+2), r.at(i+3)
	switch {
	case point.sign != ',' && point.sign != '.' || !point.glued || fraction.digits == 0 || !fraction.glued:
		return i
	case after.unit() != noUnit, after.is(size), after.sign == '.' && r.at(i+4).digits > 0, fraction.digits == 4, point.sign == '.' && r.at(i-1).is(lone):
		return i
	}
	return i + 3
}

// version passes over the version that follows the name of a product, and those that follow it: "SQL Server 2019 et 2022". A
// year still to come is a date all the same.
func (r *reader) version(i int) int {
	j := i + 1
	if r.at(j).digits == 0 {
		return i
	}
	if _, next := r.figures(j); next > j && !r.at(j).glued {
		return i
	}
	for ; ; j += 2 {
		t := r.at(j)
		if t.digits == 4 && t.number > r.on.Year+1 || t.digits <= 2 && t.digits > 0 && r.at(j+1).month() != 0 && t.number != 10 && t.number != 11 {
			return j
		}
		after := r.at(j + 1)
		more := after.sign == ',' || after.sign == '/' || after.is(and|orElse) || (after.sign == '.' || after.sign == ':') && after.glued
		if !more || r.at(j+2).digits == 0 {
			return j + 1
		}
	}
}

// reference passes over the number of a contract, a lot or a ticket: "n° 2023-045".
func (r *reader) reference(i int) int {
	j := i + 1
	for r.at(j).sign == '*' || r.at(j).sign == '.' || r.at(j).sign == ':' {
		j++
	}
	if r.at(j).digits == 0 {
		return i
	}
	if p, next := r.figures(j); next > j && p.grain == ToTheDay || r.at(j+1).month() != 0 {
		return i
	}
	for r.at(j+1).sign == '-' && r.at(j+2).digits > 0 {
		j += 2
	}
	return j + 1
}

// chain passes over four numbers and more in a row, joined alike: a telephone number or an address of the network.
func (r *reader) chain(i int) int {
	joint := func(i int) byte {
		switch t := r.at(i); {
		case (t.sign == '.' || t.sign == '-') && t.glued:
			return t.sign
		case t.digits == 2 && !t.glued:
			return ' '
		}
		return 0
	}
	sep, j, count := joint(i+1), i+1, 1
	for sep != 0 && joint(j) == sep {
		if sep != ' ' {
			j++
		}
		if r.at(j).digits == 0 || r.at(j).digits > 3 {
			break
		}
		j++
		count++
	}
	if count < 4 {
		return i
	}
	return j
}

// roundTheClock knows the ways to say "always": 24/7, 7/7, 24/24.
func roundTheClock(a, b *token) bool {
	return a.number == 24 && (b.number == 7 || b.number == 24) || a.digits == 1 && a.number >= 5 && b.digits == 1 && b.number == 7
}
