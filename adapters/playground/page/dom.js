// Building the page: elements made of data. Text goes in by textContent alone, so nothing that people type can be markup.

// el makes an element: attributes (on… are listeners, true and false set or leave out), then children, strings among them.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false && child !== ""));
  return node;
}

export const byId = (id) => document.getElementById(id);

// reconcile makes a list show these items, each {key, version, draw}: what did not change stays untouched, so that focus, scrolling and
// what a screen reader has reached stay where they are.
export function reconcile(list, items) {
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  items.forEach((item, i) => {
    let node = old.get(item.key);
    old.delete(item.key);
    if (!node || node.dataset.version !== String(item.version)) {
      const fresh = item.draw();
      fresh.dataset.key = item.key;
      fresh.dataset.version = item.version;
      if (node) replace(node, fresh);
      node = fresh;
    }
    if (list.children[i] !== node) list.insertBefore(node, list.children[i] ?? null);
  });
  for (const node of old.values()) node.remove();
}

// replace puts a fresh node in another's place and, when the focus was in the old one, on the same control of the new one.
function replace(node, fresh) {
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  node.replaceWith(fresh);
  if (focused === undefined) return;
  const again = [...fresh.querySelectorAll("[data-focus]")].find((n) => n.dataset.focus === focused);
  (again ?? fresh.querySelector("button"))?.focus();
}

// grow lets a text area be as high as its text.
export function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, 260)}px`;
}
