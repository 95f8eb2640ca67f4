import { keepPlace, leavePlace } from "./place";
import { organizationChosen, organizationKnown, sessionEnded, sessionReducer, sessionStarted, type SessionState } from "./sessionSlice";

class Kept {
  private readonly all = new Map<string, string>();
  getItem = (name: string) => this.all.get(name) ?? null;
  setItem = (name: string, value: string) => void this.all.set(name, value);
  removeItem = (name: string) => void this.all.delete(name);
}

const session = (person: string) => ({ accessToken: `x.${btoa(JSON.stringify({ sub: person }))}.y`, refreshToken: "r", expiresAt: 0 });
const begin = () => sessionReducer(undefined, { type: "begin" });
const signIn = (state: SessionState, person: string) => sessionReducer(state, sessionStarted(session(person)));

beforeEach(() => Object.assign(globalThis, { localStorage: new Kept(), sessionStorage: new Kept() }));

test("each person comes back to the organisation they chose last in this browser", () => {
  keepPlace("ann", "ann's second");
  keepPlace("bob", "bob's only");
  leavePlace();
  const ann = signIn(begin(), "ann");
  const left = sessionReducer(ann, sessionEnded("signed_out"));
  expect(ann.organization).toBe("ann's second");
  expect([left.organization, signIn(left, "bob").organization, signIn(left, "cleo").organization]).toEqual([null, "bob's only", null]);
});

test("a renewed session keeps the place, another person's does not", () => {
  const there = sessionReducer(signIn(begin(), "ann"), organizationChosen("here"));
  expect(signIn(there, "ann").organization).toBe("here");
  keepPlace("bob", "bob's");
  expect(signIn(there, "bob").organization).toBe("bob's");
});

test("what a link named before anybody was signed in stays", () => {
  const asked = sessionReducer(begin(), organizationChosen("named by a link"));
  expect(signIn(asked, "ann").organization).toBe("named by a link");
});

test("a tab keeps its own choice over a reload, whatever other tabs chose since", () => {
  keepPlace("ann", "first");
  sessionStorage.setItem("greenroom.session", JSON.stringify(session("ann")));
  localStorage.setItem("greenroom.organizations", JSON.stringify({ ann: "chosen in another tab" }));
  expect(begin().organization).toBe("first");
  sessionStorage.removeItem("greenroom.organization");
  expect(begin().organization).toBe("chosen in another tab");
});

test("where the server put somebody is named from then on, and is no change of place", () => {
  const here = sessionReducer(signIn(begin(), "ann"), organizationKnown("first"));
  expect([here.organization, here.visit]).toEqual(["first", 0]);
  const there = sessionReducer(here, organizationChosen("second"));
  const late = sessionReducer(there, organizationKnown("first"));
  expect([late.organization, late.visit]).toEqual(["second", 1]);
});
