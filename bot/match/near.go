package match

import "sdcbot/bot/family"

// nearTo lists the families that are near each other: often in one tender, sold by the same houses or taken for each other, and yet bought
// apart. Each pair stands once. Nearness alone brings nobody together; with a supplier, a product or a word in common it makes a maybe.
var nearTo = map[family.Code][]family.Code{
	"telephony":        {"internet-links", "contact-centre"},     // one operator's lots; the switchboard and who answers it
	"telephony-fixed":  {"internet-links", "contact-centre"},     // the same
	"telephony-mobile": {"internet-links", "workstations"},       // the same; tablets and their subscriptions
	"lan-wifi":         {"internet-links", "cybersecurity"},      // one network from the desk to the operator; firewalls
	"contact-centre":   {"crm"},                                  // calls and what is written down of them
	"videoconference":  {"office-collaboration", "workstations"}, // Teams and the rooms for it; screens
	"printing":         {"it-supplies", "outgoing-mail"},         // copiers and toner; printing what is posted
	"workstations":     {"it-supplies", "managed-services"},      // accessories; who maintains them
	"servers-storage":  {"hosting-cloud", "backup-continuity", "infrastructure-licences"},
	"hosting-cloud":    {"backup-continuity", "managed-services"},
	"managed-services": {"it-service-management", "backup-continuity"},
	"cybersecurity":    {"identity-access", "data-protection", "backup-continuity"},
	"identity-access":  {"office-collaboration", "e-signature"}, // directories; certificates
	"e-signature":      {"document-management", "governance-legal"},
	"intranet":         {"website", "office-collaboration"},
	"website":          {"tenant-portal"},
	"tenant-portal":    {"crm", "housing-erp"},
	"supplier-portal":  {"procurement-software", "e-invoicing"},
	"e-invoicing":      {"finance-accounting", "document-management"},
	"outgoing-mail":    {"document-management"}, // what is printed is kept
	"housing-erp":      {"lettings-sales", "finance-accounting", "asset-management"},
	"asset-management": {"bim", "gis", "field-mobility"},
	"smart-building":   {"asset-management"},
	"infrastructure-licences": {
		"office-collaboration", "it-service-management", // one agreement with one publisher; supervision
	},
	"business-intelligence": {"integration-development", "gis"},
	"consulting-amo":        {"data-protection", "integration-development"},
}

var nearPairs = func() map[[2]family.Code]bool {
	pairs := map[[2]family.Code]bool{}
	for a, others := range nearTo {
		for _, b := range others {
			pairs[[2]family.Code{a, b}], pairs[[2]family.Code{b, a}] = true, true
		}
	}
	return pairs
}()

// near says whether two unrelated families are near each other: they are listed so, or are children of one parent.
func near(a, b family.Code) bool {
	parent := family.Parent(a)
	return nearPairs[[2]family.Code{a, b}] || parent != "" && parent == family.Parent(b)
}
