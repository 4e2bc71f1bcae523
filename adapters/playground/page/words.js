// The page's sentences, as the server sends them in the reader's language, and how it writes dates.
let words = {};
let lang = "fr";
let zone = "UTC";

export function speak(state) {
  ({ words, lang, zone } = state);
}

// say returns a sentence, its {names} filled in.
export function say(key, values = {}) {
  return (words[key] ?? `⟨${key}⟩`).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// count chooses between key.one and key.other. In French none and one are singular, in English one alone.
export function count(key, n) {
  const one = lang === "fr" ? n < 2 : n === 1;
  return say(`${key}.${one ? "one" : "other"}`, { n });
}

const date = (options) => (at) => {
  const said = new Intl.DateTimeFormat(lang === "fr" ? "fr-FR" : "en-GB", { timeZone: zone, ...options }).format(new Date(at));
  return lang === "fr" ? said.replace(/(^|\s)1(?= \p{L})/u, "$11er") : said; // the first of a month is an ordinal
};

export const hour = date({ hour: "2-digit", minute: "2-digit" });
export const day = date({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDay = date({ day: "numeric", month: "short", year: "numeric" });
export const full = date({ dateStyle: "long", timeStyle: "short" });
