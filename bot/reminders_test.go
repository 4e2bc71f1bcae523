package bot_test

import (
	"strings"
	"testing"
	"time"

	"sdcbot/bot/chat"
)

// The contract's last day to give notice is 30 September 2027; its reminders fall on 30/09 and 30/12/2026, 30/03, 30/06 and 30/08/2027.
const noticed = "propose Notre contrat téléphonie se termine le 31/12/2027, tacite, préavis 3 mois"

func TestReminders(t *testing.T) {
	on := func(day string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", day+" 10:00", paris)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, test := range []struct {
		why  string
		acts func(r *rig)
		want []string // "2026-12-30 9 mois": when it was said, and how
	}{
		{
			why:  "each on its day; the one whose day had passed when the contract was recorded is not said; missed, the next decision is announced",
			acts: func(r *rig) { r.until(on("2027-10-15")) },
			want: []string{"2026-12-30 9 mois", "2027-03-30 6 mois", "2027-06-30 3 mois", "2027-08-30 1 mois", "2027-10-01 12 mois"},
		},
		{
			why: "a decision ends the series",
			acts: func(r *rig) {
				r.until(on("2027-01-04"))
				r.do(pressed("dsi-a", "decide C-1 renew"))
				r.until(on("2027-10-15"))
			},
			want: []string{"2026-12-30 9 mois"},
		},
		{
			why: "decided before the first one, none is said",
			acts: func(r *rig) {
				r.do(said("dsi-a", "C-1 on remet en concurrence"))
				r.until(on("2027-10-15"))
			},
		},
		{
			why: "a decision undone, they go on",
			acts: func(r *rig) {
				r.do(pressed("dsi-a", "decide C-1 handled"))
				r.do(said("dsi-a", "annuler"))
				r.until(on("2027-01-15"))
			},
			want: []string{"2026-12-30 9 mois"},
		},
		{
			why: "withdrawn, there is nothing to decide",
			acts: func(r *rig) {
				r.do(said("dsi-a", "retirer C-1"))
				r.until(on("2027-10-15"))
			},
		},
		{
			why:  "missed together, the latest alone is said",
			acts: func(r *rig) { r.now = on("2027-07-15"); r.step() },
			want: []string{"2027-07-15 3 mois"},
		},
		{
			why: "a later end moves them: the last day is then 31/03/2028",
			acts: func(r *rig) {
				r.do(said("dsi-a", "contrat C-1 modifier fin 30/06/2028"))
				r.until(on("2027-04-15"))
			},
			want: []string{"2027-03-31 12 mois"},
		},
		{
			why: "recorded on the very day of a reminder, before its hour: the answer said it all",
			acts: func(r *rig) {
				r.until(on("2027-06-30").Add(-3 * time.Hour))
				r.do(said("dsi-b", noticed))
				r.until(on("2027-07-15"))
			},
			want: []string{"2026-12-30 9 mois", "2027-03-30 6 mois", "2027-06-30 3 mois"},
		},
	} {
		t.Run(test.why, func(t *testing.T) {
			r := newRig(t)
			r.do(said("dsi-a", noticed))
			test.acts(r)
			var got []string
			for _, p := range r.chat.Posts() {
				if rest, ok := strings.CutPrefix(p.Key, "remind "); ok {
					words := strings.Fields(rest)
					got = append(got, r.keptOn(p.Key)+" "+words[2]+" mois")
					if p.To.Account != "dsi-a" {
						t.Errorf("%s was said to %q", p.Key, p.To)
					}
				}
			}
			if strings.Join(got, ", ") != strings.Join(test.want, ", ") {
				t.Errorf("said %q, want %q", got, test.want)
			}
		})
	}
}

func TestRecalls(t *testing.T) {
	for _, test := range []struct {
		why  string
		acts func(r *rig)
		want string // days of silence at which somebody was asked again, and who
	}{
		{"silence is recalled twice", func(r *rig) {}, "7 dsi-b, 14 dsi-b"},
		{"answered, it is not", func(r *rig) { r.do(pressed("dsi-b", "answer C-2 maybe")) }, ""},
		{"withdrawn, there is nothing to answer", func(r *rig) { r.do(said("dsi-a", "retirer C-2")) }, ""},
		{"an answer taken back is silence again", func(r *rig) {
			question := r.to("dsi-b")[0].Ref
			r.do(reacted("dsi-b", "🙋", question))
			r.do(chat.Event{Kind: chat.Unreacted, From: "dsi-b", Emoji: "🙋", Message: question})
		}, "7 dsi-b, 14 dsi-b"},
		{"whoever stands in is asked, while the one who was asked is away", func(r *rig) { r.do(said("dsi-b", "absent du 25/11 au 1/12")) }, "7 adj-b, 14 dsi-b"},
		{"missed together, the latest is said", func(r *rig) { r.now = monday.AddDate(0, 0, 15); r.step() }, "14 dsi-b"},
	} {
		r := newRig(t)
		r.do(said("dsi-b", theirs))
		r.do(said("dsi-a", ours))
		test.acts(r)
		r.until(monday.AddDate(0, 0, 60))
		var got []string
		for _, p := range r.chat.Posts() {
			if days, ok := strings.CutPrefix(p.Key, "recall ask C-2 B "); ok {
				got = append(got, days+" "+p.To.Account)
			}
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s: asked again after %q, want %q", test.why, got, test.want)
		}
	}
}
