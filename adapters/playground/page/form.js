// The form that the bot puts before a person: a dialog that stays open, with its errors in place, until the bot has taken it.
import { byId, el } from "./dom.js";
import { say } from "./words.js";

const patience = 3000; // milliseconds for the bot to find errors; then it has taken the form

let standing; // the form before this person, as the server sent it, with what was typed since
let room; // that stands open: a form shows in its own alone
let act;
let running = () => true;
let timer;

export function startForms(page) {
  ({ act, running } = page);
  // Escape and the back gesture put the form away unsent.
  byId("form").addEventListener("cancel", (event) => {
    event.preventDefault();
    dismiss();
  });
}

// showForm takes the form that now stands before the person, or none, and shows it if its room is open.
export function showForm(form) {
  clearTimeout(timer);
  standing = form;
  present();
}

// enterRoom shows the form that was left open in this room, with what was typed in it, and puts away that of another.
export function enterRoom(next) {
  if (formIsOpen()) standing.values = { ...standing.values, ...typed() };
  room = next;
  present();
}

export const formIsOpen = () => byId("form").open;

const typed = () => Object.fromEntries(new FormData(byId("form").querySelector("form")));

function present() {
  const dialog = byId("form");
  if (!standing || standing.room !== room) {
    if (dialog.open) dialog.close();
    return;
  }
  draw(dialog, standing);
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector("[aria-invalid=true]") ?? dialog.querySelector("input, select, textarea"))?.focus();
}

function dismiss() {
  showForm(undefined);
  act("dismiss", {});
}

async function submit(event) {
  event.preventDefault();
  const values = typed();
  busy(true);
  if (!(await act("submit", { values }))) return busy(false);
  timer = setTimeout(() => showForm(undefined), running() ? patience : 0);
}

function busy(on) {
  for (const button of byId("form").querySelectorAll("button")) button.disabled = on;
  byId("form").setAttribute("aria-busy", String(on));
}

function draw(dialog, { form, values, errors = {} }) {
  const fields = form.Fields ?? [];
  const loose = Object.keys(errors).filter((key) => !fields.some((f) => f.Key === key));
  dialog.replaceChildren(
    el("form", { novalidate: true, onsubmit: submit },
      el("header", {},
        el("h2", { id: "form-title" }, form.Title),
        el("button", { type: "button", class: "bare", "aria-label": say("close"), onclick: dismiss }, "✕")),
      el("div", { class: "fields" },
        form.Intro && el("p", { class: "intro" }, form.Intro),
        loose.map((key) => el("p", { class: "error", role: "alert" }, errors[key])),
        fields.map((f) => field(f, values?.[f.Key] ?? f.Value ?? "", errors[f.Key]))),
      el("footer", {},
        el("button", { type: "button", class: "button", onclick: dismiss }, say("cancel")),
        el("button", { type: "submit", class: "primary" }, form.Submit || say("submit")))));
  dialog.removeAttribute("aria-busy");
}

function field(f, value, problem) {
  const id = `field-${f.Key}`;
  const described = [f.Hint && `${id}-hint`, problem && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const attributes = { id, name: f.Key, "aria-describedby": described, "aria-invalid": problem ? "true" : undefined, "aria-required": f.Optional ? undefined : "true" };
  let control;
  if (f.Options?.length) {
    control = el("select", attributes, (f.Optional || !value) && el("option", { value: "" }, "—"), f.Options.map((o) => el("option", { value: o.Value, selected: o.Value === value }, o.Label)));
  } else if (f.Long) {
    control = el("textarea", { ...attributes, rows: 3 });
    control.value = value;
  } else {
    control = el("input", { ...attributes, type: "text", autocomplete: "off" });
    control.value = value;
  }
  return el("div", { class: problem ? "field wrong" : "field" },
    el("label", { for: id }, f.Label, f.Optional && el("span", { class: "optional" }, say("optional"))),
    control,
    problem && el("p", { class: "error", id: `${id}-error` }, problem),
    f.Hint && el("p", { class: "hint", id: `${id}-hint` }, f.Hint));
}
