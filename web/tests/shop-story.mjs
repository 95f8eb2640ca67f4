/**
 * A buyer's story in Chromium: `BASE_URL=... EVENT=<id> node tests/shop-story.mjs`. Chooses with the keyboard, uses a code, reloads
 * with tickets kept, pays on the provider's page and sees the order's own. One JSON line per step, as in story.mjs.
 */
import { openPage, screenshot } from "./story.mjs";

const { BASE_URL, EVENT, CODE, TYPE, SHOTS } = process.env;

function expect(truth, complaint) {
  if (!truth) throw new Error(complaint);
}

async function tell() {
  const { browser, page, faults } = await openPage(`${BASE_URL}/e/${EVENT}`, { width: 390, height: 844 });
  const step = async (name, act) => {
    const begun = Date.now();
    try {
      await act();
      console.log(JSON.stringify({ step: name, ok: true, ms: Date.now() - begun }));
      if (SHOTS) await screenshot(page, `shop-${name}`);
    } catch (error) {
      console.log(JSON.stringify({ step: name, ok: false, ms: Date.now() - begun, error: String(error.message).slice(0, 600), at: page.url(), faults }));
      await screenshot(page, `shop-failed-${name}`);
      throw error;
    }
  };

  await step("look", async () => {
    await page.getByRole("heading", { name: "Tickets" }).waitFor();
    expect(!/copilot/i.test(await page.content()), "the shop loads the organiser's page");
    const poster = page.getByRole("img", { name: "Summer Stage" });
    await poster.scrollIntoViewIfNeeded();
    await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await poster.elementHandle());
    // A phone takes the copy that fills it and no larger one; the picture's place has its shape.
    expect(/width=960$/.test(await poster.evaluate((image) => image.currentSrc)), "the poster is not in the width of the screen");
    const { width, height } = await poster.boundingBox();
    expect(Math.abs(width / height - 1200 / 700) < 0.1, `the poster stands ${width} by ${height}`);
  });
  await step("choose-by-keyboard", async () => {
    await page.getByRole("button", { name: `One ${TYPE} more` }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Space");
    await page.getByText("2 tickets").waitFor();
  });
  await step("use-a-code", async () => {
    await page.getByRole("button", { name: "I have a promo code" }).click();
    await page.getByLabel("Promo code").fill("nonsense");
    await page.keyboard.press("Enter");
    await page.getByText("This code is not one of this event.").waitFor();
    await page.getByLabel("Promo code").fill(CODE);
    await page.keyboard.press("Enter");
    await page.getByText("is applied").waitFor();
  });
  await step("hold", async () => {
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { name: "Your order" }).waitFor();
    expect(/^1[45]:\d\d$/.test(await page.getByRole("timer").innerText()), "the countdown shows the time left");
    expect((await page.evaluate(() => document.activeElement?.tagName)) === "H2", "the heading of the new view has the focus");
  });
  await step("reload", async () => {
    await page.reload();
    await page.getByRole("heading", { name: "Your order" }).waitFor();
  });
  await step("pay", async () => {
    await page.getByLabel("Your name").fill("Ada Buyer");
    await page.getByLabel("E-mail").fill("ada@example.org");
    await page.getByText("Somebody else comes with me").click();
    await page.getByLabel("Name on ticket 2").fill("Ben Guest");
    await page.getByRole("button", { name: /^Order and pay/ }).click();
    await page.waitForURL((url) => !url.pathname.startsWith("/e/"));
    await page.getByRole("button", { name: "Pay", exact: true }).click();
  });
  await step("own-page", async () => {
    await page.waitForURL((url) => url.pathname.startsWith("/o/"));
    // The provider's word may come a moment after the buyer.
    for (let look = 0; look < 10 && !(await page.getByText("Ben Guest").count()); look++) {
      await page.waitForTimeout(500);
      await page.reload();
    }
    expect(await page.getByText("Ben Guest").count(), "the order's page shows the tickets");
  });
  expect(faults.length === 0, faults.join("; "));
  await browser.close();
}

tell().catch(() => process.exit(1));
