/**
 * Two people in Chromium: `BASE_URL=... INVITED=<address> node tests/belonging-story.mjs`. The owner invites, the colleague follows
 * the link, signs up and joins as a viewer, who is offered nothing of the office; a key is shown once; a further organisation is
 * founded, switched to and back; at last the colleague is removed. One JSON line per step; the key's secret is told on the way.
 */
import { openPage, screenshot, signIn } from "./story.mjs";

const { BASE_URL, INVITED, SHOTS } = process.env;
const PASSWORD = "a long enough password";

function expect(truth, complaint) {
  if (!truth) throw new Error(complaint);
}

/** The one on whose behalf a step acts is the one whose page is shown when it fails. */
async function step(name, page, faults, act) {
  const begun = Date.now();
  try {
    const found = (await act()) ?? {};
    console.log(JSON.stringify({ step: name, ok: true, ms: Date.now() - begun, ...found }));
    if (SHOTS) await screenshot(page, `belonging-${name}`);
  } catch (error) {
    console.log(JSON.stringify({ step: name, ok: false, ms: Date.now() - begun, error: String(error.message).slice(0, 600), faults }));
    await screenshot(page, `belonging-failed-${name}`);
    throw error;
  }
}

const part = (page, name) => page.getByRole("navigation", { name: "Parts of the office" }).getByRole("link", { name });
const switchButton = (page) => page.getByRole("button", { name: /^Organisation: / });

async function tell() {
  const { browser, page: owner, faults } = await openPage(BASE_URL, { width: 1280, height: 860 });
  const colleague = await (await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "en-GB" })).newPage();
  colleague.setDefaultTimeout(15_000);
  colleague.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  let link = "";

  await step("invite", owner, faults, async () => {
    await signIn(owner);
    await owner.getByRole("link", { name: "Office" }).click();
    await part(owner, "Invitations").click();
    const inviting = owner.getByRole("button", { name: "Invite", exact: true });
    const dialog = owner.getByRole("dialog");
    // By the keyboard: the first field is asked for, and leaving gives the focus back.
    await inviting.press("Enter");
    await owner.keyboard.type("nobody");
    expect((await dialog.getByLabel("E-mail").inputValue()) === "nobody", "the dialog does not begin at its first field");
    await owner.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await inviting.evaluate((button) => button === document.activeElement), "the focus is lost after a dialog");
    await inviting.press("Enter");
    await dialog.getByLabel("E-mail").fill(INVITED);
    await dialog.getByRole("radio", { name: /^Viewer/ }).check();
    await dialog.getByRole("button", { name: "Invite" }).click();
    link = await dialog.locator("code").innerText();
    await dialog.getByRole("button", { name: "Done" }).click();
    await owner.getByRole("list", { name: "Invitations" }).getByText(INVITED).waitFor();
  });
  await step("join", colleague, faults, async () => {
    await colleague.goto(link);
    await colleague.getByRole("heading", { name: "You are invited" }).waitFor();
    expect(await colleague.getByText(/^Viewer\./).isVisible(), "the role is not said");
    await colleague.getByLabel("Your name").fill("Kim");
    await colleague.getByLabel("Password").fill(PASSWORD);
    await colleague.getByRole("button", { name: "Create an account and join" }).click();
    await switchButton(colleague).waitFor();
    expect((await switchButton(colleague).getAttribute("aria-label")).includes("you are Viewer"), "the colleague is no viewer");
    expect(new URL(colleague.url()).search === "", "the invitation stays in the address");
  });
  await step("viewer", colleague, faults, async () => {
    await colleague.getByLabel("Message to the copilot").waitFor();
    expect((await colleague.getByRole("button", { name: "Attach a file" }).count()) === 0, "a viewer is offered to upload");
    await colleague.getByRole("link", { name: "Office" }).click();
    await part(colleague, "Files").waitFor();
    expect((await part(colleague, /./).allInnerTexts()).join() === "Files,Organisation", "a viewer is offered more of the office");
    await colleague.goto(`${BASE_URL}/office/keys`);
    await colleague.getByRole("heading", { name: "Files" }).waitFor();
    await part(colleague, "Organisation").click();
    expect((await colleague.getByRole("button", { name: /Save|New|Invite|Choose/ }).count()) === 0, "a viewer is offered to change something");
  });
  await step("member", owner, faults, async () => {
    await part(owner, "Members").click();
    await owner.getByRole("button", { name: "Change the role of Kim", exact: true }).waitFor();
  });
  await step("key", owner, faults, async () => {
    await part(owner, "API keys").click();
    await owner.getByRole("button", { name: "New key" }).click();
    await owner.getByLabel("What is it for?").fill("Website");
    await owner.getByRole("button", { name: "Make the key" }).click();
    const key = await owner.getByRole("dialog").locator("code").innerText();
    await owner.getByRole("button", { name: "I have kept it" }).click();
    await owner.reload();
    await owner.getByRole("list", { name: "API keys" }).getByText("Website").waitFor();
    expect(!(await owner.content()).includes(key), "the secret is still in the page");
    return { key };
  });
  await step("switch", owner, faults, async () => {
    await owner.goto(BASE_URL);
    const events = owner.getByRole("complementary", { name: "Events" });
    await events.getByText("Winter Gala").waitFor();
    await switchButton(owner).click();
    await owner.getByRole("menuitem", { name: "New organisation…" }).click();
    await owner.getByRole("dialog").getByLabel("Name").fill("Second Stage");
    await owner.getByRole("button", { name: "Create the organisation" }).click();
    await events.getByText("No events ahead.").waitFor();
    await owner.reload();
    await events.getByText("No events ahead.").waitFor();
    expect((await switchButton(owner).innerText()).startsWith("Second Stage"), "the choice is forgotten by a reload");
    await switchButton(owner).press("Enter");
    await owner.getByRole("menuitemradio", { name: /^Second Stage/, checked: true }).press("ArrowUp");
    await owner.keyboard.press("Enter");
    await events.getByText("Winter Gala").waitFor();
  });
  await step("removed", colleague, faults, async () => {
    await owner.goto(`${BASE_URL}/office/members`);
    await owner.getByRole("button", { name: "Remove Kim", exact: true }).click();
    await owner.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await owner.getByRole("button", { name: "Remove Kim" }).waitFor({ state: "detached" });
    // Whose page is open meanwhile is told so at the next thing they ask for.
    await part(colleague, "Files").click();
    await colleague.getByRole("heading", { name: "You are in no organisation" }).waitFor();
  });
  await step("no-faults", owner, faults, async () => expect(faults.length === 0, faults.join("; ")));
  await browser.close();
}

tell().catch(() => process.exit(1));
