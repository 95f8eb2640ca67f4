import { entityOf, type Entity } from "./entity";
import { lineOf } from "./lines";

const line = (value: unknown) => lineOf(entityOf(value) as Exclude<Entity, { kind: "unknown" | "sales_report" }>, "UTC");

test("each shape of the wire is recognised", () => {
  expect(entityOf({ digest: "", steps: [], preview: {} }).kind).toBe("proposal");
  expect(entityOf({ lines: [], totals: [] }).kind).toBe("sales_report");
  expect(entityOf({ name: "", start_date: "", timezone: "" }).kind).toBe("event");
  expect(entityOf({ name: "", start_date: "", timezone: "", ticket_types: [], bookings: [] }).kind).toBe("event_detail");
  expect(entityOf({ number: "1", total_amount: 1, currency: "EUR" }).kind).toBe("order");
  expect(entityOf({ name: "", city: null, capacity: null }).kind).toBe("venue");
  for (const value of [null, 5, "x", [], {}]) expect(entityOf(value).kind).toBe("unknown");
});

test("an order says who, what for and how much", () => {
  const order = { number: "1042", buyer_name: "Ann", event_name: "Jazz", items: [{ quantity: 2 }], currency: "EUR", total_amount: 5000, refunded_amount: 0, status: "paid" };
  expect(line(order)).toMatchObject({ icon: "receipt", title: "Order 1042 · Ann", meta: "Jazz · 2 tickets", status: "paid" });
  expect(line(order).figure).toMatch(/50/);
});

test("a free ticket says so and an available one needs no badge", () => {
  const ticket = { name: "Guest", event_name: "Jazz", price_amount: 0, currency: "EUR", quantity: 10, sold: 0, availability: "available" };
  expect(line(ticket)).toMatchObject({ figure: "Free", status: null, meta: "Jazz · 10 tickets" });
});

test("an event without tickets shows no count", () => {
  const event = { name: "Jazz", start_date: "2026-12-12T20:00:00Z", end_date: null, timezone: "UTC", venue_name: null, tickets_sold: 0, tickets_total: 0, status: "draft" };
  expect(line(event)).toMatchObject({ title: "Jazz", figure: "", status: "draft" });
});
