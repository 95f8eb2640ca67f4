/**
 * An organiser's story at the ticket office in Chromium: `BASE_URL=... ORDER=<number> PAID=<number> node tests/office-story.mjs`.
 * Finds an unpaid order, records its payment, then gives one ticket of a paid order back less a fee. One JSON line per step.
 */
import { approve, openPage, screenshot, signIn } from "./story.mjs";

const { BASE_URL, ORDER, PAID, SHOTS } = process.env;

function expect(truth, complaint) {
  if (!truth) throw new Error(complaint);
}

async function tell() {
  const { browser, page, faults } = await openPage(BASE_URL, { width: 390, height: 844 });
  const step = async (name, act) => {
    const begun = Date.now();
    try {
      await act();
      console.log(JSON.stringify({ step: name, ok: true, ms: Date.now() - begun }));
      if (SHOTS) await screenshot(page, `office-${name}`);
    } catch (error) {
      console.log(JSON.stringify({ step: name, ok: false, ms: Date.now() - begun, error: String(error.message).slice(0, 600), faults }));
      await screenshot(page, `office-failed-${name}`);
      throw error;
    }
  };
  const row = (number) => page.getByRole("button", { name: new RegExp(`^Order ${number} `) });
  const order = (number) => page.getByRole("article", { name: `Order ${number}`, exact: true });
  const proposed = async () => {
    await page.getByRole("button", { name: "Show what it changes" }).click();
    const card = page.locator('[data-proposal][data-status="proposed"]');
    await card.waitFor();
    return card;
  };

  await step("orders", async () => {
    await signIn(page);
    await page.getByRole("navigation", { name: "Parts of the page" }).getByRole("button", { name: "Orders" }).click();
    await page.getByRole("button", { name: "Unpaid", exact: true }).click();
    await row(ORDER).waitFor();
    expect((await row(PAID).count()) === 0, "a settled order is among the unpaid ones");
  });
  await step("record-payment", async () => {
    // By the keyboard alone: open the order, then its first action.
    await row(ORDER).press("Enter");
    await page.getByRole("button", { name: "Record payment…" }).press("Enter");
    await page.getByLabel("Paid by").selectOption({ label: "Cash" });
    expect((await approve(page, await proposed())) === "applied", "the payment was not applied");
    await order(ORDER).getByText("Settled").waitFor();
    await page.getByRole("button", { name: "All orders" }).click();
    await page.getByRole("button", { name: "Unpaid", exact: true }).click();
    await row(ORDER).waitFor({ state: "detached" });
  });
  await step("refund-a-ticket", async () => {
    await page.getByRole("button", { name: "All", exact: true }).click();
    await row(PAID).click();
    await order(PAID).getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "Refund the ticket…" }).click();
    await page.getByLabel(/^Keep/).fill("5");
    expect((await approve(page, await proposed())) === "applied", "the refund was not applied");
    await order(PAID).getByText("1 × General (taken back)").waitFor();
    expect((await order(PAID).getByRole("checkbox", { checked: true }).count()) === 0, "a ticket that is gone is still ticked");
  });
  await step("mails", async () => {
    await page.getByRole("button", { name: "All orders" }).click();
    await page.getByRole("button", { name: "Mails" }).click();
    await page.getByText(/Refund|refund/).first().waitFor();
  });
  await step("no-faults", async () => {
    expect(faults.length === 0, faults.join("; "));
  });
  await browser.close();
}

tell().catch(() => process.exit(1));
