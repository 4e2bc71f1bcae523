// Files, both ways: a table that somebody sends, what the bot gives back, and the picture of a convergence on a phone in either light.
import { readFile } from "node:fs/promises";
import { button, expect, message, picture, say, test } from "./playground.mjs";

test("a table is sent in private, and its report can be kept", async ({ visit }) => {
  const page = await visit("/?as=dsi-a");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.locator("#room")).toHaveText("sdc");
  await expect(page.getByRole("button", { name: "Joindre un fichier" })).toBeVisible();
  const rows = "Objet;Fournisseur;Échéance;Préavis\nLocation de copieurs;Fournisseur d'impression;30/06/2028;3 mois\nRien du tout;;31 février 2028;\n";
  await page.locator("#file").setInputFiles({ name: "contrats été.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
  const answer = message(page, "2 lignes lues");
  await expect(answer).toContainText("31 février 2028");
  const kept = page.waitForEvent("download");
  await answer.getByRole("link", { name: "import-rapport.csv" }).click();
  const report = await (await kept).path();
  expect(await readFile(report, "utf8")).toContain("2;ajouter;");
  await button(answer, "Importer").click();
  await expect(message(page, "1 contrat ajouté")).toBeVisible();
});

for (const colorScheme of ["light", "dark"]) {
  test(`the picture of a convergence fits a phone, ${colorScheme}`, async ({ visit }) => {
    const page = await visit("/?as=dsi-a", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2, colorScheme });
    await say(page, "/sdc convergence téléphonie");
    const image = page.locator("img.picture").last();
    await expect(image).toHaveAttribute("alt", /échéance/);
    await expect.poll(() => image.evaluate((node) => node.naturalWidth)).toBeGreaterThan(0);
    const width = await image.evaluate((node) => node.getBoundingClientRect().width);
    expect(width).toBeLessThanOrEqual(390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await image.scrollIntoViewIfNeeded();
    await picture(page, `convergence-${colorScheme}`);
  });
}
