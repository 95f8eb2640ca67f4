import { readResult } from "./reading";

const read = (value: unknown) => readResult(JSON.stringify(value));

test("a proposal is recognised whole, by id and by reference", () => {
  expect(read({ proposal: { id: "p1", preview: {} } })).toMatchObject({ kind: "proposal", id: "p1" });
  expect(read({ proposal: "p1" })).toEqual({ kind: "proposal", id: "p1", proposal: null });
  expect(read({ proposal_id: "p1", status: "waiting" })).toEqual({ kind: "proposal", id: "p1", proposal: null });
});

test("an error becomes a problem with its remedy, whatever else stands beside it", () => {
  expect(read({ error: { code: "venue_taken", message: "Taken.", remedy: "Pick another day." }, items: [] })).toEqual({
    kind: "problem",
    problem: { code: "venue_taken", message: "Taken.", remedy: "Pick another day." },
  });
});

test("pages, objects and plain text keep their kinds", () => {
  expect(read({ items: [1], next_cursor: "x" })).toEqual({ kind: "page", items: [1], more: true, totals: [] });
  expect(read([1, 2])).toEqual({ kind: "page", items: [1, 2], more: false, totals: [] });
  expect(read({ id: "e1" })).toEqual({ kind: "object", value: { id: "e1" } });
  expect(readResult("not json")).toEqual({ kind: "text", text: "not json" });
});

test("nothing that arrives makes the page fail", () => {
  for (const content of ["null", "5", '"x"', "{", "", '{"error":null}', '{"proposal":null}', '{"error":"x"}']) expect(readResult(content).kind).toBeTruthy();
  expect(readResult(undefined)).toEqual({ kind: "running" });
});

test("an order is one thing, although it has items of its own", () => {
  expect(read({ id: "o1", number: "1042", items: [{ quantity: 2 }] }).kind).toBe("object");
  expect(read({ items: [], next_cursor: null, totals: [{ orders: 1 }] })).toEqual({ kind: "page", items: [], more: false, totals: [{ orders: 1 }] });
});
