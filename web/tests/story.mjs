/**
 * Steps of a person's story in Chromium, and the story itself: `BASE_URL=... node tests/story.mjs`.
 * Prints one JSON line per step ({step, ok, ms, ...}) and exits non-zero at the first one that fails.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
export const JAZZ_NIGHT = "Jazz night on 12 December at the Blue Room, 150 tickets at 25 euros, Yamaha is gold sponsor for 5,000";

/** Opens the page at `baseUrl`; every request to another origin and every page error is collected as a fault. */
export async function openPage(baseUrl, { width = 1440, height = 900, dark = false } = {}) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light", locale: "en-GB", timezoneId: "Europe/Brussels" });
  const page = await context.newPage();
  page.setDefaultTimeout(Number(process.env.STEP_TIMEOUT_MS ?? 15_000));
  const faults = [];
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(baseUrl).origin) faults.push(`foreign request: ${request.url()}`);
  });
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy|Minified React|Maximum update/.test(message.text())) faults.push(message.text());
  });
  await page.goto(baseUrl);
  return { browser, page, faults };
}

/** Signs in by the form; the demo login by default. */
export async function signIn(page, { email = "organiser@example.com", password = "greenroom" } = {}) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByLabel("Message to the copilot").waitFor();
}

/** Types a message and sends it; typing must work while a card waits, too. */
export async function say(page, text) {
  const box = page.getByLabel("Message to the copilot");
  await page.getByRole("button", { name: "Send" }).waitFor();
  await box.fill(text);
  await box.press("Enter");
}

const cards = (page, status) => page.locator(status ? `[data-proposal][data-status="${status}"]` : "[data-proposal]");

/** The last card in a state, once it is there, with its id, title and number of steps. */
export async function waitForCard(page, status = "proposed") {
  const card = cards(page, status).last();
  await card.waitFor();
  const steps = card.getByRole("list", { name: "Steps" }).getByRole("listitem");
  return { card, id: await card.getAttribute("data-proposal"), title: await card.getByRole("heading").first().innerText(), steps: await steps.filter({ has: page.locator("label") }).count(), cards: await cards(page).count() };
}

/** Says something and answers the copilot's questions until a new card is there; resolves to that card. */
export async function ask(page, text, answers = ["At 20:00"]) {
  const before = await cards(page).count();
  for (const message of [text, ...answers]) {
    await say(page, message);
    await page.getByRole("button", { name: "Stop" }).waitFor({ timeout: 2000 }).catch(() => null);
    await settled(page);
    if ((await cards(page).count()) > before) break;
  }
  return waitForCard(page);
}

/** Edits one field of one step (by their labels) and waits for the new preview. */
export async function editStep(page, card, step, field, value) {
  await card.getByRole("button", { name: `Edit: ${step}` }).click();
  await card.getByLabel(field).fill(value);
  await card.getByRole("button", { name: "Save step" }).click();
  await card.getByRole("button", { name: "Save step" }).waitFor({ state: "detached" });
}

/** Unticks or ticks a step, named by (a part of) its sentence, and waits for the new preview. */
export async function toggleStep(page, card, step) {
  await card.getByRole("checkbox", { name: step }).click();
  await card.locator('[aria-label="Steps"][aria-busy="false"]').waitFor();
}

/** Approves the card (an undo card too) and waits until it no longer waits. */
export async function approve(page, card) {
  const id = await card.getAttribute("data-proposal");
  await card.getByRole("button", { name: /^(Approve|Undo it)/ }).click();
  await page.locator(`[data-proposal="${id}"]:not([data-status="proposed"])`).waitFor();
  return page.locator(`[data-proposal="${id}"]`).getAttribute("data-status");
}

export async function reject(page, card) {
  const id = await card.getAttribute("data-proposal");
  await card.getByRole("button", { name: "Reject" }).click();
  await page.locator(`[data-proposal="${id}"][data-status="rejected"]`).waitFor();
}

/** Asks for the way back from an applied card; resolves to the undo proposal's own card. */
export async function undo(page, card) {
  await card.getByRole("button", { name: "Undo…" }).click();
  return waitForCard(page, "proposed");
}

/** Waits until the copilot has finished its turn. */
export async function settled(page) {
  await page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Send" }).waitFor();
}

export async function screenshot(page, name) {
  const folder = process.env.SHOTS ?? fileURLToPath(new URL("../shots/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

function expect(truth, complaint) {
  if (!truth) throw new Error(complaint);
}

/** The story of two requests: edit and approve the first, reload before approving the second, then undo it. */
async function tell(baseUrl) {
  const { browser, page, faults } = await openPage(baseUrl);
  const step = async (name, act) => {
    const begun = Date.now();
    try {
      const found = (await act()) ?? {};
      console.log(JSON.stringify({ step: name, ok: true, ms: Date.now() - begun, ...found }));
      if (process.env.SHOTS) await screenshot(page, name);
      return found;
    } catch (error) {
      console.log(JSON.stringify({ step: name, ok: false, ms: Date.now() - begun, error: String(error.message).slice(0, 600), faults }));
      await screenshot(page, `failed-${name}`);
      throw error;
    }
  };
  const seen = ({ id, title, steps, cards: count }) => ({ id, title, steps, cards: count });
  const second = process.env.SECOND_REQUEST ?? "Swing night on 19 December at the Blue Room, 80 tickets at 15 euros";
  try {
    await step("sign-in", () => signIn(page));
    await step("first-card", async () => {
      const found = await ask(page, process.env.FIRST_REQUEST ?? JAZZ_NIGHT);
      expect(found.steps === 4, `expected four steps, saw ${found.steps}`);
      expect(found.cards === 1, `expected one card, saw ${found.cards}`);
      return seen(found);
    });
    await step("edit-price", async () => {
      const { card } = await waitForCard(page);
      await editStep(page, card, "Put tickets on sale", /^Price \(/, "27.50");
      await card.getByText(/27[.,]50/).first().waitFor({ state: "attached" });
    });
    await step("approve-first", async () => {
      const { card } = await waitForCard(page);
      const status = await approve(page, card);
      expect(status === "applied", `expected applied, saw ${status}`);
      const results = await cards(page, "applied").last().getByRole("list", { name: "Results" }).getByRole("listitem").count();
      expect(results === 4, `expected four results, saw ${results}`);
      await settled(page);
      return { results };
    });
    const waiting = await step("second-card", async () => {
      return seen(await ask(page, second));
    });
    await step("reload-while-waiting", async () => {
      await settled(page);
      await page.reload();
      const found = await waitForCard(page);
      expect(found.id === waiting.id, "another card came back after the reload");
      expect((await cards(page, "applied").count()) === 1, "the applied card is missing after the reload");
      return seen(found);
    });
    await step("approve-second", async () => {
      const { card } = await waitForCard(page);
      expect((await approve(page, card)) === "applied", "the second proposal was not applied");
      await settled(page);
    });
    await step("undo", async () => {
      const way = await undo(page, cards(page, "applied").last());
      expect((await approve(page, way.card)) === "applied", "the undo was not applied");
      await page.locator(`[data-proposal="${waiting.id}"][data-status="undone"]`).waitFor();
    });
    await step("no-faults", async () => {
      expect(faults.length === 0, faults.join("; "));
    });
  } finally {
    await browser.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const baseUrl = process.env.BASE_URL;
  if (!baseUrl) {
    console.error("Set BASE_URL to the address of a running Greenroom.");
    process.exit(2);
  }
  tell(baseUrl).catch(() => process.exit(1));
}
