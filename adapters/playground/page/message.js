// One message, drawn: of a person, or a card of the bot with its fields, buttons and reactions.
import { el } from "./dom.js";
import { count, full, hour, say } from "./words.js";

// What can be put on a message besides what the bot seeded.
const palette = ["🙋", "🤔", "🚫", "✅", "👍", "👎", "❤️", "🎉", "👀", "🙏"];

// drawMessage draws a post. page gives {as, person(handle), act(path, body), openThread(id)}; grouped leaves out the author, who
// said the message above as well; within says that this is drawn in a thread.
export function drawMessage(post, page, { grouped = false, within = false } = {}) {
  const bot = !post.from;
  const author = bot ? { name: say("bot"), handle: "sdc" } : page.person(post.from);
  const mine = post.from === page.as;
  const node = el("li", { class: ["message", grouped && "grouped", post.only && "whisper", mine && "mine"].filter(Boolean).join(" "), id: within ? undefined : post.id });

  if (!grouped) node.append(avatar(author, bot));
  const body = el("div", { class: "body" });
  node.append(body);
  body.append(
    el("p", { class: grouped ? "by unseen" : "by" },
      el("strong", {}, author.name),
      bot ? el("span", { class: "robot" }, say("robot")) : !author.name.includes(author.organisation ?? "") && el("span", { class: "organisation" }, author.organisation),
      el("time", { datetime: post.at, title: full(post.at) }, hour(post.at)),
      post.edited && el("span", { class: "edited", title: full(post.edited) }, say("edited")),
    ),
  );
  if (post.only) body.append(el("p", { class: "only" }, say("only_you")));
  if (post.text) body.append(el("p", { class: "text" }, ...called(post.text)));
  for (const file of post.files ?? []) body.append(el("p", { class: "file" }, file.name));
  if (bot) body.append(card(post, page));
  if (!post.only) body.append(el("div", { class: "below" }, reactions(post, page), toolbar(post, page, within)));
  if (post.replies && !within) {
    body.append(el("button", { type: "button", class: "replies", "data-focus": "replies", onclick: () => page.openThread(post.id) }, count("replies", post.replies)));
  }
  return node;
}

// called shows the bot's name in a sentence, by which people call it, as a chip.
function called(text) {
  const match = /^(\/sdc|@sdc)(?=\s|$)/i.exec(text);
  if (!match) return [text];
  return [el("span", { class: "call" }, match[0]), text.slice(match[0].length)];
}

export function avatar(person, bot) {
  if (bot) return el("img", { class: "avatar", src: "/page/icon.svg", alt: "", width: 38, height: 38 });
  // A role that is an abbreviation stands for itself (DSI), other names for their first letters.
  const [first = "?"] = person.name.split(" ");
  const initials = /^\p{Lu}{1,3}$/u.test(first) ? first : first.slice(0, 2);
  const hue = [...(person.organisation || person.handle)].reduce((sum, c) => sum * 31 + c.codePointAt(0), 7) % 8;
  return el("span", { class: `avatar hue-${hue}`, "aria-hidden": "true" }, initials);
}

function card(post, page) {
  const m = post.message ?? {};
  const node = el("div", { class: `card tone-${m.tone || "plain"}` });
  if (m.title) node.append(el("h3", {}, m.title));
  for (const line of m.lines ?? []) node.append(el("p", {}, line));
  if (m.fields?.length) {
    node.append(el("dl", {}, m.fields.map((f) => el("div", { class: f.value.length > 60 ? "long" : undefined }, el("dt", {}, f.label), el("dd", {}, f.value)))));
  }
  for (const [number, file] of (m.files ?? []).entries()) node.append(given(post, page, file, number));
  if (m.buttons?.length) {
    node.append(el("div", { class: "buttons", role: "group", "aria-label": m.title || undefined }, m.buttons.map((b) =>
      el("button", {
        type: "button", class: `button tone-${b.tone || "plain"}`, "data-focus": `button ${b.id}`,
        onclick: async (event) => {
          const button = event.currentTarget;
          button.setAttribute("aria-busy", "true");
          await page.act("press", { message: post.id, button: b.id });
          setTimeout(() => button.removeAttribute("aria-busy"), 600);
        },
      }, b.label))));
  }
  if (m.footer) node.append(el("p", { class: "footer" }, m.footer));
  return node;
}

// given is a file of the bot: a picture is shown, and each can be kept.
function given(post, page, file, number) {
  const address = `/api/given?${new URLSearchParams({ as: page.as, message: post.id, file: number })}`;
  const link = el("a", { class: "file", href: address, download: file.name, "data-focus": `file ${number}` }, file.name);
  if (!file.name.endsWith(".png")) return el("p", {}, link);
  return el("figure", {}, el("img", { class: "picture", src: address, alt: file.alt ?? file.name, loading: "lazy" }), el("figcaption", {}, link));
}

// reactions shows a chip for each emoji, the seeds first: how many, and who.
function reactions(post, page) {
  const standing = new Map((post.message?.reactions ?? []).map((emoji) => [emoji, []]));
  for (const r of post.reactions ?? []) standing.set(r.emoji, r.people);
  const chips = [...standing].map(([emoji, people]) => {
    const mine = people.includes(page.as);
    const names = people.map((handle) => page.person(handle).name);
    const who = names.length > 3 ? `${names.slice(0, 2).join(", ")} +${names.length - 2}` : names.join(", ");
    return el("button", {
      type: "button", class: "reaction", "aria-pressed": String(mine), "data-focus": `reaction ${emoji}`, title: names.join(", ") || undefined,
      "aria-label": say("reacted", { emoji, meaning: meaning(emoji), n: people.length, who: names.join(", ") || say("nobody_yet") }),
      onclick: () => page.act("react", { message: post.id, emoji, on: !mine }),
    }, el("span", { class: "emoji" }, emoji), people.length > 0 && el("b", {}, String(people.length)), who && el("span", { class: "who" }, who));
  });
  return el("div", { class: "reactions", role: "group", "aria-label": say("reactions"), hidden: chips.length === 0 }, chips);
}

// meaning says in words what the bot understands by an emoji.
function meaning(emoji) {
  const key = { "🙋": "interested", "🤔": "maybe", "🚫": "no", "✅": "done" }[emoji];
  return key ? say(`emoji.${key}`) : "";
}

function toolbar(post, page, within) {
  const bar = el("div", { class: "toolbar" });
  const picker = el("div", { class: "picker", role: "group", "aria-label": say("react"), hidden: true }, palette.map((emoji) =>
    el("button", {
      type: "button", "aria-label": [emoji, meaning(emoji)].filter(Boolean).join(" "), title: meaning(emoji) || undefined,
      onclick: () => {
        open(false);
        page.act("react", { message: post.id, emoji, on: true });
      },
    }, emoji)));
  const opener = el("button", { type: "button", class: "bare", title: say("react"), "aria-label": say("react"), "aria-expanded": "false", "data-focus": "react", onclick: () => open(picker.hidden) }, "☺︎", el("sup", {}, "+"));
  const open = (on) => {
    picker.hidden = !on;
    opener.setAttribute("aria-expanded", String(on));
    if (on) picker.querySelector("button").focus();
    else if (picker.contains(document.activeElement)) opener.focus();
  };
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !picker.hidden) {
      event.stopPropagation();
      open(false);
    }
  });
  bar.addEventListener("focusout", (event) => {
    if (!bar.contains(event.relatedTarget)) open(false);
  });
  bar.append(opener);
  if (!within) bar.append(el("button", { type: "button", class: "bare", "data-focus": "reply", onclick: () => page.openThread(post.id) }, say("reply")));
  bar.append(picker);
  return bar;
}
