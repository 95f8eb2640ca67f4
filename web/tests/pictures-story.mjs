/** Which pictures a page under our policy shows: `BASE_URL=... CHROMIUM=... node tests/pictures-story.mjs`. One JSON line: id -> width. */
import { openPage } from "./story.mjs";

const { browser, page } = await openPage(process.env.BASE_URL, { width: 390, height: 844 });
await page.waitForLoadState("networkidle");
const widths = await page.$$eval("img", (images) => Object.fromEntries(images.map((image) => [image.id, image.naturalWidth])));
console.log(JSON.stringify(widths));
await browser.close();
