/** Screenshots of the page's states in both colours and widths, against the mock: `BASE_URL=... node tests/shots.mjs`. */
import { approve, openPage, say, screenshot, settled, signIn, waitForCard } from "./story.mjs";

const baseUrl = process.env.BASE_URL;

async function shoot(name, options) {
  const { browser, page, faults } = await openPage(baseUrl, options);
  const shot = (state) => page.waitForTimeout(350).then(() => screenshot(page, `${state}-${name}`));
  await page.getByRole("button", { name: "Use the demo login" }).waitFor();
  await shot("1-sign-in");
  await signIn(page);
  await shot("2-empty");
  await say(page, "Jazz night on 12 December at the Blue Room, 150 tickets at 25 euros, Yamaha is gold sponsor for 5,000");
  const { card } = await waitForCard(page);
  await settled(page);
  await shot("3-waiting");
  await card.getByRole("button", { name: "Edit: Put tickets on sale" }).click();
  await card.getByText(/Exact changes/).first().click();
  await shot("4-editing");
  await card.getByRole("button", { name: "Cancel" }).click();
  await approve(page, card);
  await settled(page);
  await shot("5-applied");
  await say(page, "Jazz night again: make a conflict");
  await waitForCard(page);
  await settled(page);
  await shot("6-conflict");
  await say(page, "no, which events are coming up?");
  await settled(page);
  await shot("7-reads");
  await say(page, "A stale jazz night");
  const stale = await waitForCard(page);
  await settled(page);
  await stale.card.getByRole("button", { name: /^Approve/ }).click();
  await page.getByText("Things changed since you saw this").waitFor();
  await shot("8-stale");
  await say(page, "give me an error");
  await page.getByRole("alert").last().waitFor();
  await shot("9-error");
  if (faults.length > 0) console.log(name, faults);
  await browser.close();
}

for (const [name, width, height] of [["wide", 1440, 900], ["phone", 390, 844]])
  for (const dark of [false, true]) await shoot(`${name}-${dark ? "dark" : "light"}`, { width, height, dark });
