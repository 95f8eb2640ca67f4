/**
 * Links that are followed, and the rest of the office, in Chromium: `BASE_URL=... MAILS=<folder> DOOR=<invitation for the door>
 * NAMED=<link to a proposal of another organisation> UNNAMED=<one that does not say which> HEIR=<an admin's name> FILE=<a picture>
 * node tests/links-story.mjs`. One JSON line per step.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { approve, openPage, say, screenshot, settled, signIn } from "./story.mjs";

const { BASE_URL, DOOR, FILE, HEIR, MAILS, NAMED, SHOTS, UNNAMED } = process.env;

function expect(truth, complaint) {
  if (!truth) throw new Error(complaint);
}

/** The link of the newest mail, once there is one younger than `since`. */
async function mailed(since) {
  for (let tries = 0; tries < 50; tries += 1) {
    const newest = readdirSync(MAILS).map((name) => join(MAILS, name)).sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)[0];
    if (newest && statSync(newest).mtimeMs > since) {
      const link = /http:\S+\/auth\/v1\/verify\S+/.exec(readFileSync(newest, "utf8").replace(/=\r?\n/g, "").replace(/=3D/g, "="));
      if (link) return link[0];
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("no mail with a link came");
}

async function tell() {
  const { browser, page, faults } = await openPage(BASE_URL, { width: 1280, height: 860 });
  const step = async (name, act) => {
    const begun = Date.now();
    try {
      await act();
      console.log(JSON.stringify({ step: name, ok: true, ms: Date.now() - begun }));
      if (SHOTS) await screenshot(page, `links-${name}`);
    } catch (error) {
      console.log(JSON.stringify({ step: name, ok: false, ms: Date.now() - begun, error: String(error.message).slice(0, 600), faults }));
      await screenshot(page, `links-failed-${name}`);
      throw error;
    }
  };
  const part = (name) => page.getByRole("navigation", { name: "Parts of the office" }).getByRole("link", { name });
  const conversations = page.getByRole("navigation", { name: "Conversations" }).getByRole("listitem");
  let doorAddress = "";
  let recovery = "";

  await step("file-in-chat", async () => {
    await signIn(page);
    await page.getByLabel("Files for the next message").setInputFiles(FILE);
    await page.getByRole("list", { name: "Files for the next message" }).locator("img").waitFor();
    await say(page, "Which venues do we have?");
    await settled(page);
    await page.getByText("I cannot read what is in a file").waitFor();
    await page.reload();
    await page.getByRole("list", { name: "Sent along" }).getByRole("link").waitFor();
    await conversations.first().waitFor();
  });
  await step("named-proposal", async () => {
    await page.goto(NAMED);
    expect((await approve(page, page.locator('[data-proposal][data-status="proposed"]'))) === "applied", "the proposal was not applied");
    await page.getByText("Second Stage", { exact: true }).waitFor();
  });
  await step("elsewhere", async () => {
    await page.goto(BASE_URL);
    await page.getByText("No conversations yet.").waitFor();
    await page.getByRole("button", { name: /^Organisation: Second Stage/ }).click();
    await page.getByRole("menuitemradio", { name: /^Quayside Events/ }).click();
    await conversations.first().waitFor();
  });
  await step("unnamed-proposal", async () => {
    await page.goto(UNNAMED);
    await page.locator('[data-proposal][data-status="proposed"]').waitFor();
    await page.getByText("Second Stage", { exact: true }).waitFor();
    await page.goto(BASE_URL);
    await page.getByRole("button", { name: /^Organisation: Second Stage/ }).click();
    await page.getByRole("menuitemradio", { name: /^Quayside Events/ }).click();
  });
  await step("poster", async () => {
    await page.getByRole("link", { name: "Office" }).click();
    await part("Files").click();
    await page.getByLabel("Of what?").selectOption({ label: "Winter Gala" });
    await page.getByLabel("Choose a poster").setInputFiles(FILE);
    const row = page.getByRole("list", { name: "Files", exact: true }).getByRole("listitem").filter({ hasText: "Poster of Winter Gala" });
    await row.getByRole("link", { name: /^Open/ }).waitFor();
    await row.getByRole("button", { name: /^Delete/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete it" }).click();
    await row.waitFor({ state: "detached" });
  });
  await step("webhook", async () => {
    await part("Webhooks").click();
    await page.getByRole("button", { name: "New webhook" }).click();
    await page.getByLabel("Address").fill("https://10.0.0.1/inside");
    await page.getByRole("button", { name: "Add the webhook" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Address").fill("https://receiver.example.com/news");
    await page.getByRole("button", { name: "Add the webhook" }).click();
    expect((await page.getByRole("dialog").locator("code").innerText()).startsWith("whsec_"), "no secret was shown");
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByRole("button", { name: "Show the messages" }).click();
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByRole("list", { name: "Messages" }).getByText("webhook.test").waitFor();
    await page.getByRole("button", { name: "Switch off" }).click();
    await page.getByRole("button", { name: "Switch on" }).waitFor();
  });
  await step("settings", async () => {
    await part("Organisation").click();
    await page.getByLabel("Name", { exact: true }).fill("Quayside Nights");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await page.getByRole("button", { name: /^Organisation: Quayside Nights/ }).waitFor();
  });
  await step("hand-over", async () => {
    await part("Members").click();
    await page.getByRole("button", { name: `Make ${HEIR} the owner` }).click();
    const yes = page.getByRole("dialog").getByRole("button", { name: "Hand it over" });
    expect(await yes.isDisabled(), "it can be handed over without a typed word");
    await page.getByLabel(/^To be sure/).fill("Quayside Nights");
    await yes.click();
    await page.getByRole("button", { name: /you are Admin/ }).waitFor();
    expect((await page.getByRole("button", { name: /Make .* the owner/ }).count()) === 0, "an admin is offered to hand over");
  });
  await step("door", async () => {
    await page.goto(DOOR);
    await page.getByRole("heading", { name: "This invitation is for somebody else" }).waitFor();
    await page.getByRole("button", { name: /^Sign out, and go on/ }).click();
    doorAddress = await page.getByLabel("E-mail").inputValue();
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByRole("button", { name: "Create an account and join" }).click();
    await page.getByRole("heading", { name: "Choose a list" }).waitFor();
    await page.goto(`${BASE_URL}/office`);
    await page.getByRole("heading", { name: "Choose a list" }).waitFor();
    await page.goto(DOOR);
    await page.getByRole("heading", { name: "This invitation is not open" }).waitFor();
    await page.getByRole("button", { name: "Go to Greenroom" }).click();
    await page.getByRole("button", { name: /^Organisation: / }).click();
    await page.getByRole("menuitem", { name: /^Sign out/ }).click();
  });
  await step("recover", async () => {
    const begun = Date.now() - 1;
    await page.getByRole("button", { name: "Forgot your password?" }).click();
    await page.getByLabel("E-mail").fill(doorAddress);
    await page.getByRole("button", { name: "Send me a link" }).click();
    await page.getByText("Look into your mailbox").waitFor();
    recovery = await mailed(begun);
    await page.goto(recovery);
    await page.getByRole("heading", { name: "Choose a password" }).waitFor();
    expect(!/token|#/.test(page.url()), "the token stays in the address");
    await page.getByLabel("New password").fill("quite another password");
    await page.getByRole("button", { name: "Keep this password" }).click();
    await page.getByRole("heading", { name: "Choose a list" }).waitFor();
  });
  await step("spent", async () => {
    await page.goto("about:blank");
    await page.goto(recovery);
    await page.getByText("This link was used before, or is too old").waitFor();
    expect(!/error|#/.test(page.url()), "the refusal stays in the address");
    // The other form of such a link, as projects with their own templates send it.
    await page.goto(`${BASE_URL}/?token_hash=${new URL(recovery).searchParams.get("token")}&type=recovery`);
    await page.getByRole("alert").waitFor();
    expect(!/token/.test(page.url()), "the token stays in the address");
  });
  await step("no-faults", async () => expect(faults.length === 0, faults.join("; ")));
  await browser.close();
}

tell().catch(() => process.exit(1));
