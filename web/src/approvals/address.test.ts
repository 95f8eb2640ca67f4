import { organizationIn, proposalIn } from "./address";

const ID = "0191d2a0-7c1e-7f3a-9b1c-2f7d0e5a4b3c";

describe("the address of a proposal", () => {
  it("names the proposal that a link asks about", () => {
    expect(proposalIn("/", `?proposal=${ID}`)).toBe(ID);
    expect(proposalIn("/", `?from=mail&proposal=${ID.toUpperCase()}`)).toBe(ID);
  });

  it("asks about none without an id, or with something else in its place", () => {
    for (const search of ["", "?proposal=", "?proposal=1", `?proposal=../${ID}`, `?proposal=${ID}x`, "?other=1"]) {
      expect(proposalIn("/", search)).toBeNull();
    }
  });

  it("asks about none on another page", () => {
    expect(proposalIn("/checkin", `?proposal=${ID}`)).toBeNull();
  });

  it("names the organisation it is of, in links that say so", () => {
    expect(organizationIn(`?proposal=${ID}&organization=${ID.toUpperCase()}`)).toBe(ID);
    for (const search of ["", `?proposal=${ID}`, "?organization=all"]) expect(organizationIn(search)).toBeNull();
  });
});
