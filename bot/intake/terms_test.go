package intake_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/intake"
)

var said = calendar.On(2026, 11, 23)

func TestNotice(t *testing.T) {
	months := func(n int) contract.Notice { return contract.Notice{Months: n, Known: true} }
	days := func(n int) contract.Notice { return contract.Notice{Days: n, Known: true} }
	for _, row := range []struct {
		text string
		want contract.Notice
		why  string
	}{
		{"contrat copieurs jusqu'au 31/12/2027, préavis 3 mois", months(3), "the plain form"},
		{"contrat copieurs jusqu'au 31/12/2027, preavis de 60 j", days(60), "days stay days: they are recorded as said"},
		{"contrat copieurs jusqu'au 31/12/2027, préavis : trois (3) mois", months(3), "as notaries write it"},
		{"contrat copieurs jusqu'au 31/12/2027, 3 mois de préavis", months(3), "the length first"},
		{"contrat copieurs jusqu'au 31/12/2027, quatre-vingt-dix jours de préavis", days(90), "a number of three words"},
		{"contrat copieurs, fin dans 6 mois, préavis 2 mois", months(2), "the other length is the end"},
		{"contrat copieurs, préavis de 2 mois, fin dans 6 mois", months(2), "in either order"},
		{"printer contract ends 31/12/2027, 3 months' notice", months(3), "English"},
		{"printer contract ends 31/12/2027, notice period is 90 days", days(90), "English, the length last"},
		{"printer contract ends 31/12/2027, 8 weeks notice", contract.Notice{Weeks: 8, Known: true}, "weeks stay weeks"},
		{"copieurs : échéance 31/12/2027, dénonciation 6 mois avant", months(6), "without the word"},
		{"copieurs : échéance 31/12/2027, il faut prévenir 3 mois avant", months(3), "nor this one"},
		{"copieurs : échéance 31/12/2027, préavis d'un an", months(12), "a year is twelve months"},
		{"copieurs : échéance 31/12/2027, préavis 3m", months(3), "short, as in a chat"},
		{"copieurs : échéance 31/12/2027, sans préavis", contract.Notice{Known: true}, "said to be none"},
		{"printer contract ends 31/12/2027, no notice period", contract.Notice{Known: true}, "the same in English"},
		{"contrat copieurs à résilier dans 3 mois", contract.Notice{}, "a day to cancel is no notice"},
		{"contrat copieurs, préavis déjà passé, fin dans 2 mois", contract.Notice{}, "a notice without a length"},
		{"contrat copieurs jusqu'au 31/12/2027, préavis 99999 mois", contract.Notice{}, "nobody means that"},
		{"contrat copieurs jusqu'au 31/12/2027", contract.Notice{}, "nothing said"},
	} {
		if got := intake.Read(row.text, said).Notice; got != row.want {
			t.Errorf("%s: %+v, want %+v: %s", row.text, got, row.want, row.why)
		}
	}
}

func TestRenewal(t *testing.T) {
	times := func(n int) *int { return &n }
	type renewed = intake.Renewed
	for _, row := range []struct {
		text string
		want renewed
		why  string
	}{
		{"copieurs : fin 31/12/2027, tacite reconduction", renewed{Renewal: contract.Tacit}, "the plain form"},
		{"copieurs : fin 31/12/2027, tacite 1 an x2", renewed{contract.Tacit, 12, times(2)}, "how long and how often, short"},
		{"copieurs : fin 31/12/2027, reconduction tacite de 12 mois, 2 fois", renewed{contract.Tacit, 12, times(2)}, "the same at length"},
		{"copieurs : fin 31/12/2027, reconductible tacitement 3 × 1 an", renewed{contract.Tacit, 12, times(3)}, "with the sign of times"},
		{"copieurs : fin 31/12/2027, reconductible 2 fois 1 an", renewed{contract.Tacit, 12, times(2)}, "tacit unless said otherwise: article R2112-4 of the procurement code"},
		{"copieurs : fin 31/12/2027, reconductible 1 fois (expresse)", renewed{contract.Express, 0, times(1)}, "said otherwise"},
		{"copieurs : fin 31/12/2027, reconduction expresse", renewed{Renewal: contract.Express}, "a decision is needed"},
		{"copieurs : fin 31/12/2027, non reconductible", renewed{Renewal: contract.None}, "none"},
		{"copieurs : fin 31/12/2027, pas de tacite reconduction", renewed{Renewal: contract.None}, "a denial comes before what it denies"},
		{"copieurs jusqu'au 31/12/2027 et on ne renouvelle pas", renewed{Renewal: contract.None}, "said as a decision"},
		{"copieurs jusqu'au 31/12/2027, on renouvelle pas", renewed{Renewal: contract.None}, "as people speak"},
		{"our printer contract ends 31/12/2027 and renews automatically", renewed{Renewal: contract.Tacit}, "English"},
		{"our printer contract ends 31/12/2027, no renewal", renewed{Renewal: contract.None}, "English, none"},
		{"copieurs, tacite 1 an, préavis 3 mois, fin 31/12/2027", renewed{contract.Tacit, 12, nil}, "the notice's length is not the renewal's"},
		{"copieurs : 4 ans ferme depuis le 1er janvier 2025", renewed{}, "firm alone says nothing of renewals"},
		{"copieurs : fin 31/12/2027", renewed{}, "nothing said"},
	} {
		st := intake.Read(row.text, said)
		got := renewed{st.Renewal, st.RenewalMonths, st.MaxRenewals}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s: %s\n%s", row.text, row.why, diff)
		}
	}
}

// What is shown in a form reads back as it was.
func TestNoticeBySending(t *testing.T) {
	for _, row := range []struct {
		text string
		want contract.Notice
		why  string
	}{
		{"3 mois (date d’envoi)", contract.Notice{Months: 3, Known: true, Sent: true}, "as the form shows it"},
		{"60 jours, le cachet de la poste faisant foi", contract.Notice{Days: 60, Known: true, Sent: true}, "as contracts write it"},
		{"3 months (date of sending)", contract.Notice{Months: 3, Known: true, Sent: true}, "in English"},
		{"3 mois, reçu avant", contract.Notice{Months: 3, Known: true}, "received is the rule"},
	} {
		if got, err := intake.ParseNotice(row.text); err != nil || got != row.want {
			t.Errorf("%s: %+v %v, want %+v: %s", row.text, got, err, row.want, row.why)
		}
	}
	if got := intake.Read("contrat copieurs fin 31/12/2027, préavis 3 mois (cachet de la poste)", calendar.On(2026, 11, 23)).Notice; !got.Sent || got.Months != 3 {
		t.Errorf("in a sentence: %+v", got)
	}
}

func TestParseNotice(t *testing.T) {
	for _, row := range []struct {
		field string
		want  contract.Notice
		wrong bool
		why   string
	}{
		{"3 mois", contract.Notice{Months: 3, Known: true}, false, "plain"},
		{"3m", contract.Notice{Months: 3, Known: true}, false, "short"},
		{"3", contract.Notice{Months: 3, Known: true}, false, "a bare number is months, as contracts have them"},
		{"60 j", contract.Notice{Days: 60, Known: true}, false, "days"},
		{"trois mois", contract.Notice{Months: 3, Known: true}, false, "in letters"},
		{"préavis de 2 mois", contract.Notice{Months: 2, Known: true}, false, "the field's own name is passed over"},
		{"90 days", contract.Notice{Days: 90, Known: true}, false, "English"},
		{"1 an", contract.Notice{Months: 12, Known: true}, false, "a year"},
		{"aucun", contract.Notice{Known: true}, false, "none is an answer"},
		{"sans", contract.Notice{Known: true}, false, "so is without"},
		{"0", contract.Notice{Known: true}, false, "and nought"},
		{"none", contract.Notice{Known: true}, false, "in English too"},
		{"", contract.Notice{}, false, "left open"},
		{"  ", contract.Notice{}, false, "left open"},
		{"bientôt", contract.Notice{}, true, "no length"},
		{"300", contract.Notice{}, true, "a bare number that cannot be months"},
		{"😀", contract.Notice{}, true, "no word at all"},
	} {
		got, err := intake.ParseNotice(row.field)
		if got != row.want || (err != nil) != row.wrong {
			t.Errorf("%q: %+v, %v; want %+v: %s", row.field, got, err, row.want, row.why)
		}
		var field *intake.FieldError
		if err != nil && (!errors.As(err, &field) || field.Fault != intake.NotANotice) {
			t.Errorf("%q: the error is no %s: %v", row.field, intake.NotANotice, err)
		}
	}
}

func TestParseRenewal(t *testing.T) {
	times := func(n int) *int { return &n }
	for _, row := range []struct {
		field string
		want  intake.Renewed
		wrong bool
		why   string
	}{
		{"tacite", intake.Renewed{Renewal: contract.Tacit}, false, "plain"},
		{"tacit", intake.Renewed{Renewal: contract.Tacit}, false, "English"},
		{"tacite 1 an x2", intake.Renewed{Renewal: contract.Tacit, Months: 12, Max: times(2)}, false, "with its length and number"},
		{"tacite 12 mois, 2 fois", intake.Renewed{Renewal: contract.Tacit, Months: 12, Max: times(2)}, false, "the same otherwise"},
		{"expresse", intake.Renewed{Renewal: contract.Express}, false, "plain"},
		{"express", intake.Renewed{Renewal: contract.Express}, false, "English"},
		{"expresse 1 an", intake.Renewed{Renewal: contract.Express, Months: 12}, false, "with its length"},
		{"aucune", intake.Renewed{Renewal: contract.None}, false, "none is an answer"},
		{"non", intake.Renewed{Renewal: contract.None}, false, "so is no"},
		{"none", intake.Renewed{Renewal: contract.None}, false, "in English too"},
		{"", intake.Renewed{}, false, "left open"},
		{"peut-être", intake.Renewed{}, true, "says nothing"},
	} {
		got, err := intake.ParseRenewal(row.field)
		if diff := cmp.Diff(row.want, got); diff != "" || (err != nil) != row.wrong {
			t.Errorf("%q: %v: %s\n%s", row.field, err, row.why, diff)
		}
		var field *intake.FieldError
		if err != nil && (!errors.As(err, &field) || field.Fault != intake.NotARenewal) {
			t.Errorf("%q: the error is no %s: %v", row.field, intake.NotARenewal, err)
		}
	}
}
