import { arrivalIn, wantsPassword, withoutArrival } from "./arrival";

const SESSION = "#access_token=a.b.c&expires_at=1799999999&expires_in=3600&refresh_token=r1&sb=&token_type=bearer&type=recovery";

test("a followed link brings a session and what it was sent for", () => {
  expect(arrivalIn("", SESSION)).toEqual({
    kind: "session",
    session: { access_token: "a.b.c", refresh_token: "r1", expires_in: 3600, expires_at: 1799999999 },
    of: "recovery",
  });
  expect(wantsPassword("recovery") && wantsPassword("invite") && !wantsPassword("signup") && !wantsPassword(null)).toBe(true);
});

test("half a session is none", () => {
  expect(arrivalIn("", "#access_token=a.b.c&type=signup")).toBeNull();
  expect(arrivalIn("", "#refresh_token=r1")).toBeNull();
});

test("a token is exchanged only for what mails are sent for", () => {
  expect(arrivalIn("?token_hash=abc&type=email", "")).toEqual({ kind: "token", token_hash: "abc", of: "email" });
  expect(arrivalIn("?token_hash=abc&type=anything", "")).toBeNull();
  expect(arrivalIn("?token_hash=abc", "")).toBeNull();
});

test("a refusal is read from either part of the address, before anything else", () => {
  const refused = { kind: "refused", code: "otp_expired", text: "Email link is invalid or has expired" };
  expect(arrivalIn("", "#error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid+or+has+expired")).toEqual(refused);
  expect(arrivalIn("?error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid+or+has+expired", SESSION)).toEqual(refused);
});

test("an address within the page is no arrival", () => {
  expect(arrivalIn("", "#/chat/0191d2a0-7c1e-7f3a-9b1c-2f7d0e5a4b3c?access_token=a&refresh_token=b")).toBeNull();
  expect(arrivalIn("?proposal=1", "")).toBeNull();
  expect(arrivalIn("", "#message=Confirmation+link+accepted.")).toEqual({ kind: "told", text: "Confirmation link accepted." });
});

test("nothing of it stays in the address, and what else was asked for does", () => {
  expect(withoutArrival("/", "?token_hash=abc&type=signup&invitation=xyz")).toBe("/?invitation=xyz");
  expect(withoutArrival("/checkin", "?error=a&error_code=b&error_description=c")).toBe("/checkin");
});
