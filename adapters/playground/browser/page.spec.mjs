// What the page promises whoever uses it: by keyboard, on a phone, in either language and light, with hostile words, through restarts.
import { button, contract, expect, message, need, picture, say, test } from "./playground.mjs";

test("everything can be done by keyboard", async ({ visit }) => {
  const page = await visit("/");
  // press goes on with Tab until the control of that name has the focus.
  const reach = async (name) => {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const node = document.activeElement;
        return node.getAttribute("aria-label") ?? (node.labels?.[0]?.textContent || node.textContent).trim();
      });
      if (name.test(focused)) return;
    }
    throw new Error(`Tab never reaches ${name}`);
  };
  // A name is seen to be a link before one points at it.
  const name = page.getByRole("link", { name: "@dsi-a" });
  const [border, colour] = await name.evaluate((node) => [getComputedStyle(node).borderTopStyle, getComputedStyle(node.querySelector("strong")).color]);
  expect(border).toBe("solid");
  expect(colour).toBe(await page.getByRole("link", { name: "English" }).evaluate((node) => getComputedStyle(node).color));
  await reach(/dsi-a/);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  expect(outline).not.toBe("none");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/as=dsi-a/);
  await expect(page.locator("#self")).not.toBeEmpty();

  await reach(/^Aller à la saisie/);
  await page.keyboard.press("Enter");
  await expect(page.locator("#text")).toBeFocused();
  await page.keyboard.type(`/sdc propose ${contract}`);
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("avec préavis de 3 mois");
  await page.keyboard.press("Enter");
  const answer = message(page, "Compléter");
  await expect(answer).toBeVisible();
  await expect(page.locator("#messages")).toContainText("avec préavis de 3 mois");
  await expect(page.locator("#announce")).not.toBeEmpty();

  await page.locator("#room").click(); // somewhere above: from here Tab goes through the messages
  await reach(/^Compléter$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");

  await reach(/^Réagir$/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter"); // the second of the palette: 🤔
  await expect(page.locator(".reaction[aria-pressed=true]")).toContainText("🤔");

  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.locator("#room")).toHaveText("sdc");
  await page.locator("#text").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page.locator("#room")).toHaveText("# commun");
});

for (const width of [360, 390]) {
  test(`a phone of ${width} pixels scrolls one way only`, async ({ visit }) => {
    const phone = { viewport: { width, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
    const fits = async (page) => {
      const widest = await page.evaluate(() => Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll("main *, dialog *")]
        .filter((node) => node.checkVisibility() && !node.closest(".unseen")).map((node) => node.getBoundingClientRect().right)));
      expect(widest).toBeLessThanOrEqual(width);
    };
    const chooser = await visit("/", phone);
    await fits(chooser);
    await picture(chooser, `phone-${width}-who`);

    const b = await visit("/?as=dsi-b", phone);
    const a = await visit("/?as=dsi-a", phone);
    await say(a, `/sdc propose ${contract}`);
    await expect(message(a, "Compléter")).toBeVisible();
    await say(a, `unlongmotsansespace${"x".repeat(300)}`);
    await expect(message(a, "unlongmot")).toBeVisible();
    await fits(a);
    await picture(a, `phone-${width}-channel`);
    await button(message(a, "Compléter"), "Compléter").tap();
    await expect(a.getByRole("dialog")).toBeVisible();
    await fits(a);
    await picture(a, `phone-${width}-form`);

    await expect(b.locator("#menu .badge")).not.toBeEmpty();
    await b.locator("#menu").tap();
    await expect(b.locator("#side")).toBeInViewport({ ratio: 1 });
    await picture(b, `phone-${width}-menu`);
    // With the list of people open the rooms are still to be seen, above the clock.
    await b.locator("#me summary").tap();
    await picture(b, `phone-${width}-people`);
    const clock = await b.locator(".rehearsal").boundingBox();
    const rooms = await b.locator("#side nav").boundingBox();
    expect(rooms.y + rooms.height).toBeLessThanOrEqual(clock.y);
    await b.locator("#me summary").tap();
    await b.locator("#privates button").tap();
    await expect(b.locator("#side")).not.toBeInViewport();
    await expect(message(b, "Intéressé")).toBeVisible();
    await fits(b);
    await picture(b, `phone-${width}-private`);
    await button(message(b, "Intéressé"), "Répondre").tap();
    await expect(b.locator("#reply")).toBeVisible();
    await fits(b);
  });
}

test("what people type is text, whatever it looks like", async ({ visit }) => {
  const a = await visit("/?as=dsi-a");
  const b = await visit("/?as=dsi-b");
  const hostile = `<img src=x onerror=alert(1)> <script>alert(2)</script> **gras** @all <!channel> [lien](javascript:alert(3))`;
  await say(a, hostile);
  await expect(message(b, "onerror")).toContainText(hostile);
  await say(a, `/sdc propose Nous cherchons un extranet fournisseur ${hostile}`);
  await expect(message(a, "Compléter")).toBeVisible();
  expect(await b.locator("#messages img:not(.avatar), #messages script, #messages a").count()).toBe(0);
  await picture(b, "hostile-words");
});

test("the clock moves for everybody", async ({ visit }) => {
  const a = await visit("/?as=dsi-a");
  const b = await visit("/?as=dsi-b");
  await say(a, `/sdc propose ${need}`);
  await expect(message(b, /B-\d+/)).toContainText("extranet fournisseur");
  const before = await a.locator("#date").textContent();
  await button(a, "+ 1 jour").click();
  await expect(a.locator("#date")).not.toHaveText(before);
  const after = await a.locator("#date").textContent();
  await expect(b.locator("#date")).toHaveText(after);
  await button(a, "+ 1 semaine").click();
  await expect(a.locator("#date")).not.toHaveText(after);
  // Within a week there is a Monday, and a first digest: with what was proposed here, not with what the rehearsal's circle held before.
  const digest = message(b, "la coopération en bref");
  await expect(digest).toContainText("Nouveau : 1 proposition");
  await expect(digest).toContainText("extranet fournisseur");
  await picture(b, "digest");
  const shown = await a.locator("#messages .message").count();
  await button(a, "Prochaine échéance").click();
  await expect(a.locator("#moves button").first()).toBeEnabled();
  expect(await a.locator("#messages .message").count() + await a.locator("#privates .badge").count()).toBeGreaterThanOrEqual(shown);
});

test.describe("in a circle where nothing is due", () => {
  test.use({ circle: `
circle: {name: SdC des Rives, channel: commun}
organisations: [{code: A, name: Office A}, {code: B, name: Office B}]
people: [{handle: dsi-a, name: DSI A, organisation: A, roles: [dsi]}, {handle: dsi-b, name: DSI B, organisation: B, roles: [dsi]}]
` });

  test("moving the clock says so", async ({ visit }) => {
    const a = await visit("/?as=dsi-a");
    const notice = a.locator("#notice");
    for (const move of ["+ 1 jour", "+ 1 semaine", "Prochaine échéance"]) {
      const before = await a.locator("#date").textContent();
      await button(a, move).click();
      await expect(a.locator("#date")).not.toHaveText(before);
      // The date passes through the days on the way.
      await expect(async () => {
        const date = await a.locator("#date").textContent();
        expect(await notice.textContent()).toBe(`Rien à faire d’ici le ${date}\u00a0: le bot n’avait rien à dire.`);
      }).toPass({ timeout: 6000 });
      await expect(notice).toHaveRole("status");
    }
    await picture(a, "nothing-due");

    await a.getByRole("switch").click();
    await expect(a.locator("#stopped")).toBeVisible();
    await button(a, "+ 1 jour").click();
    await expect(notice).toContainText("Le bot est arrêté : une fois remis en marche, il dira");
    await button(a, "Prochaine échéance").click();
    await expect(notice).toContainText("remettez-le en marche");
  });
});

test("whoever chooses English is answered in English", async ({ visit }) => {
  const a = await visit("/?as=dsi-a");
  const b = await visit("/?as=dsi-b");
  await a.getByRole("link", { name: "in English" }).click();
  await expect(a.locator("html")).toHaveAttribute("lang", "en");
  await say(a, "/sdc help");
  await say(b, "/sdc aide");
  await expect(message(a, "Visible to you alone")).toContainText("What I can do");
  await expect(message(b, "Visible par vous seul")).toContainText("Ce que je sais faire");
  // The page itself is found in English again.
  await a.goto(a.url().replace("&lang=en", ""));
  await expect(a.locator("html")).toHaveAttribute("lang", "en");
});

test("what is done while the bot is stopped waits for it", async ({ visit }) => {
  const a = await visit("/?as=dsi-a");
  const b = await visit("/?as=dsi-b");
  await a.getByRole("switch").click();
  await expect(b.locator("#stopped")).toBeVisible();
  await say(a, `/sdc propose ${need}`);
  await expect(b.locator("#stopped")).toContainText("1");
  await expect(message(a, "Compléter")).toHaveCount(0);
  await picture(a, "bot-stopped");
  await b.getByRole("switch").click();
  await expect(b.locator("#stopped")).toBeHidden();
  await expect(message(a, "Compléter")).toContainText(/B-\d+/);
});

test("the page outlives the server that is killed", async ({ playground, visit }) => {
  const a = await visit("/?as=dsi-a");
  await say(a, `/sdc propose ${need}`);
  await expect(message(a, "Compléter")).toBeVisible();
  const shown = await a.locator("#messages .message").count();
  await playground.end("SIGKILL");
  await expect(a.locator("#lost")).toBeVisible();
  await a.locator("#text").fill("tapé pendant la panne");
  await a.locator("#text").press("Enter");
  await expect(a.locator("#toast")).toBeVisible();
  await expect(a.locator("#text")).toHaveValue("tapé pendant la panne");

  await playground.start();
  await expect(a.locator("#lost")).toBeHidden({ timeout: 20_000 });
  await a.locator("#text").press("Enter");
  await expect(message(a, "tapé pendant la panne")).toBeVisible();
  expect(await a.locator("#messages .message").count()).toBe(shown + 1);
});

for (const colorScheme of ["light", "dark"]) {
  test(`every word can be read when it is ${colorScheme}`, async ({ visit }) => {
    const a = await visit("/?as=dsi-a&lang=en", { colorScheme });
    await expect(a.locator("html")).toHaveAttribute("lang", "en");
    await say(a, `/sdc propose ${contract}`);
    await expect(a.locator("#messages .card").first()).toBeVisible();
    await a.locator(".reaction").first().click();
    await a.locator("#me summary").click();
    await picture(a, `english-${colorScheme}`);
    const faint = await a.evaluate(faintWords);
    expect(faint).toEqual([]);
    const chooser = await visit("/?lang=en", { colorScheme });
    expect(await chooser.evaluate(faintWords)).toEqual([]);
    await picture(chooser, `who-${colorScheme}`);

    // Every control has a name that a screen reader finds.
    const nameless = await a.evaluate(() => [...document.querySelectorAll("button, a, input:not([hidden]), textarea, select, summary")]
      .filter((n) => n.checkVisibility() && !n.closest("[aria-hidden=true]") && n.getAttribute("aria-hidden") !== "true")
      .filter((n) => !(n.getAttribute("aria-label") || n.labels?.[0]?.textContent || n.textContent).trim()).map((n) => n.outerHTML));
    expect(nameless).toEqual([]);
  });
}

// faintWords lists the words whose contrast with what lies behind them is less than the 4.5 of WCAG AA. It runs in the page.
function faintWords() {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let n = node; n; n = n.parentElement) {
      const c = channels(getComputedStyle(n).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    const words = walk.currentNode.textContent.trim();
    if (!words || !/[\p{L}\d]/u.test(words) || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || node.closest(".unseen, .skip, noscript, .toolbar")) continue;
    const [front, back] = [light(channels(getComputedStyle(node).color)), light(behind(node))];
    const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (contrast < 4.5) faint.push(`${words.slice(0, 40)}: ${contrast.toFixed(2)}`);
  }
  return faint;
}
