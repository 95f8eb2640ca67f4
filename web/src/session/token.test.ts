import { emailIn, personIn } from "./token";

test("whose session it is, is read from the token where it says so", () => {
  const token = `x.${Buffer.from(JSON.stringify({ sub: "u1", email: "ann@example.com" })).toString("base64url")}.y`;
  expect([personIn(token), emailIn(token)]).toEqual(["u1", "ann@example.com"]);
  expect(["nonsense", "a.%%%.c", `x.${btoa("{}")}.y`, ""].map(emailIn)).toEqual([null, null, null, null]);
});
