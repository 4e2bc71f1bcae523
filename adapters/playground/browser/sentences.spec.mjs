// The two sentences of the product, as two people live them in two windows.
import { button, contract, expect, message, need, picture, say, test } from "./playground.mjs";

test("a contract that ends is answered by a peer's button", async ({ visit }) => {
  const a = await visit("/?as=dsi-a");
  const b = await visit("/?as=dsi-b");
  await picture(a, "empty-channel");

  await button(a, contract).click();
  await expect(a.locator("#text")).toHaveValue(`/sdc propose ${contract}`);
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
  await button(mine, "1 réponse").click();
  await expect(a.locator("#replies")).toContainText("Nous y songeons aussi.");

  // Somebody who reacts may change their mind.
  await b.keyboard.press("Escape");
  await expect(b.locator("#thread")).toBeHidden();
  await interested.click();
  await expect(interested).toHaveAttribute("aria-pressed", "false");
  await expect(mine.locator(".reaction").filter({ hasText: "🙋" })).not.toContainText("1");
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
