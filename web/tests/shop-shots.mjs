/** Screenshots of the shop in both colours and widths: `BASE_URL=... EVENT=<id> SHOTS=<folder> node tests/shop-shots.mjs`. */
import { openPage, screenshot } from "./story.mjs";

const { BASE_URL, EVENT } = process.env;

async function shoot(name, options) {
  const { browser, page, faults } = await openPage(`${BASE_URL}/e/${EVENT}`, options);
  const shot = (state) => page.waitForTimeout(300).then(() => screenshot(page, `shop-${state}-${name}`));
  const more = page.getByRole("button", { name: / more$/ });
  await more.first().waitFor();
  await shot("1-event");
  await more.first().click();
  await more.first().click();
  await page.getByRole("button", { name: "I have a promo code" }).click();
  await page.getByLabel("Promo code").fill("NOPE");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByRole("alert").waitFor();
  await shot("2-chosen");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Your order" }).waitFor();
  await page.getByText("Somebody else comes with me").click();
  await shot("3-till");
  await page.getByLabel("Your name").fill("Ada Buyer");
  await page.getByLabel("E-mail").fill("ada@example.org");
  await page.getByLabel("Bank transfer").check().catch(() => null);
  await page.getByRole("button", { name: /^Order|^Get/ }).click();
  await page.getByRole("heading", { name: /waiting for your payment|You are going/ }).waitFor();
  await shot("4-done");
  if (faults.length > 0) console.log(name, faults);
  await browser.close();
}

for (const [name, width, height] of [["wide", 1280, 900], ["phone", 390, 844]])
  for (const dark of [false, true]) await shoot(`${name}-${dark ? "dark" : "light"}`, { width, height, dark });
