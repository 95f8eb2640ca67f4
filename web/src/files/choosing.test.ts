import { RULES, refusalOf } from "./choosing";

const file = (type: string, size = 1000) => ({ type, size });

test("a file is tried as what it may be, and refused in words as anything else", () => {
  expect(refusalOf("event_poster", file("image/png"))).toBeNull();
  expect(refusalOf("event_poster", file("application/pdf"))?.detail).toContain("A poster is a PNG, JPEG or WebP");
  expect(refusalOf("contract", file("image/png"))?.detail).toContain("Only PDF");
  expect(refusalOf("attachment", file("image/svg+xml"))?.detail).toContain("pictures");
});

test("what is too large or empty costs no upload", () => {
  expect(refusalOf("sponsor_logo", file("image/png", RULES.sponsor_logo.most))).toBeNull();
  expect(refusalOf("sponsor_logo", file("image/png", RULES.sponsor_logo.most + 1))?.detail).toContain("at most 10 MB");
  expect(refusalOf("attachment", file("image/png", 0))?.detail).toContain("empty");
});

test("a type the browser does not know is left to the server", () => {
  expect(refusalOf("attachment", file(""))).toBeNull();
});
