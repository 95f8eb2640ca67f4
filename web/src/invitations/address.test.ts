import { invitationIn } from "./address";

test("the token of a link is read from the front page alone", () => {
  const token = "AZrJ3ZpyRkWb-_x.0123456789abcdef";
  expect(invitationIn("/", `?invitation=${token}`)).toBe(token);
  expect(invitationIn("/office", `?invitation=${token}`)).toBeNull();
});

test("what can be no token is none", () => {
  for (const search of ["", "?invitation=", "?invitation=short", "?invitation=../../etc/passwd", `?invitation=${"a".repeat(500)}`]) expect(invitationIn("/", search)).toBeNull();
});
