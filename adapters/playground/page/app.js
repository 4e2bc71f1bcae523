// The page of one person: rooms, messages, threads, the rehearsal's clock. All state comes from the server: read once, then kept true by
// its stream of changes; what the person does is only ever sent, and seen when it comes back.
import { byId, el, grow, reconcile } from "./dom.js";
import { enterRoom, formIsOpen, showForm, startForms } from "./form.js";
import { avatar, drawMessage } from "./message.js";
import { count, day, hour, say, shortDay, speak } from "./words.js";

const { as, lang, asked } = byId("app").dataset; // asked: the language, when the address names one
const query = `as=${encodeURIComponent(as)}&lang=${lang}`;

let state; // as /api/state gives it; posts is a Map by id here
let room; // "#commun", or "@dsi-a": the private conversation
let thread; // id of the message whose thread stands open
let fresh; // id of the first message that was unread when the room was opened
const drafts = new Map(); // what is typed and not sent, by room

const page = {
  as,
  act,
  openThread,
  person: (handle) => state.people.find((p) => p.handle === handle) ?? { handle, name: handle },
  running: () => state.status.running,
};

start();

async function start() {
  state = await (await fetch(`/api/state?${query}`)).json();
  state.posts = new Map(state.posts.map((p) => [p.id, p]));
  speak(state);
  startForms(page);
  listen();
  drawSelf();
  showForm(state.form);
  enter(decodeURIComponent(location.hash.slice(1)));
  if (document.visibilityState === "visible") connect();
  else poll();
}

// --- Speaking with the server

// act sends what the person does. It says whether it was taken; if not, the page has said why.
async function act(path, body) {
  try {
    const answer = await fetch(`/api/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ as, lang, ...body }) });
    const said = await answer.json();
    if (answer.ok) return said ?? true;
    toast(said.error);
  } catch {
    toast(say("lost"));
  }
  return false;
}

// A browser keeps few connections to one server, and every tab wants one: those that are not looked at ask now and then instead.
let source;
let polling;

function connect() {
  clearTimeout(polling);
  source?.close();
  source = new EventSource(`/api/stream?${query}&after=${state.seq}`);
  source.addEventListener("hello", (event) => {
    byId("lost").hidden = true;
    if (JSON.parse(event.data).id !== state.id) location.reload(); // the server began anew
  });
  source.addEventListener("change", (event) => take([JSON.parse(event.data)]));
  source.addEventListener("status", (event) => takeStatus(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    byId("lost").hidden = false;
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  });
}

async function poll() {
  source?.close();
  try {
    const news = await (await fetch(`/api/changes?${query}&after=${state.seq}`)).json();
    if (news.id !== state.id) return location.reload();
    take(news.changes);
    takeStatus(news.status);
  } catch {
    // The server is away; the next look will tell.
  }
  polling = setTimeout(poll, 5000);
}

document.addEventListener("visibilitychange", () => {
  if (!state) return;
  if (document.visibilityState === "visible") connect();
  else poll();
  markRead();
});

// take makes changes part of the state.
function take(changes) {
  for (const change of changes) {
    if (change.seq <= state.seq) continue;
    state.seq = change.seq;
    if (!change.post) {
      showForm(change.kind === "form-closed" ? undefined : change.form);
      continue;
    }
    const post = { ...change.post, version: change.seq };
    const known = state.posts.has(post.id);
    if (change.kind === "removed") state.posts.delete(post.id);
    else state.posts.set(post.id, post);
    const root = state.posts.get(post.thread);
    if (root && !known && !post.only) state.posts.set(root.id, { ...root, replies: (root.replies ?? 0) + 1, version: change.seq });
    if (!known) announce(post);
  }
  if (changes.length) drawTalk();
}

function takeStatus(status) {
  state.status = status;
  drawStatus();
}

// --- Rooms

const nameOf = (r) => (r.startsWith("#") ? `# ${r.slice(1)}` : say("bot"));
const rooms = () => [...state.channels.map((c) => `#${c}`), `@${as}`];
const unread = (r) => [...state.posts.values()].filter((p) => p.room === r && p.from !== as && p.seq > (state.read[r] ?? 0));

function enter(next) {
  if (room) drafts.set(room, byId("text").value);
  room = rooms().includes(next) ? next : rooms()[0];
  history.replaceState(null, "", `#${encodeURIComponent(room)}`);
  fresh = unread(room)[0]?.id;
  byId("text").value = drafts.get(room) ?? "";
  grow(byId("text"));
  byId("messages").replaceChildren();
  closeThread();
  enterRoom(room);
  byId("notice").hidden = true;
  openSide(false);
  drawTalk();
  if (!byId("messages").querySelector(".empty")) byId("try").open = false; // what was said needs the room
  scroll().scrollTop = scroll().scrollHeight;
  const first = fresh && byId(fresh)?.previousElementSibling; // the line before it
  if (first && first.offsetTop < scroll().scrollTop) scroll().scrollTop = first.offsetTop - 12;
}

function drawRooms() {
  let total = 0;
  const draw = (r) => {
    const n = unread(r).length;
    total += n;
    return {
      key: r,
      version: `${n} ${r === room}`,
      draw: () => el("li", {},
        el("button", { type: "button", class: n ? "room unread" : "room", "aria-current": r === room ? "true" : undefined, "data-focus": r, onclick: () => { enter(r); byId("text").focus(); } },
          r.startsWith("#") ? el("span", { class: "hash", "aria-hidden": "true" }, "#") : el("img", { src: "/page/icon.svg", alt: "", width: 18, height: 18 }),
          el("span", { class: "name" }, r.startsWith("#") ? r.slice(1) : say("bot")),
          n > 0 && el("span", { class: "badge" }, String(n), el("span", { class: "unseen" }, say("unread"))))),
    };
  };
  reconcile(byId("channels"), state.channels.map((c) => draw(`#${c}`)));
  reconcile(byId("privates"), [draw(`@${as}`)]);
  byId("menu-badge").textContent = total;
  byId("menu-badge").hidden = total === 0;
  document.title = `${total ? `(${total}) ` : ""}${page.person(as).name} · ${nameOf(room)} · ${state.circle || say("title")}`;
}

// --- Messages

const scroll = () => byId("scroll");
const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 80;

function drawTalk() {
  const follow = atEnd(scroll());
  const channel = room.startsWith("#");
  byId("room").textContent = nameOf(room);
  byId("topic").textContent = channel ? count("members", state.people.length) : say("topic_private");
  byId("text-label").textContent = byId("text").placeholder = channel ? say("write_in", { room: nameOf(room) }) : say("write_bot");
  byId("attach").hidden = channel;
  const posts = [...state.posts.values()].filter((p) => p.room === room && !p.thread);
  if (posts.length) reconcile(byId("messages"), items(posts, false));
  else byId("messages").replaceChildren(el("li", { class: "empty" }, el("img", { src: "/page/icon.svg", alt: "", width: 64, height: 64 }), el("p", {}, say(channel ? "empty_channel" : "empty_private"))));
  if (follow || posts.at(-1)?.from === as) scroll().scrollTop = scroll().scrollHeight;
  if (thread) drawThread();
  drawRooms();
  drawStatus();
  markRead();
}

// items are the messages with a heading before each day and a line before the first unread one.
function items(posts, within) {
  const out = [];
  let last;
  for (const post of posts) {
    const today = day(post.at);
    if (!within && (!last || day(last.at) !== today)) {
      out.push({ key: `day ${today}`, version: 0, draw: () => el("li", { class: "day" }, el("span", {}, today)) });
      last = undefined;
    }
    if (!within && post.id === fresh) {
      out.push({ key: "fresh", version: 0, draw: () => el("li", { class: "fresh" }, el("span", {}, say("fresh"))) });
      last = undefined;
    }
    const grouped = last !== undefined && last.from === post.from && !post.message?.title && !last.only === !post.only && new Date(post.at) - new Date(last.at) < 300_000 && !within;
    out.push({ key: post.id, version: `${post.version ?? 0} ${grouped}`, draw: () => drawMessage(post, page, { grouped, within }) });
    last = post;
  }
  return out;
}

function openThread(id) {
  thread = id;
  byId("thread").hidden = false;
  byId("app").classList.add("with-thread");
  byId("replies").replaceChildren();
  drawThread();
  byId("reply").focus();
}

function closeThread() {
  if (!thread) return;
  const root = byId(thread);
  thread = undefined;
  byId("thread").hidden = true;
  byId("app").classList.remove("with-thread");
  root?.querySelector("[data-focus=replies], [data-focus=reply]")?.focus();
}

function drawThread() {
  const follow = atEnd(byId("thread-scroll"));
  byId("thread-room").textContent = nameOf(room);
  const posts = [...state.posts.values()].filter((p) => p.id === thread || p.thread === thread);
  reconcile(byId("replies"), items(posts, true));
  if (follow) byId("thread-scroll").scrollTop = byId("thread-scroll").scrollHeight;
}

// announce lets a screen reader say what came.
function announce(post) {
  if (post.from === as) return;
  const name = post.from ? page.person(post.from).name : say("bot");
  const m = post.message ?? {};
  const words = [post.text, m.title, ...(m.lines ?? [])].filter(Boolean).join(". ").slice(0, 300);
  byId("announce").textContent = post.room === room ? say("announce", { name, words }) : say("announce_elsewhere", { name, room: nameOf(post.room) });
  if (post.room === room && !post.thread && !atEnd(scroll())) byId("jump").hidden = false;
}

let reading;
function markRead() {
  clearTimeout(reading);
  if (document.visibilityState !== "visible" || unread(room).length === 0) return;
  reading = setTimeout(async () => {
    const seq = Math.max(...unread(room).map((p) => p.seq), 0);
    if (seq && (await act("read", { room, seq }))) {
      state.read[room] = seq;
      drawRooms();
    }
  }, 700);
}

// --- Who, when, and whether the bot runs

function drawSelf() {
  const me = page.person(as);
  byId("self").replaceChildren(avatar(me), el("span", { class: "self" }, el("strong", {}, me.name), el("span", {}, me.organisation || say("outside"))));
  byId("people").replaceChildren(...state.people.filter((p) => p.handle !== as).map((p) => {
    const address = `/?as=${encodeURIComponent(p.handle)}${asked && `&lang=${asked}`}`;
    return el("li", {},
      el("a", { href: address }, avatar(p), el("span", { class: "self" }, el("strong", {}, p.name), el("span", {}, p.organisation || say("outside")))),
      el("a", { href: address, target: "_blank", rel: "noopener", class: "newtab", "aria-label": say("new_tab", { name: p.name }), title: say("new_tab", { name: p.name }) }, "↗"));
  }));
}

function drawStatus() {
  const { now, running, pending } = state.status;
  byId("stopped").hidden = running;
  byId("stopped").textContent = pending ? count("stopped", pending) : say("stopped.none");
  const today = byId("today");
  if (!byId("moves")) return; // this page has no clock
  byId("date").textContent = day(now);
  byId("hour").textContent = hour(now);
  today.hidden = false;
  today.textContent = shortDay(now);
  today.setAttribute("aria-label", say("today", { date: day(now), hour: hour(now) }));
  byId("bot-switch").setAttribute("aria-checked", String(running));
  byId("bot-state").textContent = say(running ? "bot_running" : "bot_stopped");
}

async function whileBusy(box, work) {
  const buttons = [...box.querySelectorAll("button")];
  const focused = document.activeElement;
  for (const b of buttons) b.disabled = true;
  box.setAttribute("aria-busy", "true");
  const done = await work();
  for (const b of buttons) b.disabled = false;
  box.removeAttribute("aria-busy");
  if (buttons.includes(focused)) focused.focus();
  return done;
}

function openSide(on) {
  byId("app").classList.toggle("with-side", on);
  byId("menu").setAttribute("aria-expanded", String(on));
  byId("talk").inert = on && byId("menu").offsetParent !== null;
  if (on) byId("side").querySelector("a, button, summary").focus();
}

// toast says for a while what could not be done; notice, what was done and cannot be seen.
const toast = (words) => flash(byId("toast"), words);
const notice = (words) => flash(byId("notice"), words);

const hiding = new Map();
function flash(box, words) {
  clearTimeout(hiding.get(box));
  box.hidden = false;
  box.textContent = words;
  hiding.set(box, setTimeout(() => { box.hidden = true; }, 8000));
}

// sayMoved tells what came of moving the clock where the page does not show it.
function sayMoved({ now, running, rooms: told, others }, toNext) {
  const date = day(now);
  if (!running) notice(toNext ? say("next_stopped") : say("moved_stopped", { date }));
  else if (told.includes(room)) byId("notice").hidden = true;
  else if (told.length) notice(say("told_elsewhere", { date, room: nameOf(told[0]) }));
  else if (others.length) notice(say("told_others", { date, names: others.map((handle) => page.person(handle).name).join(", ") }));
  else notice(say("nothing_due", { date }));
}

// --- What the person does with the page

// write makes a form send what its text area holds: Enter sends, with Shift it begins a line.
function write(form, area, place) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = area.value.trim();
    if (!text) return;
    area.value = "";
    byId("try").open = false; // whoever writes has tried
    grow(area);
    if (await act("say", { ...place(), text })) return;
    area.value = area.value || text; // nothing typed is lost
    grow(area);
  });
  area.addEventListener("input", () => grow(area));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

function listen() {
  const channel = () => (room.startsWith("#") ? room.slice(1) : "");
  write(byId("composer"), byId("text"), () => ({ channel: channel() }));
  write(byId("replier"), byId("reply"), () => ({ channel: channel(), thread }));

  for (const button of byId("try").querySelectorAll("button")) {
    button.addEventListener("click", () => {
      byId("try").open = false;
      byId("text").value = `/sdc propose ${button.textContent.trim()}`;
      grow(byId("text"));
      byId("text").focus();
    });
  }
  byId("try").open = sessionStorage.getItem("try") !== "closed";
  byId("try").addEventListener("toggle", () => sessionStorage.setItem("try", byId("try").open ? "open" : "closed"));

  byId("attach").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", async () => {
    const [file] = byId("file").files;
    byId("file").value = "";
    if (!file) return;
    try {
      const answer = await fetch(`/api/file?${query}&name=${encodeURIComponent(file.name)}`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
      if (!answer.ok) toast((await answer.json()).error);
    } catch {
      toast(say("lost"));
    }
  });

  byId("moves")?.addEventListener("click", async (event) => {
    const hours = event.target.dataset.hours;
    if (hours === undefined) return;
    const moved = await whileBusy(byId("moves"), () => act("clock", { hours: Number(hours) }));
    if (moved) sayMoved(moved, hours === "0");
  });
  byId("bot-switch")?.addEventListener("click", (event) => {
    byId("notice").hidden = true; // it may speak of the bot as it was
    whileBusy(event.target.parentElement, () => act("bot", { on: !state.status.running }));
  });

  byId("menu").addEventListener("click", () => openSide(true));
  byId("today").addEventListener("click", () => openSide(true));
  byId("close-side").addEventListener("click", () => { openSide(false); byId("menu").focus(); });
  byId("app").addEventListener("click", (event) => { if (event.target === byId("app")) openSide(false); }); // beside the drawer
  byId("close-thread").addEventListener("click", closeThread);
  byId("jump").addEventListener("click", () => { scroll().scrollTop = scroll().scrollHeight; });
  scroll().addEventListener("scroll", () => { if (atEnd(scroll())) byId("jump").hidden = true; }, { passive: true });
  addEventListener("hashchange", () => enter(decodeURIComponent(location.hash.slice(1))));
  document.addEventListener("keydown", (event) => {
    if (formIsOpen()) return; // what lies behind it stays as it is
    if (event.key === "Escape") {
      if (byId("app").classList.contains("with-side")) { openSide(false); byId("menu").focus(); } else if (thread) closeThread();
    }
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const all = rooms();
      enter(all[(all.indexOf(room) + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length]);
    }
  });
}
