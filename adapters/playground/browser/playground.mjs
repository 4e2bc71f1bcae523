// What every test starts from: a playground of its own, and people who open its page.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test as base, expect } from "@playwright/test";

export { expect };

export const contract = "Mon contrat téléphonie arrive à échéance dans 6 mois";
export const need = "Je songe à mettre en place un extranet fournisseur, est-ce que mon confrère serait également intéressé ?";

// Playground is the binary under test with a folder of its own.
class Playground {
  folder = mkdtempSync(join(tmpdir(), "playground-"));
  arguments = [];

  // constructor takes the text of a circle's file; without one it is the rehearsal's circle.
  constructor(circle) {
    if (!circle) return;
    this.arguments = ["--config", join(this.folder, "circle.yaml")];
    writeFileSync(this.arguments[1], circle);
  }

  // start returns once the page answers. A second start finds the first one's port and folder.
  async start() {
    const port = this.url ? new URL(this.url).port : "0";
    this.process = spawn(process.env.SDCBOT, ["serve", "--playground", "--port", port, "--data", this.folder, ...this.arguments], { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    this.process.stderr.on("data", (some) => { log += some; });
    const lines = createInterface({ input: this.process.stdout });
    const [line] = await Promise.race([
      once(lines, "line"),
      once(this.process, "exit").then(() => { throw new Error(`the binary ended:\n${log}`); }),
      once(this.process, "error").then(([fault]) => { throw fault; }),
    ]);
    this.url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (!this.url) throw new Error(`the first line names no address: ${line}`);
  }

  async end(signal) {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill(signal);
    await once(this.process, "exit");
  }
}

export const test = base.extend({
  circle: ["", { option: true }],

  playground: async ({ circle }, use) => {
    const playground = new Playground(circle);
    try {
      await playground.start();
      await use(playground);
    } finally {
      await playground.end("SIGKILL");
      rmSync(playground.folder, { recursive: true, force: true });
    }
  },

  // visit opens a path of the page in a window of its own. Whatever it does, it asks nobody but this machine, and no script of it fails.
  visit: async ({ browser, playground }, use) => {
    const faults = [];
    const visit = async (path, options = {}) => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.on("request", (request) => {
        if (new URL(request.url()).hostname !== "127.0.0.1") faults.push(`a request to ${request.url()}`);
      });
      page.on("pageerror", (fault) => faults.push(`a script failed: ${fault}`));
      page.on("dialog", (dialog) => {
        faults.push(`a dialog of somebody's making: ${dialog.message()}`);
        dialog.dismiss();
      });
      page.on("console", (line) => {
        if (line.type() === "error" && !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/.test(line.text())) faults.push(`the console says: ${line.text()}`);
      });
      await page.goto(playground.url + path);
      if (path.includes("as=")) await expect(page.locator("#self")).not.toBeEmpty();
      return page;
    };
    await use(visit);
    expect(faults).toEqual([]);
  },
});

// say writes in the room that stands open.
export async function say(page, text) {
  await page.locator("#text").fill(text);
  await page.locator("#text").press("Enter");
  await expect(page.locator("#text")).toHaveValue("");
}

export const message = (page, words) => page.locator("#messages .message").filter({ hasText: words }).last();
export const button = (within, name) => within.getByRole("button", { name, exact: false });

// picture saves what the page shows, for people to look at.
export async function picture(page, name) {
  mkdirSync(process.env.PICTURES, { recursive: true });
  await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), animations: "disabled" });
}
