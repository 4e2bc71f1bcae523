// The two sentences of the product, as two people live them in two windows.
import { button, contract, expect, message, need, picture, say, test } from "./playground.mjs";

test("a contract that ends is answered by a peer's button", async ({ visit }) => {
  const a = await visit("/?as=dsi-a");
  const b = await visit("/?as=dsi-b");
  await picture(a, "empty-channel");

  // What can be tried is shown whole, and makes room once it was.
  const cut = await a.locator("#try button").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
  expect(cut).toBe(0);
  await button(a, contract).click();
  await expect(a.locator("#text")).toHaveValue(`/sdc propose ${contract}`);
  await expect(a.locator("#try")).not.toHaveAttribute("open");
  await a.locator("#text").press("Enter");

  const answer = message(a, "Compléter");
  await expect(answer).toContainText("Visible par vous seul");
  await expect(answer).toContainText(/téléphonie/i);
  await expect(answer).toContainText(/C-\d+/);
  const reference = /C-\d+/.exec(await answer.textContent())[0];
  await picture(a, "contract-understood");

  // B sees the card in the channel, not A's answer, and is asked in private.
  const card = message(b, reference);
  await expect(card).toContainText("Office A");
  await expect(b.locator("#messages")).not.toContainText("Visible par vous seul");
  await expect(b.locator("#privates .badge")).toContainText("1");
  await expect(b).toHaveTitle(/^\(\d+\)/);
  await b.locator("#privates button").click();
  const asked = message(b, reference);
  await expect(asked).toContainText(/échéance/i);
  await picture(b, "peer-is-asked");
  await button(asked, "Intéressé").first().click();

  // A's card in the channel changes where it stands, without a reload.
  const mine = a.locator("#messages .message:not(.whisper)").filter({ hasText: reference }).last();
  await expect(mine).toContainText(/Office B.{0,5}intéressé/i);
  await expect(mine).toContainText("modifié");
  await expect(b.locator("#privates .badge")).toHaveCount(0);
  await picture(a, "card-answered");
});

test("a need is answered by a reaction, and by words in its thread", async ({ visit }) => {
  const a = await visit("/?as=dsi-a");
  const b = await visit("/?as=dsi-b");
  await say(a, `/sdc propose ${need}`);
  await expect(message(a, "Compléter")).toContainText(/B-\d+/);

  const card = b.locator("#messages .message:not(.whisper)").filter({ hasText: /B-\d+/ }).last();
  const interested = card.locator(".reaction").filter({ hasText: "🙋" });
  await expect(interested).toHaveAttribute("aria-pressed", "false");
  await interested.click();
  await expect(interested).toHaveAttribute("aria-pressed", "true");
  await expect(interested).toContainText("1");
  await expect(interested).toHaveAccessibleName(/intéressé.*1.*DSI.*B/);
  const mine = a.locator("#messages .message:not(.whisper)").filter({ hasText: /B-\d+/ }).last();
  await expect(mine).toContainText(/Office B.{0,5}intéressé/i);
  await expect(mine.locator(".reaction").filter({ hasText: "🙋" })).toHaveAttribute("aria-pressed", "false");

  await card.hover();
  await button(card, "Répondre").click();
  await b.locator("#reply").fill("Nous y songeons aussi.");
  await b.locator("#reply").press("Enter");
  await expect(b.locator("#replies")).toContainText("Nous y songeons aussi.");
  await expect(b.locator("#messages")).not.toContainText("Nous y songeons aussi.");
  await picture(b, "thread");
  await button(mine, "1 message dans le fil").click();
  await expect(a.locator("#replies")).toContainText("Nous y songeons aussi.");

  // Somebody who reacts may change their mind.
  await b.keyboard.press("Escape");
  await expect(b.locator("#thread")).toBeHidden();
  await interested.click();
  await expect(interested).toHaveAttribute("aria-pressed", "false");
  await expect(mine.locator(".reaction").filter({ hasText: "🙋" })).not.toContainText("1");
});

test("a form that was left open waits for its person, in its room", async ({ visit }) => {
  const a = await visit("/?as=dsi-a");
  await say(a, `/sdc propose ${contract}`);
  await button(message(a, "Compléter"), "Compléter").click();
  const form = (page) => page.getByRole("dialog");
  await expect(form(a)).toBeVisible();

  // What lies behind it stays as it is.
  await a.keyboard.press("Alt+ArrowDown");
  await expect(a.locator("#room")).toHaveText("# commun");
  await form(a).getByLabel("Montant").fill("24 k€");

  // It stands neither before others nor in other rooms.
  const b = await visit("/?as=dsi-b");
  const again = await visit("/?as=dsi-a#%40dsi-a");
  await expect(again.locator("#room")).toHaveText("sdc");
  await expect(form(b)).toBeHidden();
  await expect(form(again)).toBeHidden();
  await again.locator("#channels button").click();
  await expect(form(again)).toBeVisible();

  // The way back of the browser leads to another room; what was typed is still there on the return.
  await a.evaluate(() => { location.hash = "#%40dsi-a"; });
  await expect(form(a)).toBeHidden();
  await a.evaluate(() => { location.hash = "#%23commun"; });
  await expect(form(a).getByLabel("Montant")).toHaveValue("24 k€");

  // To close it once is enough.
  await button(form(again), "Fermer sans envoyer").click();
  await expect(form(again)).toBeHidden();
  await expect(form(a)).toBeHidden();
  await a.reload();
  await expect(a.locator("#messages")).toContainText("Compléter");
  await expect(form(a)).toBeHidden();
});

test("a form shows what is wrong in place, and keeps what was typed", async ({ visit }) => {
  const a = await visit("/?as=dsi-a");
  await say(a, `/sdc propose ${contract}`);
  await button(message(a, "Compléter"), "Compléter").click();
  const form = a.getByRole("dialog");
  const amount = form.getByLabel("Montant");
  await amount.fill("beaucoup");
  await form.locator("[type=submit]").click();
  await expect(amount).toHaveAttribute("aria-invalid", "true");
  await expect(amount).toBeFocused();
  await expect(amount).toHaveValue("beaucoup");
  await expect(amount).toHaveAccessibleDescription(/beaucoup/);
  await picture(a, "form-error");

  await amount.fill("24 k€/an");
  await form.locator("[type=submit]").click();
  await expect(form).toBeHidden();
  await expect(a.locator("#messages")).toContainText("24");

  // Escape closes a form unsent.
  await button(a.locator("#messages .message").filter({ hasText: "Corriger" }).last(), "Corriger").click();
  await expect(form).toBeVisible();
  await a.keyboard.press("Escape");
  await expect(form).toBeHidden();
});
