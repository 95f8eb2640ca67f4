import { eventIdIn, wishIn } from "./address";
import { newId, Refused } from "./api";
import type { TicketType } from "./types";
import { clock, contained, mark, most, said, terms, whyNot } from "./words";

const general: TicketType = {
  id: "1", name: "General", description: "", kind: "ticket", price_amount: 2500, full_price_amount: null, fee_amount: 0, tax_amount: 0,
  currency: "EUR", availability: "available", available: 10, sales: "open", sales_start: null, sales_end: null, min_per_order: 1,
  max_per_order: null, max_per_buyer: null, needs_approval: false, parts: [],
};
const refused = (code: string, more = {}) => new Refused({ status: 409, code, ...more });

test("the address names the event, and in a link a hold or a code", () => {
  expect(eventIdIn("/e/0b1e/")).toBe("0b1e");
  expect(eventIdIn("/")).toBe("");
  expect(wishIn("?hold=7&code=QUAY20")).toEqual({ hold: "7", code: "QUAY20" });
  expect(wishIn("")).toEqual({ hold: null, code: null });
});

test("what can be had has no obstacle, and each other state says why", () => {
  expect(whyNot(general, "UTC")).toBeNull();
  expect(whyNot({ ...general, availability: "sold_out" }, "UTC")).toBe("Sold out");
  expect(whyNot({ ...general, availability: "reserved" }, "UTC")).toMatch(/still deciding/);
  expect(whyNot({ ...general, availability: "ordered" }, "UTC")).toMatch(/not paid yet/);
  expect(whyNot({ ...general, sales: "closed" }, "UTC")).toBe("Sales ended");
  expect(whyNot({ ...general, sales: "not_open", sales_start: "2031-06-01T10:00:00Z" }, "UTC")).toMatch(/^On sale from/);
  expect(whyNot({ ...general, available: 2, min_per_order: 4 }, "UTC")).toMatch(/Only 2 left/);
});

test("few left are counted aloud and many are not", () => {
  expect(mark({ ...general, available: 3 })).toBe("3 left");
  expect(mark(general)).toBeNull();
  expect(most({ ...general, available: 3 })).toBe(3);
  expect(most(general)).toBe(20);
  expect(most({ ...general, max_per_order: 6, max_per_buyer: 4 })).toBe(4);
});

test("what is in the price and what goes with it is said", () => {
  expect(contained({ fee_amount: 250, tax_amount: 0 }, "EUR")).toMatch(/^incl\. .*2\.50 fee$/);
  expect(contained({ fee_amount: 0, tax_amount: 0 }, "EUR")).toBeNull();
  expect(terms({ ...general, kind: "bundle", parts: [{ name: "Adult", quantity: 2 }] })).toEqual(["Contains 2 × Adult."]);
});

test("a refusal is one sentence for people, whatever it is", () => {
  expect(said(refused("tickets_sold_out", { available: 1 }))).toMatch(/^Only 1 of these tickets is left/);
  expect(said(refused("tickets_sold_out", { available: 0 }))).toMatch(/none left right now/);
  expect(said(refused("invalid_input", { errors: [{ pointer: "/email", message: "bad" }] }))).toBe("Please check the e-mail address.");
  expect(said(refused("a_code_of_tomorrow", { detail: "internals" }))).toMatch(/Nothing was charged/);
});

test("a countdown never goes below nothing", () => {
  expect([clock(899.9), clock(61), clock(0), clock(-5)]).toEqual(["14:59", "1:01", "0:00", "0:00"]);
});

test("an id is a random UUID", () => {
  const ids = Array.from({ length: 100 }, newId);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
