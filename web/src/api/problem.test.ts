import { problemOf, problemText } from "./problem";

test("a problem document is kept with its code", () => {
  const problem = problemOf({ status: 409, data: { code: "proposal_stale", title: "Stale", detail: "Prices moved." } });
  expect([problem.code, problem.status, problemText(problem)]).toEqual(["proposal_stale", 409, "Prices moved."]);
});

test("a body that is no problem document still gives a code and a sentence", () => {
  const problem = problemOf({ status: 502, data: "<html>" });
  expect(problem.code).toBe("http_502");
  expect(problemText(problem)).toBe("Something went wrong");
});

test("a server that does not answer is named as such", () => {
  expect(problemOf({ status: "FETCH_ERROR", error: "x" }).code).toBe("unreachable");
  expect(problemOf("boom").code).toBe("unknown");
});

test("the first field error is shown where there is no detail", () => {
  expect(problemText({ status: 422, code: "invalid_input", errors: [{ pointer: "/steps/0/price_amount", message: "must be positive" }] })).toBe(
    "price_amount: must be positive",
  );
});
