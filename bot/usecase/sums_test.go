package usecase_test

import (
	"testing"

	"sdcbot/bot/usecase"
)

func TestSums(t *testing.T) {
	for _, test := range []struct{ words, left, why string }{
		{"copieurs 38k", "copieurs", "a bare sum"},
		{"copieurs 38 K", "copieurs", "with a space"},
		{"38k", "", "nothing else"},
		{"copieurs (38k)", "copieurs", "in brackets"},
		{"téléphonie 38k Orange", "téléphonie Orange", "in the middle"},
		{"copieurs 24 k€", "copieurs", "with its currency"},
		{"copieurs 24 k€/an", "copieurs", "and its period"},
		{"téléphonie 12000 eur", "téléphonie", "in three letters"},
		{"téléphonie EUR 12 000", "téléphonie", "and before"},
		{"téléphonie 12 000 euros HT", "téléphonie", "in full"},
		{"impression à 0,05 € la page", "impression à la page", "a price is a sum"},
		{"impression à 0,05 euro la page", "impression à la page", "in full"},
		{"budget 30k annuels", "budget", "an adjective counts nothing"},
		{"infogérance 1,2M", "infogérance", "millions"},
		{"infogérance 38 mille", "infogérance", "thousands in letters"},
		{"contrat antivirus 4k", "contrat antivirus", "four thousand: no screen is spoken of"},
		{"maintenance 38k et 12k", "maintenance et", "two of them"},
		{"prix en €", "prix en", "the sign alone has no place here either"},

		{"Windows 10k users", "Windows 10k users", "what is counted are users"},
		{"messagerie 12k boîtes", "messagerie 12k boîtes", "mail boxes"},
		{"12 mille logements", "12 mille logements", "dwellings"},
		{"disques SAS 15k rpm", "disques SAS 15k rpm", "turns"},
		{"écran 4K", "écran 4K", "how sharp a picture is"},
		{"Moniteurs 27 pouces 4k", "Moniteurs 27 pouces 4k", "of several screens, small"},
		{"caméras 8K", "caméras 8K", "cameras"},
		{"Liaison T2", "Liaison T2", "a telephone line"},
		{"Microsoft M365", "Microsoft M365", "a product"},
		{"3CX", "3CX", "another"},
		{"S4K", "S4K", "letters around"},
		{"Y2K", "Y2K", "letters before"},
		{"3M", "3M", "a firm"},
		{"10km de fibre", "10km de fibre", "kilometres"},
		{"5G", "5G", "a network"},
		{"Office 365 E3", "Office 365 E3", "a plan"},
		{"Windows Server 2022", "Windows Server 2022", "a year"},
		{"200 postes", "200 postes", "a number of things"},
		{"Eurécia", "Eurécia", "a publisher that begins like a currency"},
		{"Europe 2030", "Europe 2030", "so does a continent"},
		{"CEGID 2M3", "CEGID 2M3", "a code"},
		{"", "", "nothing"},
	} {
		if got := usecase.WithoutSums(test.words); got != test.left {
			t.Errorf("%q leaves %q, want %q: %s", test.words, got, test.left, test.why)
		}
	}
}
