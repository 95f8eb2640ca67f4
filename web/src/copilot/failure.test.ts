import { failureOf, isSignedOut, isTakenElsewhere } from "./failure";

const httpError = (status: number, payload?: unknown) => Object.assign(new Error(`HTTP ${status}`), { status, payload });

test("a run that is taken elsewhere is joined, not reported", () => {
  expect(isTakenElsewhere(httpError(409))).toBe(true);
  expect(isTakenElsewhere(httpError(500))).toBe(false);
  expect(isTakenElsewhere("x")).toBe(false);
});

test("an ended session is told from other failures", () => {
  expect(isSignedOut(httpError(401))).toBe(true);
  expect(failureOf({ error: httpError(401) }).retry).toBe(false);
});

test("the server's own sentence is shown where it gave one", () => {
  expect(failureOf({ error: httpError(429, { detail: "Ten turns a minute." }) }).detail).toBe("Ten turns a minute.");
  expect(failureOf({ error: new Error("The model did not answer."), code: "agent_run_error_event" }).detail).toBe("The model did not answer.");
});

test("a runtime that cannot be reached is named as such", () => {
  expect(failureOf({ error: new TypeError("fetch failed"), code: "runtime_info_fetch_failed" }).title).toBe("The copilot cannot be reached");
});
