/**
 * Somebody follows a link to a proposal in Chromium: `LINK=<address> node tests/approval-story.mjs`.
 * Signs in where the link leads, reads the card, approves it. One JSON line per step.
 */
import { approve, openPage, screenshot } from "./story.mjs";

const { LINK, SHOTS } = process.env;

function expect(truth, complaint) {
  if (!truth) throw new Error(complaint);
}

async function tell() {
  const { browser, page, faults } = await openPage(LINK, { width: 390, height: 844 });
  const step = async (name, act) => {
    const begun = Date.now();
    try {
      await act();
      console.log(JSON.stringify({ step: name, ok: true, ms: Date.now() - begun }));
      if (SHOTS) await screenshot(page, `approval-${name}`);
    } catch (error) {
      console.log(JSON.stringify({ step: name, ok: false, ms: Date.now() - begun, error: String(error.message).slice(0, 600), faults }));
      await screenshot(page, `approval-failed-${name}`);
      throw error;
    }
  };
  const card = page.locator('[data-proposal][data-status="proposed"]');

  await step("sign-in", async () => {
    await page.getByLabel("E-mail").fill("organiser@example.com");
    await page.getByLabel("Password").fill("greenroom");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await card.waitFor();
    expect((await page.getByLabel("Message to the copilot").count()) === 0, "the copilot was loaded for a card");
  });
  await step("approve", async () => {
    expect((await approve(page, card)) === "applied", "the proposal was not applied");
  });
  await step("reload", async () => {
    await page.reload();
    await page.locator('[data-proposal][data-status="applied"]').waitFor();
    expect(faults.length === 0, faults.join("; "));
  });
  await browser.close();
}

tell().catch(() => process.exit(1));
