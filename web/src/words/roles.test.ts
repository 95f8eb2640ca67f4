import { mayDecideAbout, roleMay, rolesGivenBy, scopesOf, scopeWords } from "./roles";

test("ownership is never given, and nobody gives their own role or more", () => {
  expect(rolesGivenBy("owner")).toEqual(["admin", "staff", "viewer", "door"]);
  expect(rolesGivenBy("admin")).toEqual(["staff", "viewer", "door"]);
  expect([rolesGivenBy("staff"), rolesGivenBy("viewer"), rolesGivenBy("door")]).toEqual([[], [], []]);
});

test("admins decide about who is below them, owners about everybody else", () => {
  const about = (role: "owner" | "admin" | "staff", mine: "owner" | "admin" | "staff") => mayDecideAbout({ id: "a", role }, { id: "b", role: mine });
  expect([about("staff", "admin"), about("admin", "admin"), about("owner", "admin")]).toEqual([true, false, false]);
  expect([about("admin", "owner"), about("owner", "owner"), about("staff", "staff")]).toEqual([true, true, false]);
  expect(mayDecideAbout({ id: "a", role: "staff" }, { id: "a", role: "owner" })).toBe(false);
});

test("each role has words, and a key's choices are those of its role", () => {
  expect(roleMay("door")).toContain("Scans");
  expect(scopesOf("viewer")).toContain("events:read");
  expect(scopesOf("viewer")).not.toContain("events:write");
  expect([scopeWords("check_in_lists:write"), scopeWords("api_keys:write")]).toEqual(["Check in lists: write", "API keys: write"]);
});
