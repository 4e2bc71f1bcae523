// The page of the playground in a real Chromium. SDCBOT names the binary under test, CHROMIUM the browser, PICTURES the folder for pictures.
import { defineConfig } from "@playwright/test";
import { fileURLToPath } from "node:url";

const build = (name) => fileURLToPath(new URL(`../../../.build/${name}`, import.meta.url));

process.env.SDCBOT ||= build("sdcbot");
process.env.PICTURES ||= build("pictures");

export default defineConfig({
  testDir: ".",
  outputDir: build("browser"),
  workers: 1, // each test starts a binary and a browser: more at once only wait for each other
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  forbidOnly: true,
  use: {
    locale: "fr-FR",
    viewport: { width: 1280, height: 800 },
    actionTimeout: 15_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
      // Without these Chromium calls home, and does not run as root.
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
});
