package usecase

import "time"

// The limits on what people type and do, in one place.
const (
	longestStatement = 2000             // runes of a sentence that is read; longer ones are sent back whole
	longestField     = 200              // runes of one field of a form
	longestName      = 40               // runes of words that may be a mere name to look for
	longestComment   = 1000             // runes of a reason or an experience
	longestButton    = 1800             // bytes of a sentence carried by a button (chat.Button.ID holds 1,900)
	longestAbsence   = 200              // days; longer ones are two dates the wrong way round ("du 10/12 au 1/12")
	longestNotice    = 60               // months; above it somebody typed days, or a year
	longestTerm      = 60               // runes of a phrase of the glossary
	mostTerms        = 300              // phrases of the glossary
	listedTerms      = 60               // of them shown by the list
	undoWithin       = 10 * time.Minute // how long one's last act can be undone
	listed           = 20               // proposals shown by one list
	mostAMorning     = 8                // private messages to one person on one morning; the last of them gathers what is beyond
	mostReasons      = 10               // peers' proposals named in one message as what comes close; people read the first few
	toldBack         = 10               // messages that /sdc moi shows again
)
